//! The web: actix, and nothing of what Candour knows. Pages are grouped by role,
//! every URL is in [`routes`], what every request passes is in `door`, what
//! pages are made of is in [`ui`].

pub mod admin;
pub mod answers;
pub mod api;
pub mod auth;
pub mod campaign;
mod door;
pub mod error;
pub mod fields;
mod headers;
mod health;
pub mod hr;
pub mod interviewer;
pub mod leaver;
mod limits;
mod metrics;
mod pace;
mod packed;
pub mod problems;
pub mod promise;
pub mod report;
pub mod routes;
mod same_origin;
pub mod server;
mod surveys;
#[cfg(test)]
pub(crate) mod tests;
pub mod ui;
pub mod upload;
#[cfg(test)]
mod visitor;

pub use error::Error;
pub use fields::Fields;
pub use limits::{Client, Limits};
pub use metrics::Metrics;
pub use routes::Area;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::web::{Data, PathConfig, QueryConfig};
use actix_web::{HttpResponse, ResponseError};
use std::sync::Arc;
use surveys::Surveys;

/// What all workers of one process share. Made once, before the server.
#[derive(Clone, Debug)]
pub struct Site {
    pub app: crate::app::App,
    pub limits: Arc<Limits>,
    pub metrics: Arc<Metrics>,
    surveys: Arc<Surveys>,
}

impl Site {
    pub fn new(app: crate::app::App) -> Site {
        Site { app, limits: Arc::new(Limits::new()), metrics: Arc::default(), surveys: Arc::default() }
    }
}

/// The whole application, for `HttpServer::new` and for tests alike. Handlers
/// find `web::Data<App>` and `web::Data<Site>`.
pub fn server(
    site: &Site,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    actix_web::App::new()
        .app_data(Data::new(site.clone()))
        .app_data(Data::new(site.app.clone()))
        .app_data(PathConfig::default().error_handler(|_, req| refused(req, Error::NotFound)))
        .app_data(QueryConfig::default().error_handler(|_, req| refused(req, Error::Malformed)))
        .configure(routes::configure)
        .wrap(actix_web::middleware::from_fn(auth::renew))
        .wrap(actix_web::middleware::from_fn(door::pass))
}

fn refused(req: &actix_web::HttpRequest, error: Error) -> actix_web::Error {
    let response = refusal(Area::of(req.path()), error);
    actix_web::error::InternalError::from_response("refused", response).into()
}

/// Programs get their errors as JSON.
fn refusal(area: Area, error: Error) -> HttpResponse {
    match area {
        Area::Api => api::ApiError::from(error).error_response(),
        Area::Leaver | Area::Staff | Area::Public | Area::Plain => error.error_response(),
    }
}
