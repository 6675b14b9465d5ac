//! What the commands print. The only place that writes to the terminal.

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;

/// One line of the result, on standard output. A reader that has gone away (as
/// `head` does) is no reason to fail.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The result itself, byte for byte. A full disk is an error: half a result looks
/// like a whole one.
pub fn bytes(data: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match out.write_all(data).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e).context("the result cannot be written"),
        _ => Ok(()),
    }
}

/// Something to know that is not the result, on standard error.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

pub fn error(text: &str) {
    note(&format!("candour: {text}"));
}

/// A bar for long work, on a terminal only.
pub fn progress(what: &'static str, total: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{msg} [{wide_bar}] {human_pos}/{human_len} {eta}");
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.with_message(what)
}

/// Rows in columns as wide as they need to be, the first row a heading.
pub fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        line(cells.join("  ").trim_end());
    }
}
