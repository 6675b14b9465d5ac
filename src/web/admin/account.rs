//! Accounts: opening one, sending its owner a password link, closing it.

use super::account_form;
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::{AccountId, OrganisationId};
use crate::interview;
use crate::staff::account::OpenAccountError;
use crate::staff::link::{self, LinkPurpose};
use crate::staff::{Account, EmailAddress, Role, account, organisation};
use crate::web::auth::session::see_other;
use crate::web::auth::{AdminUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Look};
use crate::web::{Error, Fields};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use maud::html;

/// GET /admin/organisations/{id}/accounts/new
pub async fn new_hr(app: Data<App>, user: AdminUser, id: Path<OrganisationId>) -> Result<HttpResponse, Error> {
    let (role, whose) = hr_of(&app, id.into_inner()).await?;
    Ok(account_form::page(&user, &role, Some(&whose), &Fields::default(), &Problems::default()))
}

/// POST /admin/organisations/{id}/accounts
pub async fn create_hr(
    app: Data<App>,
    user: AdminUser,
    id: Path<OrganisationId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let (role, whose) = hr_of(&app, id.into_inner()).await?;
    create(&app, &user, role, Some(&whose), &form).await
}

/// GET /admin/administrators/new
pub async fn new_administrator(user: AdminUser) -> HttpResponse {
    account_form::page(&user, &Role::Administrator, None, &Fields::default(), &Problems::default())
}

/// POST /admin/administrators
pub async fn create_administrator(app: Data<App>, user: AdminUser, form: Fields) -> Result<HttpResponse, Error> {
    create(&app, &user, Role::Administrator, None, &form).await
}

/// POST /admin/accounts/{id}/password-links
pub async fn send_password_link(app: Data<App>, user: AdminUser, id: Path<AccountId>) -> Result<HttpResponse, Error> {
    let account = open_account(&app, id.into_inner()).await?;
    invite(&app, &user, account, Action::SendPasswordLink, "sent").await
}

/// POST /admin/accounts/{id}/comments: gives somebody of HR the right to read them, or takes it away
pub async fn let_read_comments(
    app: Data<App>,
    user: AdminUser,
    id: Path<AccountId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let account = open_account(&app, id.into_inner()).await?;
    if !matches!(account.role, Role::Hr(_)) {
        return Err(Error::NotFound);
    }
    let may = form.get("may") == "yes";
    let (action, done) =
        if may { (Action::GiveCommentRight, "reads") } else { (Action::TakeCommentRight, "reads-not") };
    let to = format!("{}?done={done}", account_form::list_path(&account.role));
    let (actor, now) = (within(&user, &account), app.clock.now());
    app.db
        .write(move |conn| {
            if account::let_read_comments(conn, &account.id, may)? {
                audit::record(conn, now, &actor, action, &account.name)?;
            }
            diesel::QueryResult::Ok(())
        })
        .await?;
    Ok(see_other(&to))
}

/// GET /admin/accounts/{id}/closure
pub async fn confirm_closure(app: Data<App>, user: AdminUser, id: Path<AccountId>) -> Result<HttpResponse, Error> {
    let account = open_account(&app, id.into_inner()).await?;
    let title = format!("Close the account of {}?", account.name);
    let close = Button { label: "Close the account", look: Look::Danger, ..Button::default() };
    Ok(ui::page_response(
        StatusCode::OK,
        &frame(&user.account, &title, ""),
        html! {
            h1 { (title) }
            @if account.id == user.account.id {
                (ui::warning(html! { p { "This is your own account. You will be signed out and cannot sign in again." } }))
            }
            p { (account.email) " is signed out everywhere and cannot sign in again. What they did stays on record." }
            @if account.holds_interviews {
                p { "Interviews that they have not handed in go to somebody else, without what they have entered so far." }
            }
            (ui::form(&format!("/admin/accounts/{}/closure", account.id), html! {
                div.buttons { (ui::button(&close)) a href=(account_form::list_path(&account.role)) { "Cancel" } }
            }))
        },
    ))
}

/// POST /admin/accounts/{id}/closure
pub async fn close(app: Data<App>, user: AdminUser, id: Path<AccountId>) -> Result<HttpResponse, Error> {
    let closed = open_account(&app, id.into_inner()).await?;
    let to = format!("{}?done=closed", account_form::list_path(&closed.role));
    let (actor, now, keys) = (within(&user, &closed), app.clock.now(), app.keys.clone());
    app.db
        .write(move |conn| {
            account::close(conn, &closed.id)?;
            interview::let_go(conn, &keys, now, &closed.id)?;
            audit::record(conn, now, &actor, Action::CloseAccount, &closed.name)
        })
        .await?;
    Ok(see_other(&to))
}

async fn create(
    app: &App,
    user: &AdminUser,
    role: Role,
    whose: Option<&str>,
    form: &Fields,
) -> Result<HttpResponse, Error> {
    let refused = |problems: &Problems| account_form::page(user, &role, whose, form, problems);
    let mut problems = Problems::default();
    let name = form.get("name").trim().to_owned();
    if name.is_empty() {
        problems.add("name", "Enter a name");
    }
    let email = problems.check("email", form.get("email").parse::<EmailAddress>());
    let (Some(email), true) = (email, problems.is_empty()) else {
        return Ok(refused(&problems));
    };
    let new_role = role.clone();
    match app.db.write(move |conn| account::open(conn, new_role, &name, email)).await {
        Ok(account) => invite(app, user, account, Action::OpenAccount, "opened").await,
        Err(OpenAccountError::Database(e)) => Err(e.into()),
        Err(e @ OpenAccountError::EmailTaken) => Ok(refused(&Problems::one("email", e))),
        Err(e @ (OpenAccountError::NoName | OpenAccountError::NameTooLong)) => Ok(refused(&Problems::one("name", e))),
    }
}

/// Sends the account a password link by mail, or shows it where there is none.
pub(super) async fn invite(
    app: &App,
    user: &AdminUser,
    account: Account,
    action: Action,
    done: &str,
) -> Result<HttpResponse, Error> {
    let (actor, now, keys) = (within(user, &account), app.clock.now(), app.keys.clone());
    let has_mail = app.settings.smtp_url.is_some();
    let whom = account.clone();
    let shown = app
        .db
        .write(move |conn| {
            audit::record(conn, now, &actor, action, &whom.name)?;
            if has_mail {
                link::send(conn, now, &whom.email, LinkPurpose::Password).map(|()| None)
            } else {
                link::mint(conn, &keys, now, &whom.id, LinkPurpose::Password).map(Some)
            }
        })
        .await?;
    Ok(match shown {
        None => see_other(&format!("{}?done={done}", account_form::list_path(&account.role))),
        Some(token) => {
            let url = format!("{}{}", app.settings.public_url, link::path(&token));
            account_form::link_page(user, &account, &url)
        }
    })
}

/// The role of an organisation's HR, and the organisation's name.
async fn hr_of(app: &App, id: OrganisationId) -> Result<(Role, String), Error> {
    let found = app.db.read(move |conn| organisation::get(conn, &id)).await?.ok_or(Error::NotFound)?;
    Ok((Role::Hr(found.id), found.name))
}

async fn open_account(app: &App, id: AccountId) -> Result<Account, Error> {
    let found = app.db.read(move |conn| account::get(conn, &id)).await?;
    found.filter(|account| !account.is_closed).ok_or(Error::NotFound)
}

/// Who acts, in a matter of the account's organisation.
fn within(user: &AdminUser, account: &Account) -> audit::Actor {
    match account.role.organisation() {
        Some(organisation) => user.actor().within(organisation),
        None => user.actor(),
    }
}
