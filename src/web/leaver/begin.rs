//! "Your ticket": for whoever's browser has made it. From here on there is the ticket
//! only; whose it is, nobody can tell.

use super::place::{self, Place};
use super::refused::{self, Closed};
use super::words::Words;
use super::{language, online, ticket_box};
use crate::campaign;
use crate::id::CampaignId;
use crate::survey::Lang;
use crate::ticket::{self, blind};
use crate::web::{Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use maud::{Markup, html};

/// What leads from a ticket to the first page of its questions, as it was left.
pub(super) const FIRST: &str = "first";

/// `POST /answer/begin`: the ticket for a serial with our signature on it. Nothing is
/// kept of it, and loading the page again gives the same ticket again.
pub(crate) async fn create(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let other = fields.get("go").strip_prefix("lang:").and_then(Lang::from_tag);
    let lang = other.unwrap_or_else(|| language::of_form(&fields));
    let url = &site.app.settings.public_url;
    let done = redeemed(&site, &req, &fields).await.map(|begun| page(&begun, &fields, lang, url));
    refused::or_page(done, &site, &req, lang, &fields)
}

/// The ticket's place, and the key that signed it.
struct Begun {
    place: Place,
    key: blind::PublicKey,
}

async fn redeemed(site: &Site, req: &HttpRequest, fields: &Fields) -> Result<Begun, Closed> {
    refused::may_try(site, req)?;
    let serial: Option<blind::Serial> = decoded(fields, "serial").and_then(|bytes| bytes.try_into().ok());
    let (serial, signature) = serial.zip(decoded(fields, "signature")).ok_or(Closed::NotGood)?;
    let (keys, id) = (site.app.keys.clone(), CampaignId::claimed(fields.get("campaign")));
    let read = site.app.db.read(move |conn| {
        let campaign = campaign::store::get(conn, &id)?.ok_or(Closed::NotGood)?;
        let key = campaign::keys::public(conn, &campaign.id)?;
        let ticket = ticket::redeem(&keys, &key, &campaign.id, &serial, &signature).ok_or(Closed::NotGood)?;
        Ok::<_, Closed>((campaign.id, key, ticket))
    });
    let (id, key, ticket) = read.await?;
    Ok(Begun { place: place::enter(site, id, ticket).await?, key })
}

fn decoded(fields: &Fields, name: &str) -> Option<Vec<u8>> {
    BASE64.decode(fields.get(name)).ok()
}

fn page(Begun { place, key }: &Begun, sent: &Fields, lang: Lang, url: &str) -> HttpResponse {
    let (words, spelt) = (&Words::of(lang).ticket, place.ticket.spell());
    let scripts = vec![ui::TICKET.path.as_str()];
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, scripts, ..ui::Frame::new(words.title) },
        html! {
            h1 { (words.title) }
            p.lead { (words.keep_text) }
            div.card data-ticket=(spelt) data-campaign=(place.campaign.id) {
                p { span.ticket { (spelt) } }
                p { (words.yours) }
                (ui::form("/answer", html! {
                    (hidden(place, lang))
                    div.buttons { (ui::button(&ui::Button { label: words.begin, ..ui::Button::default() })) }
                }))
                (keeping(words.kept, lang))
                p.small { ((words.scan)(url)) }
                @if let Some(square) = ui::qr(&spelt, words.qr) { (square) }
            }
            p { (words.made_there) }
            p.soft.small { (online::key(&place.campaign.id, key, lang)) }
            (ui::form("/answer/begin", html! {
                @for name in ["campaign", "serial", "signature"] { (ui::hidden(name, sent.get(name))) }
                (language::buttons(lang, &place.survey.languages))
            }))
        },
    )
}

fn hidden(place: &Place, lang: Lang) -> Markup {
    html! {
        (ui::hidden("ticket", &place.ticket.spell()))
        (ui::hidden("campaign", place.campaign.id.as_str()))
        (ui::hidden("lang", lang.tag()))
        (ui::hidden("go", FIRST))
    }
}

/// What the script does when it is asked, and the one line on which it says so.
fn keeping(kept: &str, lang: Lang) -> Markup {
    let words = &Words::of(lang).ticket;
    html! {
        div.buttons {
            button.button.secondary type="button" data-copy disabled { (words.copy) }
            button.button.secondary type="button" data-keep disabled { (words.keep) }
        }
        (ticket_box::says(kept, lang))
    }
}
