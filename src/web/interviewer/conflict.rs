//! Whose cases an interviewer is never to be offered, and how leavers are told who
//! they are. Nobody is asked why they declare something.

use super::conflict_page::{self, Facts, Offered};
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::campaign;
use crate::db::Conn;
use crate::id::OrganisationId;
use crate::interview;
use crate::staff::interviewer::{self, Conflict, EnrolError};
use crate::staff::{Organisation, organisation};
use crate::survey::{self, Code, Lang};
use crate::web::auth::InterviewerUser;
use crate::web::auth::session::see_other;
use crate::web::problems::Problems;
use crate::web::{Error, Fields};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::QueryResult;
use std::collections::BTreeMap;

/// The question by whose options a part of an organisation is named.
const DIRECTORATE: &str = "directorate";

/// GET /interviews/conflicts
pub async fn index(app: Data<App>, req: HttpRequest, user: InterviewerUser) -> Result<HttpResponse, Error> {
    let facts = facts_of(&app, &user).await?;
    Ok(conflict_page::page(&user, &facts, req.query_string(), &Fields::default(), &Problems::default()))
}

/// POST /interviews/conflicts
pub async fn create(app: Data<App>, user: InterviewerUser, form: Fields) -> Result<HttpResponse, Error> {
    let facts = facts_of(&app, &user).await?;
    let Some(new) = facts.offered().find(|offered| offered.value() == form.get("what")).cloned() else {
        let problems = Problems::one("what", "Choose an organisation, or a part of one");
        return Ok(conflict_page::page(&user, &facts, "", &form, &problems));
    };
    let (keys, now, actor, account) = (app.keys.clone(), app.clock.now(), own(&user), user.account.id.clone());
    app.db
        .write(move |conn| {
            if interviewer::declare(conn, &account, &new.conflict)? {
                audit::record(conn, now, &actor, Action::DeclareConflict, &new.name)?;
                interview::let_go(conn, &keys, now, &account)?;
            }
            QueryResult::Ok(())
        })
        .await?;
    Ok(see_other("/interviews/conflicts?done=declared"))
}

/// POST /interviews/conflicts/retraction
pub async fn delete(app: Data<App>, user: InterviewerUser, form: Fields) -> Result<HttpResponse, Error> {
    let facts = facts_of(&app, &user).await?;
    let old = facts.declared.into_iter().find(|declared| declared.value() == form.get("what"));
    if let Some(old) = old {
        let (now, actor, account) = (app.clock.now(), own(&user), user.account.id.clone());
        app.db
            .write(move |conn| {
                if interviewer::retract(conn, &account, &old.conflict)? {
                    audit::record(conn, now, &actor, Action::RetractConflict, &old.name)?;
                }
                QueryResult::Ok(())
            })
            .await?;
    }
    Ok(see_other("/interviews/conflicts?done=retracted"))
}

/// POST /interviews/about
pub async fn describe(app: Data<App>, user: InterviewerUser, form: Fields) -> Result<HttpResponse, Error> {
    let (now, actor, about, of) =
        (app.clock.now(), user.actor(), form.get("about").to_owned(), user.interviewer.clone());
    let kept = app
        .db
        .write(move |conn| {
            interviewer::set_about(conn, &of, &about)?;
            audit::record(conn, now, &actor, Action::ChangeInterviewer, &of.account.name)?;
            Ok(())
        })
        .await;
    match kept {
        Ok(()) => Ok(see_other("/interviews/conflicts?done=described")),
        Err(EnrolError::Database(e)) => Err(e.into()),
        Err(EnrolError::About(e)) => {
            let facts = facts_of(&app, &user).await?;
            Ok(conflict_page::page(&user, &facts, "", &form, &Problems::one("about", e)))
        }
    }
}

/// In nobody's record but the installation's: what somebody declares is not their
/// colleagues' business.
fn own(user: &InterviewerUser) -> Actor {
    Actor { organisation: None, ..user.actor() }
}

async fn facts_of(app: &App, user: &InterviewerUser) -> Result<Facts, Error> {
    let of = user.interviewer.clone();
    let facts = app.db.read(move |conn| {
        let declared = interviewer::conflicts(conn, &of.account.id)?;
        let served = interviewer::organisations(conn, &of)?;
        let all = organisation::list(conn)?;
        let mut parts = Vec::new();
        for organisation in served {
            parts.extend(directorates(conn, &organisation)?);
        }
        let declared = declared.into_iter().map(|conflict| named(conn, conflict, &all)).collect::<QueryResult<_>>()?;
        QueryResult::Ok(Facts { about: of.about, declared, whole: all.iter().map(whole).collect(), parts })
    });
    Ok(facts.await?)
}

fn whole(organisation: &Organisation) -> Offered {
    Offered {
        conflict: Conflict { organisation_id: organisation.id.clone(), directorate: None },
        name: organisation.name.clone(),
    }
}

/// The directorates of an organisation, as the surveys of its campaigns name them.
fn directorates(conn: &mut Conn, of: &Organisation) -> QueryResult<Vec<Offered>> {
    let labels = labels(conn, &of.id)?;
    let part = |(code, label): (Code, String)| Offered {
        conflict: Conflict { organisation_id: of.id.clone(), directorate: Some(code) },
        name: part_name(&of.name, &label),
    };
    Ok(labels.into_iter().map(part).collect())
}

/// What each directorate is called, the latest campaign's word counting.
fn labels(conn: &mut Conn, of: &OrganisationId) -> QueryResult<BTreeMap<Code, String>> {
    let mut labels = BTreeMap::new();
    for campaign in campaign::store::list(conn, of)? {
        let Some(survey) = survey::store::load(conn, &campaign.survey_version)? else { continue };
        let choices = survey.question(DIRECTORATE).into_iter().flat_map(|question| question.choices());
        for choice in choices.filter(|choice| choice.missing.is_none()) {
            labels.entry(choice.code.clone()).or_insert_with(|| choice.label.get(Lang::En).to_owned());
        }
    }
    Ok(labels)
}

/// Also where the organisation is no longer one that they serve.
fn named(conn: &mut Conn, conflict: Conflict, all: &[Organisation]) -> QueryResult<Offered> {
    let organisation = all.iter().find(|organisation| organisation.id == conflict.organisation_id);
    let organisation = organisation.map_or(conflict.organisation_id.as_str(), |known| known.name.as_str()).to_owned();
    let name = match &conflict.directorate {
        None => organisation,
        Some(code) => {
            let labels = labels(conn, &conflict.organisation_id)?;
            part_name(&organisation, labels.get(code).map_or(code.as_str(), String::as_str))
        }
    };
    Ok(Offered { conflict, name })
}

fn part_name(organisation: &str, directorate: &str) -> String {
    format!("{organisation}: {directorate}")
}
