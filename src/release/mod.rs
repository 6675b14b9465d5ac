//! Frozen tables: from responses to figures that are safe to hand to anyone.
//! Pure but for [`store`]; knows nothing of invitations and tickets.

#[cfg(test)]
mod attack;
pub mod audit;
pub mod chain;
mod create;
pub mod difference;
pub mod disclosure;
mod draft;
pub mod freeze;
pub mod make;
mod mode;
pub mod model;
pub mod nesting;
pub mod percent;
pub mod preview;
#[cfg(test)]
pub mod sample;
mod securing;
pub mod series;
pub mod store;
mod tables;
pub mod tabulate;
pub mod uptake;

pub use create::{CreateError, Drafted, create, drafted, keep};
pub use draft::{Draft, prepare, standing};
pub use mode::with_mode;
pub use model::{
    Cell, Collapsed, Difference, Figure, Group, Others, Points, Policy, Release, SurveyRef, Table, Tenths,
};
pub use preview::Preview;
pub use securing::Unsafe;
pub use uptake::{Uptake, UptakeCounts};
