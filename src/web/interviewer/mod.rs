//! What interviewers do: the cases offered to them and theirs, the interview
//! itself, and reading back what was written down. An interviewer sees who a case
//! is about only once they have taken it, and nothing of it once it is closed.
//!
//! A case that is another's, closed, or that never was gets one and the same
//! answer: there is no such page.

pub mod conflict;
mod conflict_page;
