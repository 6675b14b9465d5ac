//! Text in lines: words one after the other until the measure is full.

use super::fonts::{Shaper, printable};
use super::page::Style;
use krilla::text::KrillaGlyph;

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub text: String,
    pub style: Style,
    /// Where it leads.
    pub link: Option<String>,
    /// What it means, where the faces cannot show it.
    pub meant: Option<String>,
}

impl Run {
    pub fn new(text: &str, style: Style) -> Run {
        let (shown, is_told) = printable(text);
        Run { text: shown, style, link: None, meant: is_told.then(|| text.to_owned()) }
    }

    pub fn linked(self, link: Option<String>) -> Run {
        Run { link, ..self }
    }
}

/// What of one run stands in one line.
#[derive(Clone, Debug)]
pub struct Piece {
    pub x: f32,
    pub width: f32,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    pub style: Style,
    /// Which of the runs.
    pub run: usize,
    pub link: Option<String>,
    pub meant: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Line {
    pub pieces: Vec<Piece>,
    pub width: f32,
    pub leading: f32,
}

/// Broken at spaces and at ends of lines; a word that is wider than the measure is
/// broken wherever it has to be. Each line but the last ends with the space that it was
/// broken at, for whoever reads the text out of the file.
pub fn broken(runs: &[Run], measure: f32, shaper: &mut Shaper) -> Vec<Line> {
    let mut setter = Setter { measure, shaper, lines: Vec::new(), line: Line::default(), leading: 0.0 };
    for (number, run) in runs.iter().enumerate() {
        setter.leading = run.style.leading;
        for (count, paragraph) in run.text.split('\n').enumerate() {
            if count > 0 {
                setter.finish();
            }
            for word in paragraph.split_inclusive(' ') {
                setter.word(word, run, number);
            }
        }
    }
    setter.finish();
    setter.lines
}

/// How wide the text is in one line, and how wide its widest word.
pub fn widths(runs: &[Run], shaper: &mut Shaper) -> (f32, f32) {
    let lines = broken(runs, f32::INFINITY, shaper);
    let natural = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let mut widest: f32 = 0.0;
    for run in runs {
        for word in run.text.split([' ', '\n']) {
            widest = widest.max(shaper.width(word, run.style.is_bold, run.style.size));
        }
    }
    (natural, widest)
}

struct Setter<'a> {
    measure: f32,
    shaper: &'a mut Shaper,
    lines: Vec<Line>,
    line: Line,
    leading: f32,
}

impl Setter<'_> {
    fn word(&mut self, word: &str, run: &Run, number: usize) {
        let bare = word.trim_end_matches(' ');
        let width = self.shaper.width(bare, run.style.is_bold, run.style.size);
        if self.line.width + width > self.measure && !self.line.pieces.is_empty() {
            self.finish();
        }
        if width > self.measure {
            self.letters(word, run, number);
        } else {
            self.put(word, run, number);
        }
    }

    fn letters(&mut self, word: &str, run: &Run, number: usize) {
        for letter in word.chars() {
            let letter = letter.to_string();
            let width = self.shaper.width(&letter, run.style.is_bold, run.style.size);
            if self.line.width + width > self.measure && !self.line.pieces.is_empty() {
                self.finish();
            }
            self.put(&letter, run, number);
        }
    }

    fn put(&mut self, text: &str, run: &Run, number: usize) {
        if text.is_empty() {
            return;
        }
        let word = self.shaper.word(text, run.style.is_bold).clone();
        let (width, x) = (word.width * run.style.size, self.line.width);
        let is_more = self.line.pieces.last().is_some_and(|piece| piece.run == number);
        if !is_more {
            let (link, meant) = (run.link.clone(), self.meant(run, number));
            let piece = Piece {
                x,
                width: 0.0,
                text: String::new(),
                glyphs: Vec::new(),
                style: run.style,
                run: number,
                link,
                meant,
            };
            self.line.pieces.push(piece);
        }
        if let Some(piece) = self.line.pieces.last_mut() {
            let before = piece.text.len();
            piece.text.push_str(text);
            piece.width += width;
            piece.glyphs.extend(word.glyphs.into_iter().map(|mut glyph| {
                glyph.text_range = glyph.text_range.start + before..glyph.text_range.end + before;
                glyph
            }));
        }
        self.line.width += width;
        self.line.leading = self.line.leading.max(run.style.leading);
    }

    /// Said once, where the run begins: its other lines stand for nothing more.
    fn meant(&self, run: &Run, number: usize) -> Option<String> {
        let has_begun = self.lines.iter().flat_map(|line| &line.pieces).any(|piece| piece.run == number);
        run.meant.as_ref().map(|meant| if has_begun { String::new() } else { meant.clone() })
    }

    fn finish(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if line.leading == 0.0 {
            line.leading = self.leading;
        }
        self.lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::BODY;
    use super::*;

    fn set(text: &str, measure: f32) -> Vec<String> {
        let lines = broken(&[Run::new(text, BODY)], measure, &mut Shaper::default());
        lines.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn text_is_broken_between_words_and_nothing_of_it_is_lost() {
        let text = "My manager took time to listen to what I had to say about my caseload";
        let lines = set(text, 120.0);
        assert_eq!(lines.concat(), text);
        assert!(lines.len() > 2 && lines.iter().rev().skip(1).all(|line| line.ends_with(' ')), "{lines:?}");
    }

    #[test]
    fn what_cannot_be_shown_is_meant_once_however_many_lines_tell_of_it() {
        let text = format!("{}\u{9a7}\u{9a8}\u{9cd}\u{9af}", "many words before it ".repeat(8));
        let lines = broken(&[Run::new(&text, BODY)], 120.0, &mut Shaper::default());
        let meant: Vec<&str> =
            lines.iter().flat_map(|line| &line.pieces).filter_map(|piece| piece.meant.as_deref()).collect();
        assert!(meant.len() > 3 && meant.concat() == text, "{meant:?}");
        let minus = broken(&[Run::new("a fall of \u{2212}4.2 points", BODY)], 40.0, &mut Shaper::default());
        assert!(minus.iter().flat_map(|line| &line.pieces).all(|piece| piece.meant.is_none()));
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken_and_an_end_of_line_is_kept() {
        let hash = "0123456789abcdef".repeat(4);
        let lines = set(&hash, 120.0);
        assert!(lines.len() > 2 && lines.concat() == hash, "{lines:?}");
        assert_eq!(set("one\ntwo", 400.0), ["one", "two"]);
    }
}
