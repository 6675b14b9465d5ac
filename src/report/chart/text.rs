//! Labels in lines: SVG does not break them itself.

use super::WIDTH;
use maud::{Markup, html};

pub const SIZE: usize = 32;
/// From one line to the next.
pub const LINE: usize = 42;
/// Characters of a label that fit beside each other, in wide letters.
const LABEL: usize = WIDTH / 18;

/// A label's lines, the first with its top at `top`.
pub fn lines(lines: &[String], top: usize) -> Markup {
    html! {
        @for (line, text) in lines.iter().enumerate() {
            text x="0" y=(top + (line + 1) * LINE - 10) { (text) }
        }
    }
}

pub fn wrapped(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LABEL => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_are_broken_between_words() {
        let label = "My manager took time to listen to what I had to say about my caseload";
        let lines = wrapped(label);
        assert_eq!(lines.join(" "), label);
        assert!(lines.len() == 2 && lines.iter().all(|line| line.len() <= LABEL), "{lines:?}");
        assert!(wrapped("").is_empty());
    }
}
