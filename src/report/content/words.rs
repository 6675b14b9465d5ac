//! Phrases that several parts share.

use crate::release::{Figure, Points, Release, Tenths};
use crate::report::model::{Block, Look, NOT_PUBLISHED, Section, Span};
use crate::report::template::Template;
use crate::survey::Lang;

/// Under the title: what this is, and of when.
pub fn subtitle(release: &Release, template: &Template) -> String {
    let campaign = template.title.as_ref().map(|_| format!("{}, ", release.campaign)).unwrap_or_default();
    let have = if release.base == 1 { "has" } else { "have" };
    format!("{campaign}Release {}, {}. {} {have} answered.", release.number, day(release), people(release.base))
}

pub fn day(release: &Release) -> String {
    Lang::En.date(release.as_of)
}

pub fn people(number: u64) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}

pub fn as_at(release: Option<u32>) -> String {
    release.map(|release| format!(", as at release {release}")).unwrap_or_default()
}

pub fn as_at_note(release: Option<u32>) -> Option<String> {
    release.map(|release| format!("as at release {release}"))
}

/// Beside a table in which something is hidden.
pub fn hidden_note() -> Vec<Span> {
    vec![Span::text(format!("{NOT_PUBLISHED}: ")), Span::link("not published", "#not-published"), Span::text(".")]
}

/// Adds a table, alone or with its chart; and, where something in it is hidden, what
/// that means.
pub fn show(block: Block, section: &mut Section) {
    let has_hidden = matches!(&block, Block::Table(table) | Block::Pair(table, _) if table.has_hidden());
    section.blocks.push(block);
    if has_hidden {
        section.write(Look::Note, hidden_note());
    }
}

/// A difference with a minus sign as it is printed.
pub fn minus(points: Points) -> String {
    let sign = if points.0 < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", Points(points.0.abs()))
}

/// Several names in a sentence.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A label inside a sentence, as it was written: which words are names, nobody knows.
pub fn quoted(label: &str) -> String {
    format!("\u{201c}{label}\u{201d}")
}

/// The interval is too wide for one word to be true of all of it, in tenths.
const WIDE: u32 = 400;

/// What a share comes to, where its interval allows to say: "most" where more than
/// half is certain, "about a third" where a third is likely and the share is near it.
/// None: too few answered to say.
pub fn share(figure: &Figure) -> Option<&'static str> {
    const NEAR: [(u32, u32, &str); 9] = [
        (80, 120, "about one in ten"),
        (180, 220, "about one in five"),
        (230, 270, "about a quarter"),
        (310, 356, "about a third"),
        (380, 420, "about two in five"),
        (480, 520, "about half"),
        (580, 620, "about three in five"),
        (644, 690, "about two thirds"),
        (730, 770, "about three quarters"),
    ];
    let Figure { percent: Tenths(percent), low: Tenths(low), high: Tenths(high), .. } = *figure;
    if high - low > WIDE {
        return None;
    }
    let near = NEAR.iter().find(|(from, to, _)| (*from..=*to).contains(&percent)).map(|(_, _, word)| *word);
    let by_size = || match (low, high) {
        (850.., _) => "nearly all",
        (501.., _) => "most",
        (_, ..=150) => "few",
        (_, ..=499) => "fewer than half",
        _ => "roughly half",
    };
    Some(near.unwrap_or_else(by_size))
}

/// "37.0% (about a third)": never the word without the figure.
pub fn share_and_percent(figure: &Figure) -> String {
    let word = share(figure).map(|word| format!(", {word}")).unwrap_or_default();
    format!("{}%{word}", figure.percent)
}

/// A text with a capital letter.
pub fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::percent::figure;

    #[test]
    fn a_word_for_a_share_is_true_of_its_interval() {
        let said = |count, base| share(&figure(count, base).unwrap());
        assert_eq!(said(100, 300), Some("about a third"));
        assert_eq!(said(150, 300), Some("about half"));
        assert_eq!(said(170, 300), Some("most"), "51.0 to 62.2");
        assert_eq!(said(160, 300), Some("roughly half"), "47.7 to 58.9");
        assert_eq!(said(295, 300), Some("nearly all"));
        assert_eq!(said(9, 300), Some("few"));
        assert_eq!(said(3, 8), None, "13.7 to 69.4 is anything");
        assert_eq!(share_and_percent(&figure(3, 8).unwrap()), "37.5%");
    }

    #[test]
    fn names_are_listed_as_people_list_them() {
        let names = |n: usize| ["Pay", "Travel", "Housing"].map(str::to_owned)[..n].to_vec();
        let said = [0, 1, 2, 3].map(|n| list(&names(n)));
        assert_eq!(said, ["", "Pay", "Pay and Travel", "Pay, Travel and Housing"]);
    }
}
