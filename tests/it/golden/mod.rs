//! The whole paper in every format, as readers find it that share no code with what
//! wrote it: whatever changes anywhere in it is seen in a `git diff`.
//!
//! Of the demo's data, and of 822 real people's. How to look at what has changed and to
//! keep it is in tests/README.md.

mod bytes;
mod demo;
mod dete;
mod readers;

use candour::report::Format;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Of a longer text the beginning is kept, and a digest of all.
const LARGEST: usize = 150_000;
const BEGINNING: usize = 100_000;

/// The paper in a file beside the text that was kept of it. That of an ODS is the one of
/// the XLSX: they are the same workbook.
fn compare(paper: &str, format: Format, file: &Path) {
    let text = readers::read(format, file);
    let text = if text.len() > LARGEST { abridged(&text) } else { text };
    let kept = if format == Format::Ods { Format::Xlsx } else { format };
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("{paper}.{}", kept.extension()), text);
    });
}

fn abridged(text: &str) -> String {
    let end = text.floor_char_boundary(BEGINNING);
    let (kept, _) = text[..end].rsplit_once('\n').unwrap();
    let digest: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kept}\n[{} lines in all, SHA-256 {digest}]\n", text.lines().count())
}

#[test]
fn a_change_at_the_end_of_a_long_text_is_seen() {
    let long = "a line of it\n".repeat(20_000);
    let (one, other) = (abridged(&long), abridged(&(long + "and one more\n")));
    assert!(one.len() < LARGEST && one != other);
}
