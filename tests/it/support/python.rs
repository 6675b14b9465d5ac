//! Programs in Python: with libraries for what the tests must not take from the product.

use super::sources;
use std::process::Command;

/// A script of the repository, with the Python that `tests/run` has found.
pub fn python(script: &str) -> Command {
    #[expect(clippy::disallowed_methods, reason = "how tests/run tells the tests, and no setting of the product's")]
    let python = std::env::var("CANDOUR_TEST_PYTHON").unwrap_or_else(|_unset| "python3".to_owned());
    let mut command = Command::new(python);
    command.arg(sources::root().join(script));
    command
}
