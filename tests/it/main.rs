//! One binary with all tests that come through the real door: the library's
//! public functions, the real databases, real HTTP, real SMTP, a real browser.
//! `tests/run` sets up what they need and runs them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what goes wrong in a test's helper fails the test")]
#![expect(clippy::indexing_slicing, reason = "what goes wrong in a test's helper fails the test")]
#![expect(dead_code, reason = "the journeys that use all of it come with the pages")]

#[macro_use]
mod support;

mod architecture;
mod browser;
mod campaigns;
mod columns;
mod docs;
mod leaver;
mod mail;
mod migrations;
mod release;
mod smtp;
mod survey;
