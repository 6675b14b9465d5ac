//! All tables of a database, whichever they are: what there is, row by row, and
//! rows put in. A row is values here and nothing else; what they mean is the
//! stages' business.

mod catalog;
mod meta;
mod rows;
mod value;

pub use catalog::CatalogError;
pub(super) use catalog::{Table, differences, has_rows, of_migrations, tables_of};
pub use meta::integrity;
pub(super) use meta::{Meta, Part, is_ours, length, prepare, read_meta, write_meta};
pub(super) use rows::{Batch, count, each};
pub(super) use value::{Row, Value};
