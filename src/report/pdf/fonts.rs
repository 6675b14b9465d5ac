//! The two faces, and words as glyphs. A character that they lack would stop the
//! export: texts with such characters are told by another text, and the file still has
//! what was meant.

use crate::report::fonts::{BOLD, REGULAR};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};
use std::collections::HashMap;
use std::sync::LazyLock;

static FACES: LazyLock<Option<[Face<'static>; 2]>> =
    LazyLock::new(|| Some([Face::from_slice(REGULAR, 0)?, Face::from_slice(BOLD, 0)?]));

fn face(is_bold: bool) -> Option<&'static Face<'static>> {
    FACES.as_ref().map(|[regular, bold]| if is_bold { bold } else { regular })
}

/// The faces as krilla embeds them: made once for a document.
#[derive(Debug)]
pub struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    pub fn load() -> Option<Fonts> {
        Some(Fonts { regular: Font::new(REGULAR.into(), 0)?, bold: Font::new(BOLD.into(), 0)? })
    }

    pub fn font(&self, is_bold: bool) -> Font {
        if is_bold { self.bold.clone() } else { self.regular.clone() }
    }
}

/// Words that were shaped already: reports say the same ones over and over.
#[derive(Debug, Default)]
pub struct Shaper(HashMap<(bool, String), Word>);

/// A piece of text without a break in it, as wide as it is at a size of 1.
#[derive(Clone, Debug, Default)]
pub struct Word {
    pub width: f32,
    pub glyphs: Vec<KrillaGlyph>,
}

impl Shaper {
    pub fn word(&mut self, text: &str, is_bold: bool) -> &Word {
        self.0.entry((is_bold, text.to_owned())).or_insert_with(|| shaped(text, is_bold))
    }

    pub fn width(&mut self, text: &str, is_bold: bool, size: f32) -> f32 {
        self.word(text, is_bold).width * size
    }
}

fn shaped(text: &str, is_bold: bool) -> Word {
    let Some(face) = face(is_bold) else { return Word::default() };
    let mut buffer = UnicodeBuffer::new();
    // As many bytes, so that the glyphs are of the text as it is meant.
    buffer.push_str(&text.chars().map(alike).collect::<String>());
    buffer.guess_segment_properties();
    buffer.set_direction(rustybuzz::Direction::LeftToRight);
    let shaped = rustybuzz::shape(face, &[], buffer);
    let units = |value: i32| {
        f32::from(i16::try_from(value).unwrap_or(i16::MAX))
            / f32::from(i16::try_from(face.units_per_em()).unwrap_or(1000))
    };
    let clusters: Vec<usize> =
        shaped.glyph_infos().iter().map(|info| usize::try_from(info.cluster).unwrap_or(0)).collect();
    let after = |start: usize| clusters.iter().copied().filter(|cluster| *cluster > start).min().unwrap_or(text.len());
    let glyphs: Vec<KrillaGlyph> = shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .zip(&clusters)
        .map(|((info, position), start)| {
            let [x, dx, dy] = [position.x_advance, position.x_offset, position.y_offset].map(units);
            KrillaGlyph::new(GlyphId::new(info.glyph_id), x, dx, dy, 0.0, *start..after(*start), None)
        })
        .collect();
    Word { width: glyphs.iter().map(|glyph| glyph.x_advance).sum(), glyphs }
}

/// Whether both faces have a glyph for every character.
fn is_covered(text: &str) -> bool {
    let has = |c: char| {
        [false, true].iter().all(|is_bold| face(*is_bold).is_some_and(|face| face.glyph_index(alike(c)).is_some()))
    };
    text.chars().all(|c| c == '\n' || has(c))
}

/// What is set for a text: itself, without what has no shape; or, for every run of words
/// that the faces cannot show, what is there instead. Second: whether that is so.
pub fn printable(text: &str) -> (String, bool) {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    if is_covered(&visible) {
        return (visible, false);
    }
    let mut words: Vec<String> = Vec::new();
    let mut is_missing = false;
    for word in visible.split_whitespace() {
        let covered = is_covered(word);
        if covered {
            words.push(word.to_owned());
        } else if !is_missing {
            words.push(format!("[{}]", script(word)));
        }
        is_missing = !covered;
    }
    (words.join(" "), true)
}

/// Noto Sans has no minus sign; its dash looks like one.
pub fn alike(c: char) -> char {
    if c == '\u{2212}' { '\u{2013}' } else { c }
}

/// Controls and joiners that a line of text has no place for. A soft hyphen, too: lines
/// are broken between words only.
fn is_invisible(c: char) -> bool {
    c != '\n'
        && (c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'))
}

/// What to call characters that cannot be shown.
fn script(word: &str) -> &'static str {
    let of = |c: char| match c {
        '\u{590}'..='\u{5ff}' => Some("words in Hebrew script"),
        '\u{600}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Some("words in Arabic script"),
        '\u{980}'..='\u{9ff}' => Some("words in Bengali script"),
        '\u{a00}'..='\u{a7f}' => Some("words in Gurmukhi script"),
        '\u{a80}'..='\u{aff}' => Some("words in Gujarati script"),
        '\u{b80}'..='\u{bff}' => Some("words in Tamil script"),
        '\u{e00}'..='\u{e7f}' => Some("words in Thai script"),
        '\u{3040}'..='\u{30ff}' => Some("words in Japanese"),
        '\u{ac00}'..='\u{d7af}' => Some("words in Korean"),
        '\u{4e00}'..='\u{9fff}' => Some("words in Chinese characters"),
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' => Some("picture"),
        _ => None,
    };
    word.chars().find_map(of).unwrap_or("words that cannot be shown here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_faces_have_is_set_as_it_is() {
        for text in
            ["Pay & conditions", "Bodlon iawn: tŷ, dŵr, sôn", "Łódź, İzmir, Việt, Ελλάδα, Київ", "n/p – “so” … 5 × 3"]
        {
            assert_eq!(printable(text), (text.to_owned(), false));
        }
        assert_eq!(printable("−2"), ("−2".to_owned(), false));
        assert_eq!(shaped("−2", false).width, shaped("–2", false).width);
        assert_eq!(printable("a\u{200b}b\u{7}c\u{ad}d"), ("abcd".to_owned(), false));
    }

    #[test]
    fn what_the_faces_lack_is_told_instead() {
        assert_eq!(
            printable("I said ধন্যবাদ সবাই and left"),
            ("I said [words in Bengali script] and left".to_owned(), true)
        );
        assert_eq!(printable("شكرا"), ("[words in Arabic script]".to_owned(), true));
        assert_eq!(printable("Fine \u{1f600}"), ("Fine [picture]".to_owned(), true));
        assert_eq!(printable("\u{e000}"), ("[words that cannot be shown here]".to_owned(), true));
    }

    #[test]
    fn glyphs_cover_their_text_once_and_in_order() {
        let word = shaped("Office–fjord", true);
        let ends: Vec<usize> = word.glyphs.iter().map(|glyph| glyph.text_range.end).collect();
        assert!(word.width > 4.0 && ends.is_sorted() && ends.last() == Some(&"Office–fjord".len()), "{ends:?}");
    }
}
