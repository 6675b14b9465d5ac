//! The stylesheets and the scripts, under names that change with them.

use crate::report;
use crate::secret;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use std::sync::LazyLock;

/// The site's stylesheet.
pub const STYLE: &str = include_str!("style.css");

pub const STYLE_ROUTE: &str = "/assets/{name}";

/// `/assets/style-HASH.css`: a browser may keep it for ever.
pub(super) static STYLE_PATH: LazyLock<String> = LazyLock::new(|| path("style", "css", STYLE));

/// What reports need besides; kept off the pages that leavers load on a phone.
pub(super) static REPORT_PATH: LazyLock<String> = LazyLock::new(|| path("report", "css", report::html::STYLE));

/// What an interviewer's questionnaire needs besides, and the script that saves it.
const INTERVIEW: &str = include_str!("../interviewer/interview.css");
const SCRIPT: &str = include_str!("../interviewer/interview.js");
pub(super) static INTERVIEW_PATH: LazyLock<String> = LazyLock::new(|| path("interview", "css", INTERVIEW));
pub(super) static SCRIPT_PATH: LazyLock<String> = LazyLock::new(|| path("interview", "js", SCRIPT));

/// The arithmetic of blind signatures, which is the leaver's browser's to do.
const BLIND: &str = include_str!("../leaver/blind.js");
pub static BLIND_PATH: LazyLock<String> = LazyLock::new(|| path("blind", "js", BLIND));

/// What a leaver's browser does besides: exchanges the code with that arithmetic, and
/// keeps the ticket where they ask for it.
static EXCHANGE: LazyLock<String> =
    LazyLock::new(|| include_str!("../leaver/exchange.js").replace("./blind.js", &BLIND_PATH));
pub static EXCHANGE_PATH: LazyLock<String> = LazyLock::new(|| path("exchange", "js", &EXCHANGE));
const TICKET: &str = include_str!("../leaver/ticket.js");
pub static TICKET_PATH: LazyLock<String> = LazyLock::new(|| path("ticket", "js", TICKET));

fn path(name: &str, kind: &str, text: &str) -> String {
    let hash = secret::sha256(text.as_bytes());
    format!("/assets/{name}-{}.{kind}", hash.get(..12).unwrap_or(&hash))
}

/// A speech bubble in the accent's colour, without a request.
pub(super) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
     %3Cpath d='M8 1a7 7 0 0 1 0 14H1V8a7 7 0 0 1 7-7z' fill='%237a3263'/%3E%3C/svg%3E";

/// GET /assets/style-HASH.css and its like
pub async fn style(req: HttpRequest) -> Result<HttpResponse, crate::web::Error> {
    let (css, js) = ("text/css; charset=utf-8", "text/javascript; charset=utf-8");
    let all = [
        (&*STYLE_PATH, css, STYLE),
        (&*REPORT_PATH, css, report::html::STYLE),
        (&*INTERVIEW_PATH, css, INTERVIEW),
        (&*SCRIPT_PATH, js, SCRIPT),
        (&*BLIND_PATH, js, BLIND),
        (&*EXCHANGE_PATH, js, EXCHANGE.as_str()),
        (&*TICKET_PATH, js, TICKET),
    ];
    let Some((_, kind, text)) = all.into_iter().find(|(path, _, _)| req.path() == path.as_str()) else {
        return Err(crate::web::Error::NotFound);
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(text))
}
