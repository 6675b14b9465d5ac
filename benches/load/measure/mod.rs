//! What is measured, a file each.

pub mod page;
pub mod release;
pub mod send;
pub mod soak;
pub mod start;

use std::time::Duration;

pub fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The time that so many of a hundred took no longer than, in milliseconds.
pub fn percentile(mut of: Vec<Duration>, percent: usize) -> f64 {
    of.sort();
    of.get((of.len() * percent / 100).min(of.len().saturating_sub(1))).map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
}

pub fn row(what: &str, figure: impl std::fmt::Display) {
    println!("| {what} | {figure} |");
}

pub fn head(title: &str) {
    println!("\n### {title}\n\n| | |\n|---|--:|");
}
