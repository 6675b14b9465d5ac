//! What leavers are promised, in words for leavers: what we know, what we cannot
//! know, what could still identify them, and how to check. The same for everybody.

mod english;
mod welsh;
mod words;

use super::leaver::language;
use super::ui::{self, Frame};
use crate::survey::Lang;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};
use words::{Point, Words};

/// `GET /promise`
pub async fn show(req: HttpRequest) -> HttpResponse {
    let lang = language::asked_for(&req);
    let words = Words::of(lang);
    ui::page_response(
        StatusCode::OK,
        &Frame { lang, aside: Some(language::links("/promise", lang, &Lang::ALL)), ..Frame::new(words.title) },
        html! {
            h1 { (words.title) }
            p.lead { (words.lead) }
            div.card {
                h2 { (words.short_title) }
                ul { @for line in words.short { li { (line) } } }
            }
            h2 { (words.know_title) }
            (points(words.know))
            h2 { (words.cannot_title) }
            p { (words.cannot) }
            (way(words.scripted_title, words.scripted))
            (way(words.unscripted_title, words.unscripted))
            (way(words.interviewed_title, words.interviewed))
            h2 { (words.could_title) }
            (points(words.could))
            h2 #check { (words.check_title) }
            (points(words.check))
            p {
                (words.scripts)
                @for (name, path) in [
                    ("blind.js", &ui::BLIND.path), ("exchange.js", &ui::EXCHANGE.path), ("ticket.js", &ui::TICKET.path),
                ] { " " a href=(path.as_str()) { (name) } }
            }
            h2 { (words.rather_not_title) }
            p { (words.rather_not) }
        },
    )
}

fn points(points: &[Point]) -> Markup {
    html! { ul { @for (what, of_it) in points { li { strong { (what) } " " (of_it) } } } }
}

fn way(title: &str, paragraphs: &[&str]) -> Markup {
    html! {
        h3 { (title) }
        @for paragraph in paragraphs { p { (paragraph) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_as_much() {
        let counts = |lang| {
            let words = Words::of(lang);
            let paragraphs = [words.short, words.scripted, words.unscripted, words.interviewed].map(<[&str]>::len);
            (paragraphs, [words.know, words.could, words.check].map(<[Point]>::len))
        };
        assert_eq!(counts(Lang::En), counts(Lang::Cy));
    }
}
