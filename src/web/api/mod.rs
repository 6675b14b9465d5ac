//! What programs may ask: the frozen releases of their organisation.

mod error;

pub use error::ApiError;
