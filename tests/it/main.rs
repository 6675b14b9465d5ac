//! One binary with all tests that come through the real door: the library's
//! public functions, the real databases, real HTTP, real SMTP, a real browser.
//! `tests/run` sets up what they need and runs them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what goes wrong in a test's helper fails the test")]
#![expect(clippy::indexing_slicing, reason = "what goes wrong in a test's helper fails the test")]

#[macro_use]
mod support;

mod architecture;
mod columns;
mod migrations;
mod survey;
