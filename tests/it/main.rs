//! One binary with all tests that come through the real door: the library's
//! public functions, the real databases, real HTTP, real SMTP, a real browser.
//! `tests/run` sets up what they need and runs them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what goes wrong in a test's helper fails the test")]
#![expect(clippy::indexing_slicing, reason = "what goes wrong in a test's helper fails the test")]

#[macro_use]
mod support;

mod api;
mod architecture;
mod asking;
mod audit;
mod backup;
mod bad_days;
mod browser;
mod campaigns;
mod columns;
mod comments;
mod crash;
mod docs;
mod doctor;
mod draft;
mod exchange;
mod fuzz;
mod golden;
mod import_again;
mod interview;
mod interviewer;
mod interviewers;
mod keys;
mod leaver;
mod logs;
mod mail;
mod migrations;
mod office;
mod paper;
mod public;
mod published;
mod release;
mod routes;
mod several;
mod smtp;
mod statsmodels;
mod story;
mod survey;
mod uptake;
mod workforce;
