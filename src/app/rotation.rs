//! Changing the key that seals interviews and campaigns' keys.
//!
//! In three steps, so that whoever is killed between any two of them loses nothing:
//! the file gets the new key besides the old ones; one transaction seals all anew
//! and names the new key; the file loses the old ones. The database says which key
//! counts, and the file has it at every moment.

use super::{App, key_file, name_sealing_key, only_rotation, sealing_fingerprint};
use crate::campaign;
use crate::interview;
use crate::secret::{KeyRing, SealingKey};
use anyhow::Context;
use std::fs::File;

/// A rotation under way: the file has the new key, and nothing is sealed with it yet.
#[derive(Debug)]
pub struct Rotation {
    /// Held until the end.
    _lock: File,
    ring: KeyRing,
    new: SealingKey,
    /// What the database named when this began.
    before: Option<String>,
}

/// Changes the key; returns how many open interviews are sealed with the new one.
pub fn rotate(app: &App) -> anyhow::Result<usize> {
    let rotation = Rotation::begin(app)?;
    let resealed = rotation.reseal(app)?;
    rotation.finish(app)?;
    Ok(resealed)
}

impl Rotation {
    /// Adds a new key to the file.
    pub fn begin(app: &App) -> anyhow::Result<Rotation> {
        let file = &app.settings.key_file;
        let lock = key_file::lock(file)?;
        let ring = key_file::read_or_make(file, false)?;
        let before = app.db.read_blocking(sealing_fingerprint)?;
        ring.keys(before.as_deref()).context("the key file has been changed; run this again")?;
        // Of what one that was killed has left behind, nothing is sealed with it.
        let mut further: Vec<SealingKey> = before.iter().filter_map(|name| ring.find(name)).cloned().collect();
        let new = SealingKey::random();
        further.push(new.clone());
        let with_both = ring.with(further);
        key_file::replace(file, &with_both).with_context(|| format!("the key {} cannot be written", file.display()))?;
        Ok(Rotation { _lock: lock, ring: with_both, new, before })
    }

    /// Seals all that open interviews hold with the new key, and names it.
    pub fn reseal(&self, app: &App) -> anyhow::Result<usize> {
        let old = self.ring.keys(self.before.as_deref()).context("the key file has lost the key that counts")?;
        app.db.write_blocking(|conn| {
            only_rotation(conn)?;
            anyhow::ensure!(sealing_fingerprint(conn)? == self.before, "the key was changed by somebody else");
            name_sealing_key(conn, &self.new.fingerprint())?;
            let keys = old.sealing_with(&self.new);
            campaign::keys::reseal(conn, &keys)?;
            Ok(interview::reseal(conn, &keys)?)
        })
    }

    /// Takes the old key out of the file.
    pub fn finish(self, app: &App) -> anyhow::Result<()> {
        let file = &app.settings.key_file;
        key_file::replace(file, &self.ring.with(vec![self.new])).with_context(|| {
            format!("the key is changed, but {} still has the old one as well: run this again", file.display())
        })
    }
}
