//! What every request passes on its way in and every response on its way out.

use super::{Area, Client, Error, Site, headers, pace, same_origin};
use actix_web::ResponseError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use std::time::Instant;

pub(super) async fn pass(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    // Link checkers of mail gateways ask for the head alone; actix leaves the body
    // of the page away by itself.
    if req.method() == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    // The path as routes are matched: `/%68r` leads to where `/hr` does.
    let area = Area::of(req.match_info().as_str());
    let Some(site) = req.app_data::<Data<Site>>().cloned() else {
        return Ok(req.into_response(Error::internal("the site is not configured").error_response()));
    };
    let body = pace::keep(&mut req);
    let response = match refusal(&req, &site, area) {
        Some(error) => req.into_response(super::refusal(area, error)),
        None => next.call(req).await?.map_into_boxed_body(),
    };
    let mut response = body.until_answered(with_a_page(response, area));
    headers::add(response.headers_mut(), area, site.app.settings.is_https());
    note(&response, &site, area, started);
    Ok(response)
}

fn refusal(req: &ServiceRequest, site: &Site, area: Area) -> Option<Error> {
    let client = Client::of(req.request(), site.app.settings.behind_proxy);
    if let Err(retry_after) = site.limits.request(client) {
        return Some(Error::TooMany { retry_after });
    }
    let settings = &site.app.settings;
    (!same_origin::is_ours(req.method(), req.headers(), area, &settings.public_url)).then_some(Error::CrossSite)
}

/// A refusal that actix made itself comes without a page; it gets ours.
fn with_a_page(response: ServiceResponse<BoxBody>, area: Area) -> ServiceResponse<BoxBody> {
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE);
    let error = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED if is_bare => Error::MethodNotAllowed,
        StatusCode::NOT_FOUND if is_bare => Error::NotFound,
        StatusCode::BAD_REQUEST if is_bare => Error::Malformed,
        _ => return response,
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut page = super::refusal(area, error);
    if let Some(allow) = allow {
        page.headers_mut().insert(header::ALLOW, allow);
    }
    response.into_response(page)
}

/// Staff's requests get a line: the route's pattern, never the path. A leaver's
/// gets none, because the time of a line would lie beside the answers that arrived
/// then; nor does what an interviewer does with a case, which ends in answers.
fn note(response: &ServiceResponse<BoxBody>, site: &Site, area: Area, started: Instant) {
    let took = started.elapsed();
    let status = response.status().as_u16();
    let request = response.request();
    let is_of_a_case = request.match_pattern().is_some_and(|route| route.starts_with("/interviews/{id}"));
    let is_of_staff = matches!(area, Area::Staff | Area::Api) && !is_of_a_case;
    site.metrics.count(area, is_of_staff, status, took);
    if !is_of_staff {
        return;
    }
    tracing::info!(
        request = crate::id::random().get(..8),
        method = request.method().as_str(),
        route = request.match_pattern().as_deref().unwrap_or("none"),
        status,
        milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
    );
}
