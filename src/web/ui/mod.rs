//! What pages are made of: one layout, form controls with their labels, hints
//! and errors wired up, lists, tables, the stylesheets and the scripts.

mod controls;
mod display;
mod page;
mod qr;
mod style;
mod words;

pub use controls::{
    Button, Choice, Field, Input, Look, Options, button, checkboxes, control_id, error_summary, form, hidden, radios,
    select, text_area, text_input,
};
pub use display::{Row, data_table, details, fingerprint, notice, progress, success, summary_list, warning};
pub use page::{Frame, NavItem, page, page_response};
pub use qr::qr;
pub use style::{BLIND, EXCHANGE, STYLE, STYLE_ROUTE, TICKET, style};
pub use words::Common;
