//! A question's bars, drawn on the server. Readable without colour: each bar has
//! its label and its percentage beside it, and a line for the interval. A hundred
//! per cent are a thousand units wide, so that a tenth of a per cent is one.

use super::view::{self, RowView};
use maud::{Markup, html};

const WIDTH: usize = 1190;
const LINE: usize = 52;
const BAR: usize = 46;
const GAP: usize = 30;
/// Characters of a label that fit beside each other.
const LABEL: usize = 46;

/// The chart says nothing that the table beside it, `table_id`, does not.
pub fn bars(label: &str, rows: &[&RowView], table_id: &str) -> Markup {
    let (title, description) = (format!("{table_id}-chart"), format!("{table_id}-chart-text"));
    let mut top = 0;
    let placed: Vec<Placed> = rows
        .iter()
        .map(|row| {
            let placed = Placed { row, lines: wrapped(&row.label), top };
            top = placed.bottom();
            placed
        })
        .collect();
    html! {
        svg.report-chart role="img" aria-labelledby={ (title) " " (description) } viewBox={ "0 0 " (WIDTH) " " (top) }
            width=(WIDTH / 3) height=(top / 3) focusable="false" {
            title id=(title) { "Bar chart: " (label) }
            desc id=(description) { "The percentages and intervals of the table beside it." }
            @for placed in &placed { (bar(placed)) }
        }
    }
}

struct Placed<'a> {
    row: &'a RowView,
    lines: Vec<String>,
    top: usize,
}

impl Placed<'_> {
    fn bar_top(&self) -> usize {
        self.top + self.lines.len() * LINE + 6
    }

    fn bottom(&self) -> usize {
        self.bar_top() + BAR + GAP
    }
}

fn bar(placed: &Placed) -> Markup {
    let (y, middle) = (placed.bar_top(), placed.bar_top() + BAR / 2);
    let baseline = middle + 15;
    html! {
        @for (line, text) in placed.lines.iter().enumerate() {
            text x="0" y=(placed.top + (line + 1) * LINE - 10) { (text) }
        }
        rect.report-track x="0" y=(y) width="1000" height=(BAR) {}
        @match placed.row.figure {
            Some(figure) => {
                rect.report-bar x="0" y=(y) width=(figure.percent.0) height=(BAR) {}
                path.report-whisker d={
                    "M" (figure.low.0) " " (middle) "H" (figure.high.0)
                    "M" (figure.low.0) " " (middle - 12) "v24M" (figure.high.0) " " (middle - 12) "v24"
                } {}
                text.report-value x=(figure.high.0 + 18) y=(baseline) { (view::percent(figure.percent)) }
            },
            None => text x="18" y=(baseline) { (view::NOT_PUBLISHED) },
        }
    }
}

/// A label in lines: SVG does not break them itself.
fn wrapped(label: &str) -> Vec<String> {
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
