//! The engine attacked by means that share nothing with it.
//!
//! `make` is given invented people (`world`, `people`); the releases that it makes are
//! taken as JSON, and all whole numbers of people that agree with every figure in them
//! are searched for the least and the greatest that each hidden number can be (`search`).
//! That is exact, where the linear programs of `release::audit` let people be divided,
//! and it is slow: small places and few releases only.

mod auditor;
mod audits;
mod control;
mod equations;
mod holds;
mod judge;
mod needless;
mod people;
mod reading;
mod search;
mod structure;
mod traps;
mod world;
