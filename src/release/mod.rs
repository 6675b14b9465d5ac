//! Frozen tables: from responses to figures that are safe to hand to anyone.
//! Pure but for [`store`]; knows nothing of invitations and tickets.

pub mod model;

pub use model::{Cell, Figure, Group, Policy, Release, SurveyRef, Table, Tenths, Uptake};
