//! Who holds the organisation's interviews: those of the pool whom it chooses, and
//! its own people. HR opens no interviewer's account: an independent one that HR
//! had made would not be one.

use super::interviewer_page::{self, Facts};
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::AccountId;
use crate::interview;
use crate::staff::interviewer::{self, AboutError, EnrolError};
use crate::staff::{Account, Role, account, organisation};
use crate::web::auth::HrUser;
use crate::web::auth::session::see_other;
use crate::web::problems::Problems;
use crate::web::{Error, Fields};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use diesel::QueryResult;

/// GET /hr/interviewers
pub async fn index(app: Data<App>, req: HttpRequest, user: HrUser) -> Result<HttpResponse, Error> {
    let facts = facts_of(&app, &user).await?;
    Ok(interviewer_page::page(&user, &facts, req.query_string(), &Fields::default(), &Problems::default()))
}

/// POST /hr/interviewers: those of the pool who are ticked, and no others
pub async fn update(app: Data<App>, user: HrUser, form: Fields) -> Result<HttpResponse, Error> {
    let chosen: Vec<AccountId> = form.all("interviewer").map(AccountId::claimed).collect();
    let (keys, now, actor, organisation) =
        (app.keys.clone(), app.clock.now(), user.actor(), user.organisation_id.clone());
    app.db
        .write(move |conn| {
            let changes = interviewer::set_serving(conn, &organisation, &chosen)?;
            for one in &changes.begun {
                audit::record(conn, now, &actor, Action::EnrolInterviewer, &one.account.name)?;
            }
            for one in &changes.ended {
                audit::record(conn, now, &actor, Action::EndInterviewer, &one.account.name)?;
                interview::let_go(conn, &keys, now, &one.account.id)?;
            }
            QueryResult::Ok(())
        })
        .await?;
    Ok(see_other("/hr/interviewers?done=chosen"))
}

/// POST /hr/interviewers/colleagues: somebody of HR holds interviews from now on
pub async fn create(app: Data<App>, user: HrUser, form: Fields) -> Result<HttpResponse, Error> {
    let facts = facts_of(&app, &user).await?;
    let mut problems = Problems::default();
    let chosen = facts.colleagues.iter().find(|colleague| colleague.id.as_str() == form.get("colleague"));
    if chosen.is_none() {
        problems.add("colleague", "Choose who is to hold interviews");
    }
    let about = problems.check("about", interviewer::read_about(form.get("about")));
    let (Some(colleague), Some(about)) = (chosen.cloned(), about) else {
        return Ok(interviewer_page::page(&user, &facts, "", &form, &problems));
    };
    let (now, actor) = (app.clock.now(), user.actor());
    let enrolled = app
        .db
        .write(move |conn| {
            interviewer::enrol(conn, &colleague, None, &about)?;
            audit::record(conn, now, &actor, Action::EnrolInterviewer, &colleague.name)?;
            Ok(())
        })
        .await;
    match enrolled {
        Ok(()) => Ok(see_other("/hr/interviewers?done=enrolled")),
        Err(EnrolError::Database(e)) => Err(e.into()),
        Err(EnrolError::About(e @ (AboutError::Missing | AboutError::TooLong))) => {
            Ok(interviewer_page::page(&user, &facts, "", &form, &Problems::one("about", e)))
        }
    }
}

/// POST /hr/interviewers/colleagues/{id}/deletion
pub async fn delete(app: Data<App>, user: HrUser, id: Path<AccountId>) -> Result<HttpResponse, Error> {
    let (keys, now, actor, organisation) =
        (app.keys.clone(), app.clock.now(), user.actor(), user.organisation_id.clone());
    let ended = app
        .db
        .write(move |conn| {
            // Whoever is in a post of their own holds interviews as long as the account is open.
            let found = account::get(conn, &id)?.filter(|found| found.role == Role::Hr(organisation.clone()));
            let Some(colleague) = found else { return Ok(false) };
            let did = interviewer::leave(conn, &colleague.id, &organisation)?;
            if did {
                interview::let_go(conn, &keys, now, &colleague.id)?;
                audit::record(conn, now, &actor, Action::EndInterviewer, &colleague.name)?;
            }
            QueryResult::Ok(did)
        })
        .await?;
    ended.then(|| see_other("/hr/interviewers?done=ended")).ok_or(Error::NotFound)
}

async fn facts_of(app: &App, user: &HrUser) -> Result<Facts, Error> {
    let ours = user.organisation_id.clone();
    let facts = app.db.read(move |conn| {
        let mut pool = interviewer::pool(conn)?;
        pool.retain(|one| one.may_serve(&ours));
        let (chosen, own) =
            interviewer::serving(conn, &ours)?.into_iter().partition(interviewer::Interviewer::is_independent);
        let may_be_asked = |one: &Account| matches!(one.role, Role::Hr(_)) && !one.is_closed && !one.holds_interviews;
        let colleagues = account::list(conn, Some(&ours))?.into_iter().filter(may_be_asked).collect();
        QueryResult::Ok(Facts { pool, chosen, own, colleagues, employers: organisation::list(conn)? })
    });
    Ok(facts.await?)
}
