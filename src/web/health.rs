//! What operators and their load balancers ask.

use crate::app::App;
use actix_web::{HttpResponse, web};

/// `GET /healthz`: the process runs and answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// `GET /readyz`: it can do its work, for which it needs the database and the key that it
/// is sealed with: on another machine, that may have been changed a moment ago.
pub async fn ready(app: web::Data<App>) -> HttpResponse {
    match app.follow_key().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"),
        Err(_) => HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("the database cannot be reached, or its key is not in the key file\n"),
    }
}
