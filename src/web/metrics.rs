//! Figures for Prometheus, on a listener of their own: by area, never by route,
//! code or person.
//!
//! Nothing here moves when a leaver does something, or an interviewer with a case: a
//! counter that ticks once per exchange and once per answer, scraped every few seconds,
//! would be a diary of who was there when. Of requests that may be theirs only those
//! are counted that failed through our fault.

use super::{Area, Site};
use crate::app::App;
use actix_web::{HttpResponse, web};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<AreaLabel, Histogram>,
    is_database_up: Gauge,
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
        let requests = Family::<Labels, Counter>::default();
        let seconds =
            Family::<AreaLabel, Histogram>::new_with_constructor(|| Histogram::new([0.005, 0.02, 0.1, 0.5, 2.0, 10.0]));
        let is_database_up = Gauge::default();
        let mut registry = Registry::with_prefix("candour");
        registry.register(
            "requests",
            "Requests of staff and programs answered (others': only failures)",
            requests.clone(),
        );
        registry.register_with_unit("request", "Time until the answer", Unit::Seconds, seconds.clone());
        registry.register("database_up", "1 while the database answers", is_database_up.clone());
        Metrics { registry, requests, seconds, is_database_up }
    }
}

impl Metrics {
    /// `is_of_staff`: it can only have been a member of staff, and nothing that ends
    /// in somebody's answers. Leavers also ask for what is everybody's: stylesheets,
    /// scripts, a campaign's key.
    pub(super) fn count(&self, area: Area, is_of_staff: bool, status: u16, took: Duration) {
        if !is_of_staff && status < 500 {
            return;
        }
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

/// `GET /metrics`, on the metrics listener.
pub async fn show(app: web::Data<App>, site: web::Data<Site>) -> HttpResponse {
    let metrics = &site.metrics;
    let is_up = app.db.read(|_| diesel::QueryResult::Ok(())).await.is_ok();
    metrics.is_database_up.set(i64::from(is_up));
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => {
            HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
        }
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
