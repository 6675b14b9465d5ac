//! From a CSV file to people's answers: the file as a whole.

use super::map::Map;
use super::problem::{Place, Problem, Refused};
use super::rows::Rows;
use super::text;
use crate::secret;
use crate::sheet;
use crate::survey::{Answers, Code, Survey};
use csv::ByteRecord;
use std::io::Read;

/// What keeps a broken or hostile file from costing much.
const MAX_BYTES: usize = 256 << 20;

/// Put behind the file as a row of its own. If a quotation mark is still open,
/// it becomes the end of the last cell instead: no other can end so, since no
/// cell may hold a NUL.
const END: &[u8] = b"\n\0\n";

/// What a file says, ready to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// SHA-256 of the file.
    pub file_hash: String,
    /// In the order of the file; what stores them does not keep it.
    pub people: Vec<Answers>,
    /// Rows without a single filled cell, which are nobody.
    pub empty_rows: usize,
    /// By question, in the survey's order; those without a column are not in it.
    pub questions: Vec<Tally>,
}

/// What becomes of one question's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub question: Code,
    pub answered: usize,
    /// With a reason for there being no answer.
    pub missing: usize,
    /// Nothing in the file.
    pub skipped: usize,
    /// Left out: after the person's other answers the survey does not ask it.
    pub not_asked: usize,
}

/// Reads a whole CSV file. `file`: what it is called in messages. `on_progress`
/// is told now and then how many bytes have been read.
///
/// # Errors
/// Every problem of every cell, in the order of the file; nothing is read in part.
pub fn read(
    map: &Map,
    survey: &Survey,
    file: &str,
    bytes: &[u8],
    mut on_progress: impl FnMut(usize),
) -> Result<Import, Refused> {
    if let Some((message, hint)) = not_a_csv_file(bytes) {
        let problem = Problem {
            file: file.to_owned(),
            line: 1,
            place: Place::Line,
            message: message.to_owned(),
            hint: hint.to_owned(),
        };
        return Err(Refused { problems: vec![problem], more: 0 });
    }
    let (encoding, text) = text::encoding(bytes, map.encoding);
    let separator = map.separator.unwrap_or_else(|| sheet::separator(text));
    let mut source =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.chain(END));
    let mut rows = Rows::new(map, survey, file, text, encoding);
    let mut record = ByteRecord::new();
    loop {
        let at = usize::try_from(source.position().byte()).unwrap_or(usize::MAX);
        match source.read_byte_record(&mut record) {
            Ok(true) if record.iter().next_back().is_some_and(|cell| cell.ends_with(END)) => {
                rows.never_closed(at, &record);
                break;
            }
            Ok(true) if rows.begin(at) < text.len() => rows.row(at, &record),
            Ok(_) => break,
            Err(e) => {
                rows.unreadable(at, &e);
                break;
            }
        }
        if rows.count().is_multiple_of(1_000) {
            on_progress(at);
        }
    }
    on_progress(bytes.len());
    rows.finish(secret::sha256(bytes))
}

fn not_a_csv_file(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.len() > MAX_BYTES {
        Some(("the file is larger than 256 MiB", "split it, with the first line in each part"))
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        Some(("the file is UTF-16", "save it as \"CSV UTF-8\""))
    } else if bytes.starts_with(b"PK\x03\x04") {
        Some(("this is a spreadsheet file, not a CSV file", "save it as \"CSV UTF-8\""))
    } else {
        None
    }
}
