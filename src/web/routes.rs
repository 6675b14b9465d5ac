//! Every URL of Candour on one screen, grouped by who comes there.

use super::fields::{INTERVIEW_FORM, LEAVER_FORM, MaxBody};
use super::packed::pack;
use super::{admin, api, auth, campaign, error, health, hr, interviewer, leaver, promise, report, ui};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

// A table: one URL a line, however long.
#[expect(clippy::too_many_lines, reason = "every URL on one screen")]
#[rustfmt::skip]
pub fn configure(cfg: &mut ServiceConfig) {
    // Leavers.
    cfg.service(web::resource("/").get(leaver::start::show).post(leaver::start::open));
    cfg.service(web::resource("/i/{code}").wrap(from_fn(pack)).get(leaver::invitation::show));
    cfg.service(web::resource("/decline").post(leaver::decline::decline));
    cfg.service(web::resource("/interview").post(leaver::ask::new));
    cfg.service(web::resource("/interview/ask").post(leaver::ask::create));
    cfg.service(web::resource("/interview/change").post(leaver::ask::change));
    cfg.service(web::resource("/interview/withdraw").post(leaver::ask::withdraw));
    cfg.service(web::resource("/read-back/{token}").get(leaver::read_back::show).post(leaver::read_back::create));
    cfg.service(web::resource("/answer/start").get(leaver::start::back).post(leaver::invitation::start));
    cfg.service(web::resource("/answer/exchange").post(leaver::exchange::create));
    cfg.service(web::resource("/answer/begin").get(leaver::start::back).post(leaver::begin::create));
    cfg.service(web::resource("/answer").app_data(MaxBody(LEAVER_FORM)).get(leaver::start::back).post(leaver::section::turn));
    cfg.service(web::resource("/answer/send").app_data(MaxBody(LEAVER_FORM)).get(leaver::start::back).post(leaver::send::send));
    cfg.service(web::resource("/thank-you").get(leaver::send::thank_you));

    // Operators.
    cfg.route("/healthz", web::get().to(health::alive));
    cfg.route("/readyz", web::get().to(health::ready));

    // Members of staff: who they are.
    cfg.service(web::resource("/sign-in").get(auth::session::new).post(auth::session::create));
    cfg.service(web::resource("/sign-out").post(auth::session::delete));
    cfg.service(web::resource("/sign-in/link").get(auth::link_request::new).post(auth::link_request::create));
    cfg.service(web::resource("/sign-in/links/{token}").get(auth::link::show).post(auth::link::create));
    cfg.service(web::resource("/set-up/{token}").get(auth::set_up::new).post(auth::set_up::create));
    cfg.service(web::resource("/password").get(auth::password::edit).post(auth::password::update));
    cfg.service(web::resource(["/hr", "/admin"]).get(auth::session::home_of));

    // Administrators.
    cfg.service(web::resource("/admin/organisations").get(admin::organisation::index).post(admin::organisation::create));
    cfg.service(web::resource("/admin/organisations/new").get(admin::organisation::new));
    cfg.service(web::resource("/admin/organisations/{id}").get(admin::organisation::show));
    cfg.service(web::resource("/admin/organisations/{id}/accounts").post(admin::account::create_hr));
    cfg.service(web::resource("/admin/organisations/{id}/accounts/new").get(admin::account::new_hr));
    cfg.service(web::resource("/admin/organisations/{id}/interviewers").post(admin::interviewer::create_own));
    cfg.service(web::resource("/admin/organisations/{id}/interviewers/new").get(admin::interviewer::new_own));
    cfg.service(web::resource("/admin/interviewers").get(admin::interviewer::index).post(admin::interviewer::create_independent));
    cfg.service(web::resource("/admin/interviewers/new").get(admin::interviewer::new_independent));
    cfg.service(web::resource("/admin/interviewers/{id}").get(admin::interviewer::edit).post(admin::interviewer::update));
    cfg.service(web::resource("/admin/accounts/{id}/password-links").post(admin::account::send_password_link));
    cfg.service(web::resource("/admin/accounts/{id}/comments").post(admin::account::let_read_comments));
    cfg.service(web::resource("/admin/accounts/{id}/closure").get(admin::account::confirm_closure).post(admin::account::close));
    cfg.service(web::resource("/admin/administrators").get(admin::administrator::index).post(admin::account::create_administrator));
    cfg.service(web::resource("/admin/administrators/new").get(admin::account::new_administrator));
    cfg.service(web::resource("/admin/surveys").get(admin::survey::index).post(admin::survey::create));
    cfg.service(web::resource("/admin/surveys/new").get(admin::survey::new));
    cfg.service(web::resource("/admin/surveys/{hash}").get(admin::survey::show));
    cfg.service(web::resource("/admin/surveys/shipped/{name}").post(admin::survey::create_shipped));
    cfg.service(web::resource("/admin/record").get(auth::record::of_all));

    // HR.
    cfg.service(web::resource("/hr/campaigns").get(hr::campaign::index).post(hr::campaign_form::create));
    cfg.service(web::resource("/hr/campaigns/new").get(hr::campaign_form::new));
    cfg.service(web::resource("/hr/campaigns/{id}").get(hr::campaign::show));
    cfg.service(web::resource("/hr/campaigns/{id}/people").post(hr::people::create));
    cfg.service(web::resource("/hr/campaigns/{id}/people/new").get(hr::people::new));
    cfg.service(web::resource("/hr/campaigns/{id}/people/uploads").post(hr::people::create_many));
    cfg.service(web::resource("/hr/campaigns/{id}/sendings").post(hr::sending::create));
    cfg.service(web::resource("/hr/campaigns/{id}/sendings/{mail}/again").post(hr::sending::again));
    cfg.service(web::resource("/hr/campaigns/{id}/reminders").post(hr::sending::remind));
    cfg.service(web::resource("/hr/campaigns/{id}/letters").post(hr::letter::create));
    cfg.service(web::resource("/hr/campaigns/{id}/min-base").get(hr::min_base::edit).post(hr::min_base::update));
    cfg.service(web::resource("/hr/campaigns/{id}/modes").get(hr::mode::edit).post(hr::mode::update));
    cfg.service(web::resource("/hr/campaigns/{id}/closure").get(hr::closure::new).post(hr::closure::create));
    cfg.service(web::resource("/hr/campaigns/{id}/preview").get(hr::preview::show).post(hr::preview::create));
    cfg.service(web::resource("/hr/campaigns/{id}/releases").post(hr::release::create));
    cfg.service(web::resource("/hr/campaigns/{id}/releases/{number}.{format:[a-z]+}").get(hr::release::download));
    cfg.service(web::resource("/hr/campaigns/{id}/releases/{number}").get(hr::release::show));
    cfg.service(web::resource("/hr/campaigns/{id}/releases/{number}/publication").post(hr::release::publish));
    cfg.service(web::resource("/hr/campaigns/{id}/releases/{number}/withdrawal").post(hr::release::withdraw));
    cfg.service(web::resource("/hr/campaigns/{id}/releases/{number}/annex").get(hr::annex::show).post(hr::annex::create));
    cfg.service(web::resource("/hr/campaigns/{id}/comments").get(hr::comment::index));
    cfg.service(web::resource("/hr/campaigns/{id}/comments/{question}").get(hr::comment::topic));
    cfg.service(web::resource("/hr/campaigns/{id}/comments/{question}/{comment}").app_data(MaxBody(LEAVER_FORM)).get(hr::review::edit).post(hr::review::update));
    cfg.service(web::resource("/hr/campaigns/{id}/themes").get(hr::theme::index).post(hr::theme::create));
    cfg.service(web::resource("/hr/campaigns/{id}/themes/{theme}").post(hr::theme::update));
    cfg.service(web::resource("/hr/campaigns/{id}/themes/{theme}/retirement").post(hr::theme::retire));
    cfg.service(web::resource("/hr/campaigns/{id}/releases/{number}/paper").get(hr::paper::edit).post(hr::paper::update));
    cfg.service(web::resource("/hr/interviewers").get(hr::interviewer::index).post(hr::interviewer::update));
    cfg.service(web::resource("/hr/interviewers/colleagues").post(hr::interviewer::create));
    cfg.service(web::resource("/hr/interviewers/colleagues/{id}/deletion").post(hr::interviewer::delete));
    cfg.service(web::resource("/hr/workforce").get(hr::workforce::index));
    cfg.service(web::resource("/hr/workforce/new").get(hr::workforce_upload::new));
    cfg.service(web::resource("/hr/workforce/template.csv").get(hr::workforce::download));
    cfg.service(web::resource("/hr/workforce/uploads").post(hr::workforce_upload::create));
    cfg.service(web::resource("/hr/workforce/{id}").get(hr::workforce::show));
    cfg.service(web::resource("/hr/workforce/{id}/deletion").get(hr::workforce::confirm_deletion).post(hr::workforce::delete));
    cfg.service(web::resource("/hr/tokens").get(hr::token::index).post(hr::token::create));
    cfg.service(web::resource("/hr/tokens/new").get(hr::token::new));
    cfg.service(web::resource("/hr/tokens/{id}/deletion").post(hr::token::delete));
    cfg.service(web::resource("/hr/record").get(auth::record::of_organisation));

    // Interviewers.
    cfg.service(web::resource("/interviews/conflicts").get(interviewer::conflict::index).post(interviewer::conflict::create));
    cfg.service(web::resource("/interviews/conflicts/retraction").post(interviewer::conflict::delete));
    cfg.service(web::resource("/interviews/about").post(interviewer::conflict::describe));
    cfg.service(web::resource("/interviews/handed-in").get(interviewer::hand_in::done));
    cfg.service(web::resource("/interviews/{id}/questionnaire").app_data(MaxBody(INTERVIEW_FORM)).get(interviewer::form::show).post(interviewer::form::save));
    cfg.service(web::resource("/interviews/{id}/hand-in").get(interviewer::hand_in::confirm).post(interviewer::hand_in::create));
    cfg.service(web::resource("/interviews").get(interviewer::list::index));
    cfg.service(web::resource("/interviews/{id}").get(interviewer::case::show));
    cfg.service(web::resource("/interviews/{id}/taking").post(interviewer::list::take));
    cfg.service(web::resource("/interviews/{id}/passing").get(interviewer::passing::new).post(interviewer::passing::create));
    cfg.service(web::resource("/interviews/{id}/plan").get(interviewer::plan::edit).post(interviewer::plan::update));
    cfg.service(web::resource("/interviews/{id}/calendar.ics").get(interviewer::calendar::show));
    cfg.service(web::resource("/interviews/{id}/read-back").get(interviewer::read_back::show).post(interviewer::read_back::create));
    cfg.service(web::resource("/interviews/{id}/read-back/links").post(interviewer::read_back::create_link));
    cfg.service(web::resource("/interviews/{id}/read-back/mails").post(interviewer::read_back::create_mail));

    // Programs.
    cfg.service(web::resource("/api").get(api::page::show));
    cfg.service(web::resource("/api/v1/campaigns").get(api::campaign::index));
    cfg.service(web::resource("/api/v1/campaigns/{id}/releases").get(api::release::index));
    cfg.service(web::resource("/api/v1/campaigns/{id}/releases/{release}.{format:[a-z]+}").wrap(from_fn(pack)).get(api::release::download));
    cfg.service(web::resource("/api/v1/campaigns/{id}/releases/{release}").wrap(from_fn(pack)).get(api::release::show));
    cfg.service(web::resource("/api/v1/schema/{name}.json").get(api::schema::show));
    cfg.service(web::resource("/api/v1/openapi.json").wrap(from_fn(pack)).get(api::schema::openapi));
    cfg.service(web::resource("/api/{rest:.*}").to(api::not_found));

    // Everybody.
    cfg.service(web::resource("/promise").get(promise::show));
    cfg.service(web::resource("/campaigns/{id}").wrap(from_fn(pack)).get(campaign::show));
    cfg.service(web::resource("/campaigns/{id}/key").get(campaign::key));
    cfg.service(web::resource("/reports/{id}.{format:[a-z]+}").wrap(from_fn(pack)).get(report::download));
    cfg.service(web::resource("/reports/{id}").wrap(from_fn(pack)).get(report::show));

    // Anybody.
    cfg.service(web::resource(ui::STYLE_ROUTE).get(ui::style));

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
    /// Published reports, what leavers are promised, and what they can check.
    Public,
    /// The stylesheet, and what operators ask whether we are well.
    Plain,
}

impl Area {
    /// By the path's first step. Whatever is not known to be for others is the
    /// leavers': theirs are the strictest rules about what may be written down.
    pub fn of(path: &str) -> Area {
        match path.split('/').nth(1).unwrap_or_default() {
            "hr" | "admin" | "interviews" | "sign-in" | "sign-out" | "set-up" | "password" => Area::Staff,
            "api" => Area::Api,
            "campaigns" | "promise" | "reports" => Area::Public,
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
