//! The figures of a release, worked out again from what people said, by other
//! means than the product's own: whole numbers for percentages, and the Wilson
//! interval (E. B. Wilson 1927) as the textbook writes it.

use serde_json::{Value, json};

/// `count` of `base` as a release's JSON has it.
pub fn figure(count: u64, base: u64) -> Value {
    let (low, high) = wilson(count, base);
    json!({ "count": count, "percent": half_up(count, base), "low": low, "high": high })
}

/// In tenths of a per cent, half up: floor(1000 c / b + 1/2), with no fraction on
/// the way.
fn half_up(count: u64, base: u64) -> f64 {
    to_f64((2000 * count + base) / (2 * base)) / 10.0
}

fn wilson(count: u64, base: u64) -> (f64, f64) {
    let z = 1.959_963_984_540_054;
    let (n, p) = (to_f64(base), to_f64(count) / to_f64(base));
    let middle = p + z * z / (2.0 * n);
    let reach = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    let tenths = |share: f64| (share * 1000.0 + 0.5).floor() / 10.0;
    (tenths(((middle - reach) / scale).max(0.0)), tenths(((middle + reach) / scale).min(1.0)))
}

fn to_f64(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}
