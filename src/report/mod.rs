//! Reports: a release rendered. Pure: a release, its survey and what was chosen for the
//! paper in, bytes out, and every figure as the release has it. [`report`] puts the
//! report together once, as a document; each writer makes one format of it. The JSON
//! is the frozen release itself, and [`figures`] are the same figures line by line, for
//! the formats that are read by programs.

mod archive;
mod chart;
mod content;
pub mod csv;
pub mod docx;
mod figures;
mod fonts;
mod format;
#[cfg(test)]
mod hidden_tests;
pub mod html;
pub mod model;
mod pdf;
pub mod picture;
pub mod sheets;
pub mod source;
#[cfg(test)]
mod support;
pub mod template;
#[cfg(test)]
mod tests;
pub mod view;
mod xml;

pub use content::report;
pub use format::{Format, write};
pub use model::Report;
pub use pdf::PdfError;
pub use source::Source;
pub use template::Template;
