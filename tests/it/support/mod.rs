//! What tests stand on: an installation of its own for each test.

mod app;
mod database;
pub mod sources;

pub use app::TestApp;
pub use database::{Catalog, Column, Database};

/// Makes one test for each database from one body.
///
///     on_both! {
///         fn a_spent_ticket_is_refused(app: TestApp) { ... }
///     }
macro_rules! on_both {
    ($($(#[$attribute:meta])* fn $name:ident($app:ident: TestApp) $body:block)+) => { $(
        mod $name {
            use super::*;

            fn check($app: TestApp) $body

            $(#[$attribute])*
            #[test]
            fn sqlite() {
                check(TestApp::on_sqlite())
            }

            $(#[$attribute])*
            #[test]
            fn postgres() {
                check(TestApp::on_postgres())
            }
        }
    )+ };
}
