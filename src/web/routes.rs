//! Every URL of Candour on one screen, grouped by who comes there.

use super::fields::{LEAVER_FORM, MaxBody};
use super::{error, health, leaver, ui};
use actix_web::web::{self, ServiceConfig};

pub fn configure(cfg: &mut ServiceConfig) {
    // Leavers.
    cfg.service(web::resource("/").get(leaver::start::show).post(leaver::start::open));
    cfg.service(web::resource("/i/{code}").get(leaver::invitation::show));
    cfg.service(web::resource("/decline").post(leaver::invitation::decline));
    cfg.service(web::resource("/answer/start").post(leaver::invitation::start));
    cfg.service(web::resource("/answer").app_data(MaxBody(LEAVER_FORM)).post(leaver::section::turn));
    cfg.service(web::resource("/answer/send").app_data(MaxBody(LEAVER_FORM)).post(leaver::send::send));
    cfg.service(web::resource("/thank-you").get(leaver::send::thank_you));

    // Operators.
    cfg.route("/healthz", web::get().to(health::alive));
    cfg.route("/readyz", web::get().to(health::ready));

    // Anybody.
    cfg.route(ui::STYLE_ROUTE, web::get().to(ui::style));

    // Whatever is not above. Leavers mistype addresses too: it says what to do.
    cfg.default_service(web::to(error::not_found));
}

/// Who a part of the site is for. Decides about headers, caching, what is logged
/// and how a request must prove that it comes from our own pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    Leaver,
    Staff,
    Api,
    /// Published reports.
    Public,
    /// The stylesheet, and what operators ask whether we are well.
    Plain,
}

impl Area {
    /// By the path's first step. Whatever is not known to be for others is the
    /// leavers': theirs are the strictest rules about what may be written down.
    pub fn of(path: &str) -> Area {
        match path.split('/').nth(1).unwrap_or_default() {
            "hr" | "admin" | "sign-in" | "sign-out" | "set-up" | "password" => Area::Staff,
            "api" => Area::Api,
            "reports" => Area::Public,
            "assets" | "healthz" | "readyz" => Area::Plain,
            _ => Area::Leaver,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Area::Leaver => "leaver",
            Area::Staff => "staff",
            Area::Api => "api",
            Area::Public => "public",
            Area::Plain => "plain",
        }
    }
}
