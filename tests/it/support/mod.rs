//! What tests stand on: an installation of its own for each test, people who
//! visit it, and the servers that it talks to.

mod app;
pub mod blinding;
pub mod browser;
pub mod cluster;
pub mod council;
mod database;
pub mod employer;
pub mod figures;
mod kept;
mod leaver;
mod mail_server;
pub mod process;
mod python;
mod server;
pub mod sources;
mod visitor;

pub use app::TestApp;
pub use database::{Catalog, Column, Database};
pub use kept::kept;
pub use mail_server::MailServer;
pub use python::python;
pub use visitor::{File, Page, Visitor, encoded};

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
