//! The two cookies of members of staff. Leavers get none of them.

use crate::app::App;
use crate::id::SessionId;
use crate::secret::Secret;
use crate::staff::guessing::Device;
use crate::staff::{EmailAddress, session};
use crate::web::Error;
use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};

const SESSION: &str = "candour_session";
const DEVICE: &str = "candour_device";

/// Marks a request whose session's token is to be issued anew.
pub(super) struct Ageing(pub SessionId);

pub(super) fn session_token(req: &HttpRequest) -> Option<String> {
    req.cookie(SESSION).map(|cookie| cookie.value().to_owned())
}

/// The value of the device cookie; empty if there is none.
pub(super) fn devices(req: &HttpRequest) -> Secret<String> {
    Secret::new(req.cookie(DEVICE).map(|cookie| cookie.value().to_owned()).unwrap_or_default())
}

/// Ends with the browser; the token in it ends sooner.
pub(super) fn session_cookie(app: &App, session: &SessionId) -> Cookie<'static> {
    let token = session::issue(&app.keys, app.clock.now(), session);
    Cookie::build(SESSION, token.expose().clone())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings.is_https())
        .finish()
}

/// Says that this browser signed in with `email` before.
pub(super) fn device_cookie(app: &App, email: &EmailAddress, before: &Secret<String>) -> Cookie<'static> {
    let devices = Device::issue(&app.keys, email, before.expose());
    Cookie::build(DEVICE, devices.expose().clone())
        .path("/sign-in")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings.is_https())
        .max_age(Duration::days(400))
        .finish()
}

/// Takes the session's cookie away.
pub(super) fn no_session_cookie(app: &App) -> Cookie<'static> {
    Cookie::build(SESSION, "")
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings.is_https())
        .max_age(Duration::ZERO)
        .finish()
}

/// Issues an ageing token anew, on its way out with whatever the page is.
pub async fn renew(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(req).await?;
    let ageing = response.request().extensions_mut().remove::<Ageing>();
    if let (Some(Ageing(session)), Some(app)) = (ageing, response.request().app_data::<Data<App>>().cloned()) {
        let is_set = response.response().cookies().any(|cookie| cookie.name() == SESSION);
        if !is_set {
            let cookie = session_cookie(&app, &session);
            response.response_mut().add_cookie(&cookie).map_err(Error::internal)?;
        }
    }
    Ok(response)
}
