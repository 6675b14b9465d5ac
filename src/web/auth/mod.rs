//! Who is asking: members of staff by their session's cookie, programs by their
//! API token. Also the pages by which staff sign in and out.
//!
//! A handler says who may call it by the type of its argument. A role that may
//! not is told that there is no such page, like everybody who guesses at URLs.

mod cookie;
mod frame;
pub mod link;
pub mod link_request;
pub mod password;
mod program;
pub mod record;
pub mod session;
pub mod set_up;
#[cfg(test)]
mod tests;

pub use cookie::renew;
pub use frame::{done, frame};
pub use program::ApiClient;

use super::{Client, Error};
use crate::app::App;
use crate::audit::Actor;
use crate::id::{OrganisationId, SessionId};
use crate::staff::guessing::Network;
use crate::staff::{self, Account, Interviewer, Role};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::Future;
use std::pin::Pin;

/// Anybody who is signed in.
#[derive(Clone, Debug)]
pub struct StaffUser {
    pub account: Account,
    pub session: SessionId,
}

/// Somebody of an organisation's HR.
#[derive(Clone, Debug)]
pub struct HrUser {
    pub account: Account,
    pub organisation_id: OrganisationId,
}

/// Somebody of HR who may read what people wrote in their own words. Everybody else of
/// HR is told who can give them the right, whatever they ask for.
#[derive(Clone, Debug)]
pub struct CommentReader(pub HrUser);

/// An administrator of the installation.
#[derive(Clone, Debug)]
pub struct AdminUser {
    pub account: Account,
}

/// Somebody who holds interviews: an interviewer, or one of HR who does so besides.
#[derive(Clone, Debug)]
pub struct InterviewerUser {
    pub account: Account,
    pub interviewer: Interviewer,
}

impl HrUser {
    pub fn actor(&self) -> Actor {
        Actor::of(&self.account)
    }
}

impl InterviewerUser {
    pub fn actor(&self) -> Actor {
        Actor::of(&self.account)
    }
}

impl AdminUser {
    pub fn actor(&self) -> Actor {
        Actor::of(&self.account)
    }
}

type Found<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl FromRequest for StaffUser {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { staff_user(&req).await })
    }
}

impl FromRequest for HrUser {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let account = staff_user(&req).await?.account;
            match account.role.clone() {
                Role::Hr(organisation_id) => Ok(HrUser { account, organisation_id }),
                Role::Administrator | Role::Interviewer(_) => Err(Error::NotFound),
            }
        })
    }
}

impl FromRequest for CommentReader {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let user = HrUser::from_request(req, payload);
        Box::pin(async move {
            let user = user.await?;
            if user.account.reads_comments { Ok(CommentReader(user)) } else { Err(Error::MayNotRead) }
        })
    }
}

impl FromRequest for InterviewerUser {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let (app, account) = (app_of(&req)?, staff_user(&req).await?.account);
            let id = account.id.clone();
            let interviewer = app.db.read(move |conn| staff::interviewer::get(conn, &id)).await?;
            Ok(InterviewerUser { account, interviewer: interviewer.ok_or(Error::NotFound)? })
        })
    }
}

impl FromRequest for AdminUser {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let account = staff_user(&req).await?.account;
            match account.role {
                Role::Administrator => Ok(AdminUser { account }),
                Role::Hr(_) | Role::Interviewer(_) => Err(Error::NotFound),
            }
        })
    }
}

async fn staff_user(req: &HttpRequest) -> Result<StaffUser, Error> {
    let app = app_of(req)?;
    let now = app.clock.now();
    let token = cookie::session_token(req).ok_or(Error::NotSignedIn)?;
    let claim = staff::session::read(&app.keys, now, &token).ok_or(Error::NotSignedIn)?;
    let session = claim.session.clone();
    let account = app.db.read(move |conn| staff::session::account(conn, now, &session)).await?;
    let user = StaffUser { account: account.ok_or(Error::NotSignedIn)?, session: claim.session };
    if claim.is_ageing {
        req.extensions_mut().insert(cookie::Ageing(user.session.clone()));
    }
    Ok(user)
}

fn app_of(req: &HttpRequest) -> Result<Data<App>, Error> {
    req.app_data::<Data<App>>().cloned().ok_or_else(|| Error::internal("there is no App among the application's data"))
}

/// The network that a request comes from, for counting guesses.
fn network_of(req: &HttpRequest, app: &App) -> Network {
    Network::from(Client::of(req, app.settings.behind_proxy).address())
}

/// Where somebody of this role begins.
pub fn home(role: &Role) -> &'static str {
    match role {
        Role::Administrator => "/admin/organisations",
        Role::Hr(_) => "/hr/campaigns",
        Role::Interviewer(_) => "/interviews",
    }
}
