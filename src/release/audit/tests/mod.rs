//! Releases made by hand, and what has to be found in them.

mod made;
mod traps;
