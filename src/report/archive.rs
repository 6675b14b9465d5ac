//! Files of offices are ZIP archives.

use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

#[derive(Debug)]
pub struct Entry {
    path: String,
    bytes: Vec<u8>,
    method: CompressionMethod,
}

impl Entry {
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Entry {
        Entry { path: path.into(), bytes: bytes.into(), method: CompressionMethod::Deflated }
    }

    /// As it is: for pictures, which are compressed already, and for what is looked for
    /// at its place in the archive.
    pub fn stored(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Entry {
        Entry { method: CompressionMethod::Stored, ..Entry::new(path, bytes) }
    }
}

/// The entries in their order, all of one time: of the same entries, the same bytes.
#[expect(
    clippy::expect_used,
    reason = "an archive in memory fails at four gigabytes only, and a report has some ten megabytes"
)]
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    write(entries).expect("an archive in memory")
}

fn write(entries: &[Entry]) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_method(entry.method)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644);
        archive.start_file(entry.path.as_str(), options)?;
        archive.write_all(&entry.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
