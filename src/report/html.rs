//! A release as a web page: what stands between the layout's header and footer.
//! No inline style and no script; the classes are those of `report.css`.

use super::made::made;
use super::marks::people;
use super::question::question_tables;
use super::uptake;
use super::view::{self, QuestionView};
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

pub fn day(release: &Release) -> String {
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
