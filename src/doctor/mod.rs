//! Whether an installation is in order: checks that change nothing, and say of every
//! problem what to do about it.

mod contents;

pub use contents::contents;
