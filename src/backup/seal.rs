//! The seal of a backup: a keyed hash over all that its file says of itself, the
//! hashes of its tables among it. Without the key nobody makes or changes a backup
//! that is taken for ours.

use super::store::{Meta, Part};
use crate::secret::{Keys, Purpose, equal};

pub fn made(keys: &Keys, meta: &Meta, versions: &[String], parts: &[Part]) -> String {
    let mut said = vec![meta.format.to_string(), meta.candour.clone(), meta.made_at.clone()];
    said.extend(versions.iter().map(|version| format!("migration {version}")));
    said.extend(parts.iter().map(|part| format!("{} {} {}", part.name, part.rows, part.sha256)));
    let said: Vec<&[u8]> = said.iter().map(String::as_bytes).collect();
    keys.hash(Purpose::Backup, &said)
}

pub fn fits(keys: &Keys, meta: &Meta, versions: &[String], parts: &[Part]) -> bool {
    equal(made(keys, meta, versions, parts).as_bytes(), meta.seal.as_bytes())
}
