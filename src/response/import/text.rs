//! A file's bytes as text: its encoding, and which line is where.

use super::map::Encoding;
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The encoding (the one that is named, or else UTF-8 if all of it is, or else
/// Windows-1252) and what comes after a byte order mark.
pub(super) fn encoding(bytes: &[u8], named: Option<Encoding>) -> (Encoding, &[u8]) {
    let marked = bytes.strip_prefix(BYTE_ORDER_MARK);
    let rest = marked.unwrap_or(bytes);
    let is_utf8 = || marked.is_some() || std::str::from_utf8(rest).is_ok();
    let encoding = named.unwrap_or_else(|| if is_utf8() { Encoding::Utf8 } else { Encoding::Windows1252 });
    (encoding, rest)
}

/// A cell as text, trimmed; none if it is not text in this encoding.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    let text = match encoding {
        Encoding::Utf8 => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
        // Five bytes mean nothing in Windows-1252; the decoder passes them on as
        // the control characters of the same numbers.
        Encoding::Windows1252 => WINDOWS_1252
            .decode_without_bom_handling_and_without_replacement(bytes)
            .filter(|text| !text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)))?,
    };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    // PostgreSQL keeps no NUL in a text.
    (!text.contains('\0')).then_some(text)
}

/// Where lines begin. A line ends with a line feed, or with a carriage return
/// that none follows.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(bytes: &[u8]) -> Lines {
        let next = bytes.iter().skip(1).map(Some).chain([None]);
        let ends = bytes.iter().zip(next).enumerate().filter_map(|(at, (byte, next))| match (byte, next) {
            (b'\n', _) => Some(at + 1),
            (b'\r', next) if next != Some(&b'\n') => Some(at + 1),
            _ => None,
        });
        Lines(std::iter::once(0).chain(ends).collect())
    }

    /// The line, counted from 1, that the byte at `at` is in.
    pub fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at)
    }

    /// The line and the character in it, both counted from 1.
    pub fn place(&self, source: &str, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let start = line.checked_sub(1).and_then(|line| self.0.get(line)).copied().unwrap_or(0);
        (line, source.get(start..at).unwrap_or_default().chars().count() + 1)
    }
}

/// How many lines end within a cell.
pub(super) fn line_ends(cell: &[u8]) -> usize {
    let has_any = cell.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    if has_any { Lines::of(cell).0.len().saturating_sub(1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_are_windows_1252_unless_utf8_is_named() {
        assert_eq!(encoding(b"caf\xe9", None).0, Encoding::Windows1252);
        assert_eq!(encoding("caf\u{e9}".as_bytes(), None).0, Encoding::Utf8);
        assert_eq!(encoding(b"\xef\xbb\xbfa,b", None), (Encoding::Utf8, &b"a,b"[..]));
        assert_eq!(encoding(b"caf\xe9", Some(Encoding::Utf8)).0, Encoding::Utf8);
        assert_eq!(decode(b" caf\xe9 \x80", Encoding::Windows1252).as_deref(), Some("caf\u{e9} \u{20ac}"));
        assert_eq!(decode(b"caf\xe9", Encoding::Utf8), None);
        assert_eq!(decode(b"\x81", Encoding::Windows1252), None);
        assert_eq!(decode(b"a\0b", Encoding::Utf8), None);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let lines = Lines::of(b"a\r\nb\rc\n\nd");
        assert_eq!([0, 1, 3, 5, 7, 8].map(|at| lines.line(at)), [1, 1, 2, 3, 4, 5]);
        assert_eq!(Lines::of("x\ny\u{e9}z".as_bytes()).place("x\ny\u{e9}z", 5), (2, 3));
        assert_eq!(line_ends(b"a\r\nb\nc"), 2);
    }
}
