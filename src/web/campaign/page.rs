//! The page about a campaign, for everybody.

use super::words::Words;
use super::{Known, pem};
use crate::survey::Lang;
use crate::web::leaver::language;
use crate::web::ui::{self, Frame, Row};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

/// How somebody works the fingerprint out by themselves.
const COMMAND: &str = "openssl pkey -pubin -in key.pem -outform DER | sha256sum";

pub(super) fn page(known: &Known, lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    let Known { campaign, organisation, survey, .. } = known;
    let here = format!("/campaigns/{}", campaign.id);
    let languages = (survey.languages.len() > 1).then(|| language::links(&here, lang, &survey.languages));
    ui::page_response(
        StatusCode::OK,
        &Frame { lang, aside: languages, ..Frame::new(&campaign.name) },
        html! {
            h1 { (campaign.name) }
            p.lead { ((words.asks)(organisation, campaign.kind)) }
            (ui::summary_list(&facts(known, lang)))
            p { ((words.least_means)(campaign.min_base, campaign.comment_min_base)) }
            p { ((words.hidden)(campaign.protection)) }
            @if campaign.is_strict { p { (words.strict) } }
            h2 #key { (words.key_title) }
            p { (words.key_for) " " (words.key_one) }
            div.card {
                h3 { (words.fingerprint) }
                (ui::fingerprint(&known.key.fingerprint()))
            }
            h3 { (words.check_title) }
            ul { @for line in words.check { li { (line) } } }
            (ui::details(words.whole_key, html! {
                div.scroll role="region" aria-label=(words.key_title) tabindex="0" { pre { (pem(&known.key)) } }
                p { (words.whole_key_text) }
                p { code { (COMMAND) } }
                p { a href={ (here) "/key" } { (words.as_json) } }
            }))
            h2 { (words.releases_title) }
            (releases(known, lang))
            p { a href={ "/promise?lang=" (lang.tag()) } { (words.promise) } }
        },
    )
}

fn facts(known: &Known, lang: Lang) -> Vec<Row> {
    let (words, campaign) = (Words::of(lang), &known.campaign);
    let row = |key: &str, value: &str| Row { key: html! { (key) }, value: html! { (value) }, action: None };
    let last = campaign.closed_on.into_iter().chain(campaign.closes_on).min();
    let mut rows = vec![
        row(words.who, &known.organisation),
        row(words.about, (words.kind)(campaign.kind)),
        row(words.since, &lang.date(campaign.opened_on)),
    ];
    rows.extend(last.map(|last| row(words.until, &lang.date(last))));
    rows.push(row(words.least, &(words.people)(campaign.min_base)));
    rows
}

fn releases(known: &Known, lang: Lang) -> Markup {
    let words = Words::of(lang);
    html! {
        @if known.releases.is_empty() { p.soft { (words.no_releases) } } @else {
            ul {
                @for release in known.releases.iter().rev() {
                    li { a href={ "/reports/" (release.id) } { ((words.release)(release.number, &lang.date(release.as_of))) } }
                }
            }
        }
    }
}
