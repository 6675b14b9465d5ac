//! A table as an office's spreadsheet writes it: a CSV file whose first line names
//! the columns. What the bytes say, row by row; nothing of what the columns mean.

use csv::StringRecord;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// A row that has something in it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The file's own, counted from 1.
    pub line: u64,
    pub cells: StringRecord,
}

/// What to do about a file that [`is_workbook`].
pub const SAVE_AS_CSV: &str = "is not text: this is a spreadsheet; save it as “CSV UTF-8” and upload that";
/// What to do about a line that [`rows`] could not read.
pub const CHECK_QUOTES: &str = "cannot be read: check its quotes, and save the file as “CSV UTF-8”";

/// Whether it is a spreadsheet program's own kind of file.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The file as text: UTF-8 or UTF-16 if it says so or can be, else Windows-1252,
/// as spreadsheets write it. For showing an upload again, too.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_not_utf8) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The rows of a text, whatever ends its lines and parts its cells; empty ones are
/// left out. The error is the line that could not be read.
pub fn rows(text: &str) -> Vec<Result<Row, u64>> {
    // One kind of line end: with two characters the reader would count lines from
    // between them, and name the line before.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let (text, lines_before, said) = separator_line(&text);
    let mut lines = Lines { text, at: 0, line: 1 + lines_before };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(said.unwrap_or_else(|| separator(text.trim_start().as_bytes())))
        .from_reader(text.as_bytes())
        .into_records()
        .map(|row| match row {
            Ok(cells) => Ok(Row { line: lines.line_of(cells.position()), cells }),
            Err(e) => Err(lines.line_of(e.position())),
        })
        .filter(|row| !matches!(row, Ok(row) if row.cells.iter().all(|cell| cell.trim().is_empty())))
        .collect()
}

/// Counts along: the reader says of a row after an empty line that it begins with it.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        let rest = self.text.get(start..).unwrap_or_default();
        let start = start + (rest.len() - rest.trim_start_matches('\n').len());
        let between = self.text.get(self.at..start).unwrap_or_default();
        self.line += between.bytes().filter(|byte| *byte == b'\n').map(|_| 1).sum::<u64>();
        self.at = self.at.max(start);
        self.line
    }
}

/// Excel's own first line, `sep=;`, and what it says.
fn separator_line(text: &str) -> (&str, u64, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (rest, 1, Some(*separator)),
        _ => (text, 0, None),
    }
}

/// Whichever of comma, semicolon and tab stands most often in the first line,
/// outside quotation marks; a comma if there is none.
pub fn separator(bytes: &[u8]) -> u8 {
    let mut is_quoted = false;
    let (mut commas, mut semicolons, mut tabs) = (0_usize, 0_usize, 0_usize);
    for byte in bytes {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted && commas + semicolons + tabs > 0 => break,
            b',' if !is_quoted => commas += 1,
            b';' if !is_quoted => semicolons += 1,
            b'\t' if !is_quoted => tabs += 1,
            _ => {}
        }
    }
    match commas.max(semicolons).max(tabs) {
        most if most == commas => b',',
        most if most == semicolons => b';',
        _ => b'\t',
    }
}

/// A column's title without case, spaces and punctuation: "E-mail address" and
/// "email_address" are one.
pub fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// For a message: enough of a cell to find it by.
pub fn shortened(text: &str) -> String {
    let mut short: String = text.trim().chars().take(60).collect();
    if text.trim().chars().count() > 60 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_quotation_marks_do_not_count() {
        assert_eq!(separator(b"a;b;\"c,d,e,f\"\r\n1,2,3,4,5"), b';');
        assert_eq!(separator(b"a\tb\n"), b'\t');
        assert_eq!(separator(b"a,b;c,d\n;;;;;;"), b',');
        assert_eq!(separator(b"alone\n"), b',');
    }

    #[test]
    fn rows_keep_the_line_of_the_file_that_they_stand_on() {
        let found = rows("sep=;\r\na;b\r\n;;\r\n\r\n\"1\r\n2\";3\r\n4;5\r\n");
        let lines: Vec<(u64, String)> =
            found.into_iter().map(|row| row.unwrap()).map(|row| (row.line, row.cells[0].to_owned())).collect();
        assert_eq!(lines, [(2, "a".to_owned()), (5, "1\n2".to_owned()), (7, "4".to_owned())]);
    }
}
