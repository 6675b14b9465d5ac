//! The stylesheets and the scripts, under names that change with them.

use crate::report;
use crate::secret;
use crate::web::{Error, packed};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use std::sync::LazyLock;

/// A file that a browser may keep for ever: `/assets/NAME-HASH.KIND`.
#[derive(Debug)]
pub struct Asset {
    pub path: String,
    kind: &'static str,
    text: String,
    packed: Vec<u8>,
}

impl Asset {
    fn new(name: &str, ending: &str, text: &str) -> Asset {
        let hash = secret::sha256(text.as_bytes());
        Asset {
            path: format!("/assets/{name}-{}.{ending}", hash.get(..12).unwrap_or(&hash)),
            kind: if ending == "css" { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" },
            text: text.to_owned(),
            packed: packed::gzip(text.as_bytes(), Compression::best()),
        }
    }
}

pub const STYLE_ROUTE: &str = "/assets/{name}";

/// The site's stylesheet, which a page that is kept as a file has in itself.
pub const STYLE: &str = include_str!("style.css");
pub(super) static SITE: LazyLock<Asset> = LazyLock::new(|| Asset::new("style", "css", STYLE));

/// What reports need besides; kept off the pages that leavers load on a phone.
pub(super) static REPORT: LazyLock<Asset> = LazyLock::new(|| Asset::new("report", "css", report::html::STYLE));

/// What an interviewer's questionnaire needs besides, and the script that saves it.
pub(super) static INTERVIEW: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("interview", "css", include_str!("../interviewer/interview.css")));
pub(super) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("interview", "js", include_str!("../interviewer/interview.js")));

/// The arithmetic of blind signatures, which is the leaver's browser's to do.
pub static BLIND: LazyLock<Asset> = LazyLock::new(|| Asset::new("blind", "js", include_str!("../leaver/blind.js")));

/// What a leaver's browser does besides: exchanges the code with that arithmetic, and
/// keeps the ticket where they ask for it.
pub static EXCHANGE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("exchange", "js", &include_str!("../leaver/exchange.js").replace("./blind.js", &BLIND.path))
});
pub static TICKET: LazyLock<Asset> = LazyLock::new(|| Asset::new("ticket", "js", include_str!("../leaver/ticket.js")));

/// A speech bubble in the accent's colour, without a request.
pub(super) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
     %3Cpath d='M8 1a7 7 0 0 1 0 14H1V8a7 7 0 0 1 7-7z' fill='%237a3263'/%3E%3C/svg%3E";

/// GET /assets/style-HASH.css and its like
pub async fn style(req: HttpRequest) -> Result<HttpResponse, Error> {
    let all: [&'static Asset; 7] = [&SITE, &REPORT, &INTERVIEW, &SCRIPT, &BLIND, &EXCHANGE, &TICKET];
    let asset = all.into_iter().find(|asset| req.path() == asset.path).ok_or(Error::NotFound)?;
    let is_packed = packed::is_wanted(&req);
    let mut response = HttpResponse::Ok();
    response.content_type(asset.kind);
    response.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    let mut response =
        if is_packed { response.body(asset.packed.as_slice()) } else { response.body(asset.text.as_str()) };
    packed::announce(response.headers_mut(), is_packed);
    Ok(response)
}
