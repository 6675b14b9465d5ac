//! A release as a web page: what stands between the layout's header and footer.
//! No inline style and no script; the classes are those of `report.css`.

use super::marks::people;
use super::question::question_tables;
use super::uptake;
use super::view::{self, NOT_PUBLISHED, QuestionView};
use crate::release::Release;
use crate::survey::{Lang, Survey};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The stylesheet of reports, for pages that show one: loaded beside the site's.
pub const STYLE: &str = include_str!("report.css");

/// A file to take away: what it is called, and where it is.
#[derive(Clone, Debug)]
pub struct Download {
    pub label: String,
    pub href: String,
}

/// The page's title.
pub fn title(release: &Release) -> String {
    format!("{}: release {}", release.campaign, release.number)
}

/// What stands between header and footer; `about` is the campaign's public page.
pub fn page_body(release: &Release, survey: &Survey, downloads: &[Download], about: &str) -> Markup {
    let questions = view::questions(release, survey, Lang::En);
    let sections = by_section(&questions);
    html! {
        div.report {
            p.soft { (release.organisation) }
            h1 { (release.campaign) }
            p.lead { "Release " (release.number) ", " (day(release)) ". "
                (people(release.base)) (if release.base == 1 { " has" } else { " have" }) " answered." }
            @if !downloads.is_empty() {
                ul.report-downloads .noprint {
                    @for file in downloads { li { a href=(file.href) { (file.label) } } }
                }
            }
            (contents(&sections))
            (uptake::section(release))
            @for (number, (title, questions)) in sections.iter().enumerate() {
                section aria-labelledby={ "s-" (number) } {
                    h2 id={ "s-" (number) } { (title) }
                    @for question in questions { (question_tables(question)) }
                }
            }
            (made(release, about))
        }
    }
}

/// The report as one file that needs no server: with the site's stylesheet
/// `style` and its own in it. `about` is the campaign's public page, with its server.
pub fn document(release: &Release, survey: &Survey, style: &str, about: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (title(release)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                style { (PreEscaped(style)) (PreEscaped(STYLE)) }
            }
            body { main.wide { (page_body(release, survey, &[], about)) } }
        }
    }
}

/// Neighbouring questions of one section under its title.
fn by_section(questions: &[QuestionView]) -> Vec<(&str, Vec<&QuestionView>)> {
    let mut sections: Vec<(&str, Vec<&QuestionView>)> = Vec::new();
    for question in questions {
        match sections.last_mut() {
            Some((title, gathered)) if *title == question.section => gathered.push(question),
            _ => sections.push((&question.section, vec![question])),
        }
    }
    sections
}

fn contents(sections: &[(&str, Vec<&QuestionView>)]) -> Markup {
    html! {
        nav.report-contents aria-labelledby="contents" {
            h2 #contents { "Contents" }
            ol {
                li { a href="#uptake" { "Uptake" } }
                @for (number, (title, questions)) in sections.iter().enumerate() {
                    li {
                        a href={ "#s-" (number) } { (title) }
                        ul { @for question in questions { li { a href={ "#q-" (question.code) } { (question.label) } } } }
                    }
                }
                li { a href="#made" { "How these figures were made" } }
            }
        }
    }
}

fn made(release: &Release, about: &str) -> Markup {
    let k = release.policy.min_base;
    html! {
        section.report-made aria-labelledby="made" {
            h2 #made { "How these figures were made" }
            p { "Each percentage is of those who were asked the question and answered it. "
                "\u{201c}Prefer not to say\u{201d}, \u{201c}do not know\u{201d} and \u{201c}not applicable\u{201d} are not counted. "
                "Percentages are rounded to one decimal, a half upwards." }
            p { "The 95% interval (Wilson) says how far a percentage can be trusted: had the same kind of people answered "
                "again, it would hold the true share 19 times in 20. It is wide where few answered." }
            p #not-published { dfn { (NOT_PUBLISHED) } " means not published. No figure is about fewer than " (k) " people. "
                "A group is not shown if fewer than " (k) " are in it, or none, or if its figures would give away "
                "those of a group that small by subtraction or by comparing releases. All of these look the same." }
            p { "\u{201c}As at release 1\u{201d} means that the figures are those of that release: fewer than " (k)
                " people have come since, or newer figures would give away so few." }
            p { "This release is frozen: its figures never change. The next has a new number." }
            dl.summary {
                (fact("Release", html! { (release.number) ", " (day(release)) }))
                (fact("Responses counted", html! { (release.base) }))
                (fact("Smallest group shown", html! { (k) " people" }))
                (fact("Survey", html! { (release.survey.code) ", version " span.report-hash { (release.survey.version) } }))
                (fact("Hash (SHA-256)", html! { span.report-hash { (release.hash) } }))
                @if let Some(previous) = &release.previous_hash {
                    (fact("Hash of the release before", html! { span.report-hash { (previous) } }))
                }
                @if let Some(fingerprint) = &release.ticket_key {
                    (fact("Key of the tickets", html! {
                        span.report-hash { (fingerprint) } br; a href=(about) { "What it is, and how to check it" }
                    }))
                }
            }
        }
    }
}

fn fact(key: &str, value: Markup) -> Markup {
    html! { div { dt { (key) } dd { (value) } } }
}

fn day(release: &Release) -> String {
    Lang::En.date(release.as_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;

    fn page() -> String {
        let csv = Download { label: "CSV".to_owned(), href: "/r/1.csv".to_owned() };
        page_body(&sample::release(), &sample::survey(), &[csv], "/campaigns/leavers").into_string()
    }

    #[test]
    fn a_release_is_a_page() {
        insta::assert_snapshot!(page().replace("><", ">\n<"));
    }

    #[test]
    fn nothing_is_styled_or_run_in_line() {
        let page = page();
        for forbidden in [" style=", "<style", "<script", " onload=", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.contains("Morale was good &lt;here&gt;") && !page.contains("<here>"), "labels are text");
    }

    #[test]
    fn every_percentage_of_the_release_is_on_the_page_as_it_is_in_the_release() {
        let (release, page) = (sample::release(), page());
        let cells =
            release.tables.iter().flat_map(|table| &table.groups).flat_map(|group| group.cells.iter().flatten());
        for percent in cells.filter_map(|cell| cell.percent) {
            assert!(page.contains(&format!(">{percent}%<")), "{percent}");
        }
    }

    #[test]
    fn every_id_is_there_once_and_every_link_within_the_page_leads_somewhere() {
        let document = scraper::Html::parse_fragment(&page());
        let all = |selector: &str, attribute: &str| -> Vec<String> {
            let selector = scraper::Selector::parse(selector).unwrap();
            document.select(&selector).filter_map(|e| e.attr(attribute)).map(str::to_owned).collect()
        };
        let ids = all("[id]", "id");
        let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "{ids:?}");
        let links = all("a[href^='#']", "href");
        assert!(links.iter().all(|link| ids.iter().any(|id| link.strip_prefix('#') == Some(id))), "{links:?}");
        let labelled = all("[aria-labelledby]", "aria-labelledby");
        let names = labelled.iter().flat_map(|names| names.split(' '));
        assert!(names.into_iter().all(|name| ids.iter().any(|id| id == name)), "{labelled:?}");
        let regions = all("[role=region]", "aria-label");
        assert_eq!(regions.iter().collect::<std::collections::BTreeSet<_>>().len(), regions.len());
    }
}
