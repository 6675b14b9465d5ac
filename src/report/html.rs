//! A release as a web page: what stands between the layout's header and footer.
//! No inline style and no script; the classes are those of `report.css`.

use super::chart;
use super::view::{self, GroupView, NOT_PUBLISHED, QuestionView, RowView, SplitView};
use crate::release::{Figure, Release};
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

pub fn page_body(release: &Release, survey: &Survey, downloads: &[Download]) -> Markup {
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
            (uptake(release))
            @for (number, (title, questions)) in sections.iter().enumerate() {
                section aria-labelledby={ "s-" (number) } {
                    h2 id={ "s-" (number) } { (title) }
                    @for question in questions { (question_tables(question)) }
                }
            }
            (made(release))
        }
    }
}

/// The report as one file that needs no server: with the site's stylesheet
/// `style` and its own in it.
pub fn document(release: &Release, survey: &Survey, style: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (title(release)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                style { (PreEscaped(style)) (PreEscaped(STYLE)) }
            }
            body { main.wide { (page_body(release, survey, &[])) } }
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

fn uptake(release: &Release) -> Markup {
    html! {
        section aria-labelledby="uptake" {
            h2 #uptake { "Uptake" }
            @match &release.uptake {
                Some(uptake) => {
                    p.report-figure {
                        strong { (view::percent(uptake.taken_up.percent)) }
                        " took up the offer: " (uptake.taken_up.count) " of the " (people(uptake.offered))
                        " who were offered an interview" (as_at(uptake.as_at)) "."
                    }
                    p.soft { "95% interval: " (view::interval(&uptake.taken_up)) "." }
                },
                None => p { (hidden()) " " (hidden_note()) },
            }
        }
    }
}

fn question_tables(question: &QuestionView) -> Markup {
    let table_id = format!("t-{}", question.code);
    let rows = shown_rows(question);
    let total: Vec<&RowView> = rows.iter().filter_map(|row| question.total.rows.get(*row)).collect();
    let has_hidden = total.iter().any(|row| row.figure.is_none());
    html! {
        section.report-question aria-labelledby={ "q-" (question.code) } {
            h3 id={ "q-" (question.code) } { (question.label) }
            p.report-base { (base(&question.total)) (kind_note(question)) }
            div.report-pair {
                (total_table(question, &total, &table_id))
                (chart::bars(question, &total, &table_id))
            }
            @if has_hidden { p.soft.small { (hidden_note()) } }
            @for split in &question.splits { (split_table(question, split, &rows)) }
        }
    }
}

/// Which rows to show: all, but for years before the first and after the last
/// that anybody named.
fn shown_rows(question: &QuestionView) -> Vec<usize> {
    let is_named = |row: &RowView| question.kind != "month" || row.figure.is_some_and(|figure| figure.count > 0);
    let rows = &question.total.rows;
    let first = rows.iter().position(is_named).unwrap_or(0);
    let last = rows.iter().rposition(is_named).unwrap_or(0);
    (first..=last).filter(|row| *row < rows.len()).collect()
}

fn base(total: &GroupView) -> Markup {
    html! {
        @match total.base {
            Some(1) => "1 person answered",
            Some(base) => { (people(base)) " answered" },
            None => { "How many answered: " (hidden()) },
        }
        (as_at(total.as_at)) "."
    }
}

fn kind_note(question: &QuestionView) -> &'static str {
    match question.kind.as_str() {
        "multiple" => " Percentages add to more than 100 because people could choose several.",
        "month" => " Counted by year; years before the first and after the last named are left out.",
        _ => "",
    }
}

fn total_table(question: &QuestionView, rows: &[&RowView], id: &str) -> Markup {
    let line = |figure: Option<Figure>| {
        html! {
            td.number { (count(figure)) }
            td.number { (percent(figure)) }
            td.number { @match figure { Some(figure) => (view::interval(&figure)), None => (hidden()) } }
        }
    };
    html! {
        (scrolling(&format!("{}: everybody", question.label), html! {
            table id=(id) {
                caption { "Everybody" }
                thead { tr {
                    th scope="col" { "Answer" }
                    th.number scope="col" { "Count" }
                    th.number scope="col" { "Percentage" }
                    th.number scope="col" { "95% interval" }
                } }
                tbody {
                    @for row in rows {
                        tr { th scope="row" { (row.label) (row_as_at(row)) } (line(row.figure)) }
                    }
                }
                @if question.has_favourable {
                    tfoot { tr { th scope="row" { "Favourable answers" } (line(question.total.favourable)) } }
                }
            }
        }))
    }
}

/// Answers down, groups across: labels of answers are long.
fn split_table(question: &QuestionView, split: &SplitView, rows: &[usize]) -> Markup {
    let groups = &split.groups;
    let is_hidden = groups.iter().any(|group| group.base.is_none());
    html! {
        (scrolling(&format!("{}: by {}", question.label, split.label), html! {
            table.report-split {
                caption { "By " (split.label) }
                thead { tr {
                    th scope="col" { "Answer" }
                    @for group in groups { th.number scope="col" { (group.label) (as_at_small(group.as_at)) } }
                } }
                tbody {
                    tr.report-bases {
                        th scope="row" { "How many answered" }
                        @for group in groups { td.number { @match group.base { Some(base) => (base), None => (hidden()) } } }
                    }
                    @for row in rows {
                        tr {
                            th scope="row" { (question.total.rows.get(*row).map(|row| row.label.as_str()).unwrap_or_default()) }
                            @for group in groups { (cell(group.rows.get(*row).and_then(|row| row.figure))) }
                        }
                    }
                }
                @if question.has_favourable {
                    tfoot { tr {
                        th scope="row" { "Favourable answers" }
                        @for group in groups { (cell(group.favourable)) }
                    } }
                }
            }
        }))
        @if is_hidden { p.soft.small { (hidden_note()) } }
    }
}

fn cell(figure: Option<Figure>) -> Markup {
    html! {
        td.number {
            (percent(figure))
            @if let Some(figure) = figure { small { (figure.count) " (" (view::interval(&figure)) ")" } }
        }
    }
}

fn made(release: &Release) -> Markup {
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
            }
        }
    }
}

fn fact(key: &str, value: Markup) -> Markup {
    html! { div { dt { (key) } dd { (value) } } }
}

/// A table that is too wide for the page scrolls by itself, by keyboard too.
fn scrolling(label: &str, table: Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (table) } }
}

fn percent(figure: Option<Figure>) -> Markup {
    html! { @match figure { Some(figure) => (view::percent(figure.percent)), None => (hidden()) } }
}

fn count(figure: Option<Figure>) -> Markup {
    html! { @match figure { Some(figure) => (figure.count), None => (hidden()) } }
}

/// The one mark for what is not published, whatever the reason.
fn hidden() -> Markup {
    html! { span.report-hidden { (NOT_PUBLISHED) } }
}

fn hidden_note() -> Markup {
    html! { (NOT_PUBLISHED) ": " a href="#not-published" { "not published" } "." }
}

fn as_at(release: Option<u32>) -> Markup {
    html! { @if let Some(release) = release { ", as at release " (release) } }
}

fn as_at_small(release: Option<u32>) -> Markup {
    html! { @if let Some(release) = release { small { "as at release " (release) } } }
}

fn row_as_at(row: &RowView) -> Markup {
    html! {
        @if let (Some(release), Some(base)) = (row.as_at, row.base) {
            small { "of " (base) ", as at release " (release) }
        }
    }
}

fn people(number: u64) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}

fn day(release: &Release) -> String {
    release.as_of.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;

    fn page() -> String {
        let csv = Download { label: "CSV".to_owned(), href: "/r/1.csv".to_owned() };
        page_body(&sample::release(), &sample::survey(), &[csv]).into_string()
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
