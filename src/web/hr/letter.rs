//! Letters for people without an e-mail address: a page to print, one letter a
//! sheet. Each code on it is shown this once.

use super::campaign::HERE;
use super::{letter_words, open_campaign_of, path, survey_of};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::Campaign;
use crate::id::CampaignId;
use crate::invitation::{self, Letter, Letters};
use crate::mail::write::invitation_url;
use crate::staff::organisation;
use crate::survey::Survey;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::{Error, Fields, ui};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use maud::{Markup, html};

/// POST /hr/campaigns/{id}/letters, with `to` = `everyone` for all once more
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>, form: Fields) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let survey = survey_of(&app, &campaign).await?;
    let to = if form.get("to") == "everyone" { Letters::Everyone } else { Letters::Unsent };
    let (keys, now, actor, of) = (app.keys.clone(), app.clock.now(), user.actor(), campaign.clone());
    let (letters, organisation) = app
        .db
        .write(move |conn| {
            let letters = invitation::letters(conn, &keys, now.date(), &of, to)?;
            let organisation = organisation::get(conn, &of.organisation_id)?;
            if !letters.is_empty() {
                audit::record(conn, now, &actor, Action::PrintLetters, &format!("{} ({})", of.name, letters.len()))?;
            }
            Ok::<_, diesel::result::Error>((letters, organisation))
        })
        .await?;
    if letters.is_empty() {
        return Ok(see_other(&path(&campaign, "?done=nobody")));
    }
    let organisation = organisation.map(|organisation| organisation.name).unwrap_or_default();
    let sheet =
        Sheet { campaign: &campaign, survey: &survey, organisation: &organisation, site: &app.settings.public_url };
    Ok(page(&user, &sheet, &letters))
}

/// What all letters of a campaign have in common.
pub(super) struct Sheet<'a> {
    pub campaign: &'a Campaign,
    pub survey: &'a Survey,
    pub organisation: &'a str,
    pub site: &'a str,
}

fn page(user: &HrUser, sheet: &Sheet, letters: &[Letter]) -> HttpResponse {
    let title = "Letters to print";
    let body = html! {
        div.noprint {
            p { a href=(path(sheet.campaign, "")) { (sheet.campaign.name) } }
            h1 { (title) }
            (ui::warning(html! {
                p {
                    strong { "Print this page now. " }
                    "Codes are shown this once and kept nowhere. Letters: " (letters.len())
                    ". Each begins on a new sheet. Fold it so that the code does not show through the window: \
                     whoever has the code can answer."
                }
            }))
        }
        @for letter in letters { (one(sheet, letter)) }
    };
    ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body)
}

/// One letter, in each language of the survey.
fn one(sheet: &Sheet, letter: &Letter) -> Markup {
    let square = ui::qr(&invitation_url(sheet.site, &letter.code), "QR code");
    html! {
        article.letter aria-label={ "Letter to " (letter.name) } {
            @for lang in sheet.survey.languages.iter().copied() {
                div.letter-text lang=(lang.tag()) {
                    @for text in letter_words::before(sheet, &letter.name, lang) { p { (text) } }
                    div.letter-code {
                        p.ticket { (letter.code) }
                        @if let Some(square) = &square { (square) }
                    }
                    @for text in letter_words::after(sheet, lang) { p { (text) } }
                }
            }
        }
    }
}
