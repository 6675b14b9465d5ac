//! Parts of pages that show and do not ask.

use maud::{Markup, html};

/// A line of a summary list: what, and how it stands, and what can be done.
#[derive(Debug)]
pub struct Row {
    pub key: Markup,
    pub value: Markup,
    pub action: Option<Markup>,
}

pub fn summary_list(rows: &[Row]) -> Markup {
    html! {
        dl.summary {
            @for row in rows {
                div {
                    dt { (row.key) }
                    dd { (row.value) }
                    @if let Some(action) = &row.action { dd.action { (action) } }
                }
            }
        }
    }
}

/// Something to know, set apart from the text. No heading of its own.
pub fn notice(body: Markup) -> Markup {
    html! { div.notice { (body) } }
}

/// Something that was done, or how it stands now: announced when it appears.
pub fn success(body: Markup) -> Markup {
    html! { div.notice.good role="status" { (body) } }
}

/// Something that may do harm if it is overlooked.
pub fn warning(body: Markup) -> Markup {
    html! { div.notice.warning { (body) } }
}

/// More for those who want it.
pub fn details(summary: &str, body: Markup) -> Markup {
    html! { details { summary { (summary) } div { (body) } } }
}

/// A key's fingerprint, to be compared or read out group by group.
pub fn fingerprint(groups: &str) -> Markup {
    html! { p.fingerprint translate="no" { @for group in groups.split(' ') { span { (group) } " " } } }
}

/// How far along: "Section 2 of 5", with a bar for the eye only.
pub fn progress(text: &str, done: usize, of: usize) -> Markup {
    html! {
        p.progress { (text) }
        progress value=(done) max=(of) aria-hidden="true" {}
    }
}

/// A table with its caption. The first cell of each row is the row's header.
/// Scrolls sideways by itself on a narrow page, by keyboard too.
pub fn data_table(caption: &str, head: &[Markup], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
