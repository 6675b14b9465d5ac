//! Releases made by hand, and what has to be found in them.

mod digits;
mod made;
mod traps;
