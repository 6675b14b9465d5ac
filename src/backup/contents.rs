//! What the rows of a table come to: a hash that is the same in every database
//! that holds the same rows.

use super::store::{Row, Table, Value};
use crate::secret::hex;
use sha2::{Digest, Sha256};

/// SHA-256 over the names of the columns and every value, each with its length.
pub struct Contents {
    hash: Sha256,
    rows: u64,
}

impl Contents {
    pub fn of(table: &Table) -> Contents {
        let mut contents = Contents { hash: Sha256::new(), rows: 0 };
        contents.part(b"table", table.name.as_bytes());
        for column in &table.columns {
            contents.part(b"column", column.name.as_bytes());
        }
        contents
    }

    /// Rows come in the order of the table's key.
    pub fn add(&mut self, row: &Row) {
        self.rows += 1;
        for value in &row.0 {
            match value {
                Value::Null => self.part(b"null", b""),
                Value::Integer(number) => self.part(b"integer", &number.to_le_bytes()),
                Value::Text(text) => self.part(b"text", text.as_bytes()),
                Value::Bytes(bytes) => self.part(b"bytes", bytes),
            }
        }
    }

    pub fn rows(&self) -> u64 {
        self.rows
    }

    pub fn finish(self) -> String {
        hex(&self.hash.finalize())
    }

    fn part(&mut self, what: &[u8], bytes: &[u8]) {
        self.hash.update(what);
        self.hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        self.hash.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_do_not_run_into_each_other() {
        let table = Table { name: "t".into(), columns: Vec::new(), key: Vec::new() };
        let of = |values: &[Value]| {
            let mut contents = Contents::of(&table);
            contents.add(&Row(values.to_vec()));
            contents.finish()
        };
        let text = |text: &str| Value::Text(text.into());
        let all = [
            of(&[text("ab"), text("c")]),
            of(&[text("a"), text("bc")]),
            of(&[text("abc"), Value::Null]),
            of(&[Value::Bytes(b"ab".to_vec()), text("c")]),
        ];
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
    }
}
