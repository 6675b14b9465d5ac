//! A report as a web page: what stands between the layout's header and footer, or a
//! file that needs no server. No inline style and no script; the classes are those of
//! `report.css`.

mod blocks;
mod table;

use super::model::{Report, Section};
use crate::survey::Lang;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The stylesheet of reports, for pages that show one: loaded beside the site's.
pub const STYLE: &str = include_str!("../report.css");

/// A file to take away: what it is called, and where it is.
#[derive(Clone, Debug)]
pub struct Download {
    pub label: String,
    pub href: String,
}

/// What stands between header and footer.
pub fn page_body(report: &Report, downloads: &[Download]) -> Markup {
    html! {
        div.report {
            @if let Some(logo) = &report.look.logo { p.report-logo { img src=(address(&logo.bytes)) alt=(logo.alt); } }
            p.soft { (report.organisation) }
            h1 { (report.title) }
            p.lead { (report.subtitle) }
            @if let Some(committee) = &report.committee { p { "For " (committee) ", " (Lang::En.date(report.date)) } }
            @if !downloads.is_empty() {
                ul.report-downloads .noprint {
                    @for file in downloads { li { a href=(file.href) { (file.label) } } }
                }
            }
            (contents(&report.parts))
            @for part in &report.parts { (blocks::section(part, 2, report.look.accent)) }
        }
    }
}

/// A picture as part of the page, which needs no other file: PNG, or else JPEG.
fn address(picture: &[u8]) -> String {
    let kind = if picture.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
    format!("data:image/{kind};base64,{}", STANDARD.encode(picture))
}

/// The report as one file: with the site's stylesheet `style` and its own in it.
pub fn document(report: &Report, style: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (report.title) ", " (report.organisation) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                style { (PreEscaped(style)) (PreEscaped(STYLE)) }
            }
            body { main.wide { (page_body(report, &[])) } }
        }
    }
}

/// Two levels deep: parts, and what is in them.
fn contents(parts: &[Section]) -> Markup {
    html! {
        nav.report-contents aria-labelledby="contents" {
            h2 #contents { "Contents" }
            ol {
                @for part in parts {
                    li {
                        (entry(part))
                        @if !part.sections.is_empty() {
                            ul { @for section in &part.sections { li {
                                (entry(section))
                                @if part.id == "questions" {
                                    ul { @for question in &section.sections { li { (entry(question)) } } }
                                }
                            } } }
                        }
                    }
                }
            }
        }
    }
}

fn entry(section: &Section) -> Markup {
    html! { a href={ "#" (section.id) } { (section.title) } }
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;
    use crate::report::template::Logo;
    use crate::report::{report, support};

    fn page() -> String {
        let csv = Download { label: "CSV".to_owned(), href: "/r/1.csv".to_owned() };
        support::of(&sample::release(), &sample::survey(), |source| page_body(&report(source), &[csv]).into_string())
    }

    #[test]
    fn a_release_is_a_page() {
        insta::assert_snapshot!(page().replace("><", ">\n<"));
    }

    #[test]
    fn the_organisations_logo_is_on_the_page_with_its_alternative() {
        let mut report = support::of(&sample::release(), &sample::survey(), report);
        report.look.logo = Some(Logo { bytes: b"\x89PNG\r\n".to_vec(), alt: "Borsetshire & friends".to_owned() });
        let page = page_body(&report, &[]).into_string();
        assert!(page.contains("src=\"data:image/png;base64,iVBORw0K\" alt=\"Borsetshire &amp; friends\""), "{page}");
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
