//! Counters of requests by area: never by route, code or person.

use super::Area;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Metrics {
    requests: Family<Labels, Counter>,
    seconds: Family<AreaLabel, Histogram>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    area: &'static str,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AreaLabel {
    area: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        Metrics {
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new([0.005, 0.02, 0.1, 0.5, 2.0, 10.0])),
        }
    }
}

impl Metrics {
    /// Makes them known to the registry that the metrics listener serves.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("candour_requests", "Requests answered", self.requests.clone());
        registry.register("candour_request_seconds", "Seconds until the answer", self.seconds.clone());
    }

    pub(super) fn count(&self, area: Area, status: u16, took: Duration) {
        let status = match status {
            0..=299 => "2xx",
            300..=399 => "3xx",
            400..=499 => "4xx",
            _ => "5xx",
        };
        self.requests.get_or_create(&Labels { area: area.as_str(), status }).inc();
        self.seconds.get_or_create(&AreaLabel { area: area.as_str() }).observe(took.as_secs_f64());
    }
}
