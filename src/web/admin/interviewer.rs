//! Interviewers: the independent ones, whom all organisations may draw on, and
//! those in a post of one organisation. Only administrators open their accounts,
//! so that nobody's HR can make somebody independent who is not.

use super::interviewer_form::{self, Form};
use super::{account, account_form};
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::{AccountId, OrganisationId};
use crate::interview;
use crate::staff::account::OpenAccountError;
use crate::staff::interviewer::{self, EnrolError, OpenError};
use crate::staff::{EmailAddress, Interviewer, Organisation, organisation};
use crate::web::auth::session::see_other;
use crate::web::auth::{AdminUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui;
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

const HERE: &str = "/admin/interviewers";

/// An interviewer of the pool, and whose interviews they hold.
type Listed = (Interviewer, Vec<Organisation>);

/// GET /admin/interviewers
pub async fn index(app: Data<App>, req: HttpRequest, user: AdminUser) -> Result<HttpResponse, Error> {
    let (all, employers) = app
        .db
        .read(|conn| {
            let all = interviewer::independent(conn)?.into_iter();
            let with_served = all.map(|one| interviewer::organisations(conn, &one).map(|served| (one, served)));
            let all = with_served.collect::<Result<Vec<Listed>, _>>()?;
            Ok::<_, diesel::result::Error>((all, organisation::list(conn)?))
        })
        .await?;
    let title = "Interviewers";
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = true;
    let body = html! {
        (done(req.query_string(), &account_form::DONE))
        h1 { (title) }
        p {
            "Independent interviewers belong to nobody’s HR. Each organisation’s HR chooses among them, but nobody is "
            "offered to the organisation that employs them."
        }
        @if !all.is_empty() { (table(&all, &employers)) }
        p { a.button href={ (HERE) "/new" } { "Add an independent interviewer" } }
        p {
            "Somebody who holds interviews in a post of one organisation, such as its principal social worker, is added on "
            a href="/admin/organisations" { "the organisation’s page" } "."
        }
    };
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

fn table(all: &[Listed], employers: &[Organisation]) -> Markup {
    let head = ["Name", "Email address", "Employer", "Interviews for", "State", "What you can do"];
    let employer = |one: &Interviewer| {
        let of = one.employer.as_ref().and_then(|id| employers.iter().find(|employer| employer.id == *id));
        of.map_or("None of these", |employer| employer.name.as_str())
    };
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|(one, served)| {
            let served: Vec<&str> = served.iter().map(|organisation| organisation.name.as_str()).collect();
            vec![
                html! { (one.account.name) },
                html! { (one.account.email) },
                html! { (employer(one)) },
                html! { @if served.is_empty() { "Nobody yet" } @else { (served.join(", ")) } },
                html! { (account_form::state(&one.account)) },
                html! {
                    @if !one.account.is_closed {
                        a href={ (HERE) "/" (one.account.id) } { "Change" span.unseen { " " (one.account.name) } }
                        (account_form::actions(&one.account))
                    }
                },
            ]
        })
        .collect();
    ui::data_table("Independent interviewers", &head.map(|text| html! { (text) }), &rows)
}

/// GET /admin/interviewers/new
pub async fn new_independent(app: Data<App>, user: AdminUser) -> Result<HttpResponse, Error> {
    let form = Form::Independent(organisations(&app).await?);
    Ok(interviewer_form::page(&user, &form, &Fields::default(), &Problems::default()))
}

/// POST /admin/interviewers
pub async fn create_independent(app: Data<App>, user: AdminUser, fields: Fields) -> Result<HttpResponse, Error> {
    create(&app, &user, Form::Independent(organisations(&app).await?), &fields).await
}

/// GET /admin/organisations/{id}/interviewers/new
pub async fn new_own(app: Data<App>, user: AdminUser, id: Path<OrganisationId>) -> Result<HttpResponse, Error> {
    let form = Form::Own(organisation_of(&app, id.into_inner()).await?);
    Ok(interviewer_form::page(&user, &form, &Fields::default(), &Problems::default()))
}

/// POST /admin/organisations/{id}/interviewers
pub async fn create_own(
    app: Data<App>,
    user: AdminUser,
    id: Path<OrganisationId>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    create(&app, &user, Form::Own(organisation_of(&app, id.into_inner()).await?), &fields).await
}

async fn create(app: &App, user: &AdminUser, form: Form, fields: &Fields) -> Result<HttpResponse, Error> {
    let refused = |problems: &Problems| interviewer_form::page(user, &form, fields, problems);
    let mut problems = Problems::default();
    let name = fields.get("name").trim().to_owned();
    if name.is_empty() {
        problems.add("name", "Enter a name");
    }
    let email = problems.check("email", fields.get("email").parse::<EmailAddress>());
    let about = problems.check("about", interviewer::read_about(fields.get("about")));
    let employer = form.employer(fields, &mut problems);
    let (Some(email), Some(about), true) = (email, about, problems.is_empty()) else {
        return Ok(refused(&problems));
    };
    let own = form.organisation();
    let opened = app.db.write(move |conn| interviewer::open(conn, own, &name, email, employer.as_ref(), &about)).await;
    match opened {
        Ok(new) => account::invite(app, user, new, Action::OpenAccount, "opened").await,
        Err(OpenError::Database(e) | OpenError::Account(OpenAccountError::Database(e))) => Err(e.into()),
        Err(OpenError::Enrol(EnrolError::Database(e))) => Err(e.into()),
        Err(OpenError::Enrol(EnrolError::About(e))) => Ok(refused(&Problems::one("about", e))),
        Err(OpenError::Account(e @ OpenAccountError::EmailTaken)) => Ok(refused(&Problems::one("email", e))),
        Err(OpenError::Account(e @ (OpenAccountError::NoName | OpenAccountError::NameTooLong))) => {
            Ok(refused(&Problems::one("name", e)))
        }
    }
}

/// GET /admin/interviewers/{id}
pub async fn edit(app: Data<App>, user: AdminUser, id: Path<AccountId>) -> Result<HttpResponse, Error> {
    let (known, employers) = independent(&app, id.into_inner()).await?;
    let fields = interviewer_form::fields_of(&known);
    Ok(interviewer_form::page(&user, &Form::Change(known.account, employers), &fields, &Problems::default()))
}

/// POST /admin/interviewers/{id}
pub async fn update(
    app: Data<App>,
    user: AdminUser,
    id: Path<AccountId>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (known, employers) = independent(&app, id.into_inner()).await?;
    let form = Form::Change(known.account.clone(), employers);
    let mut problems = Problems::default();
    let about = problems.check("about", interviewer::read_about(fields.get("about")));
    let employer = form.employer(&fields, &mut problems);
    let (Some(about), true) = (about, problems.is_empty()) else {
        return Ok(interviewer_form::page(&user, &form, &fields, &problems));
    };
    let (actor, now, keys, account) = (user.actor(), app.clock.now(), app.keys.clone(), known.account);
    let changed = app
        .db
        .write(move |conn| {
            interviewer::enrol(conn, &account, employer.as_ref(), &about)?;
            interview::let_go(conn, &keys, now, &account.id)?;
            audit::record(conn, now, &actor, Action::ChangeInterviewer, &account.name)?;
            Ok(())
        })
        .await;
    match changed {
        Ok(()) => Ok(see_other("/admin/interviewers?done=changed")),
        Err(EnrolError::Database(e)) => Err(e.into()),
        Err(EnrolError::About(e)) => Ok(interviewer_form::page(&user, &form, &fields, &Problems::one("about", e))),
    }
}

async fn organisations(app: &App) -> Result<Vec<Organisation>, Error> {
    Ok(app.db.read(organisation::list).await?)
}

async fn organisation_of(app: &App, id: OrganisationId) -> Result<Organisation, Error> {
    app.db.read(move |conn| organisation::get(conn, &id)).await?.ok_or(Error::NotFound)
}

/// An open account's, and all who could employ them.
async fn independent(app: &App, id: AccountId) -> Result<(Interviewer, Vec<Organisation>), Error> {
    let found = app.db.read(move |conn| interviewer::get(conn, &id)).await?;
    let known = found.filter(Interviewer::is_independent).ok_or(Error::NotFound)?;
    Ok((known, organisations(app).await?))
}
