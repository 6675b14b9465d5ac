//! XML for the formats of offices, written with maud: every element with its end.

use maud::PreEscaped;

/// What every file begins with.
pub const HEAD: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");

/// `text` without the characters that XML 1.0 has no way to write (its production
/// "Char"): one of them, and no office opens the file.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| is_char(*c)).collect()
}

fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn whatever_a_text_holds_it_is_xml_and_nothing_else_is_lost() {
        for code in (0..0x180).chain(0xd700..0xe100).chain(0xff00..0x1_0100).filter_map(char::from_u32) {
            let xml = html! { (HEAD) words lang=(clean(&code.to_string())) { (clean(&format!("<{code}>&\"")) ) } }
                .into_string();
            let parsed = roxmltree::Document::parse(&xml).map_err(|error| format!("{code:?}: {error}")).unwrap();
            let kept = parsed.root_element().text().unwrap().chars().nth(1).unwrap();
            assert!(kept == code || kept == '>' || (code == '\r' && kept == '\n'), "{code:?} became {kept:?}");
        }
        assert_eq!(clean("a\u{0}b\u{1b}\u{fffe}\u{ffff}\u{1f600}\u{9aa}\n"), "ab\u{1f600}\u{9aa}\n");
    }
}
