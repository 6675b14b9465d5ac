//! Workforce figures as HR sees them: all that was uploaded, with the rates that
//! follow from it. What of them a report shows is less.

use crate::web::ui;
use crate::workforce::{By, Counts, Kind, Measure, Rate, Workforce};
use maud::{Markup, html};

/// The parts of a page about one period.
pub(super) fn figures(workforce: &Workforce) -> Markup {
    let total = workforce.total();
    html! {
        (not_a_year(workforce))
        h2 { "Rates" }
        (rates(&total))
        (definitions(&total))
        h2 { "Numbers" }
        p {
            "This is all that you uploaded, for your own eyes. A report shows less: whatever would be about fewer people than a "
            "campaign’s smallest group is added to all others, and it never shows directorates and roles at once."
        }
        @for by in By::ALL { (groups(workforce, by, &total)) }
    }
}

fn not_a_year(workforce: &Workforce) -> Markup {
    if workforce.period.is_a_year() {
        return Markup::default();
    }
    let of = workforce.period.months().map_or("the period".to_owned(), |months| match months {
        1 => "one month".to_owned(),
        months => format!("{months} months"),
    });
    ui::notice(html! {
        p { "Turnover, stability and sickness days are those of " (of) ", not of a year: do not compare them with yearly rates." }
    })
}

fn rates(total: &Counts) -> Markup {
    let head = ["Rate", "Value", "Worked out from"].map(|text| html! { (text) });
    let known = Kind::ALL.into_iter().filter_map(|kind| kind.of(total));
    let row = |rate: Rate| {
        vec![
            html! { (rate.kind.label()) },
            html! { strong { (rate) } },
            html! { (rate.numerator) " of " (rate.denominator) },
        ]
    };
    let rows: Vec<Vec<Markup>> = known.map(row).collect();
    html! {
        @if rows.is_empty() { p { "The file has too few columns for any rate." } }
        @else { (ui::data_table("The whole organisation", &head, &rows)) }
    }
}

fn definitions(total: &Counts) -> Markup {
    let known: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.of(total).is_some()).collect();
    if known.is_empty() {
        return Markup::default();
    }
    ui::details(
        "What the rates mean",
        html! { dl { @for kind in known { dt { (kind.label()) } dd { (kind.definition()) } } } },
    )
}

/// A line each, and all of them together.
fn groups(workforce: &Workforce, by: By, total: &Counts) -> Markup {
    let groups = workforce.groups(by);
    if groups.is_empty() {
        return Markup::default();
    }
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(|measure| total.get(*measure).is_some()).collect();
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.of(total).is_some()).collect();
    let name = match by {
        By::Directorate => "Directorate",
        By::Role => "Role",
    };
    let labels = measures.iter().map(|measure| measure.label()).chain(kinds.iter().map(|kind| kind.label()));
    let head: Vec<Markup> = std::iter::once(name).chain(labels).map(|label| html! { (label) }).collect();
    let line = |name: &str, counts: &Counts| {
        let numbers = measures.iter().map(|measure| number(counts.get(*measure)));
        let rates = kinds.iter().map(|kind| number(kind.of(counts)));
        std::iter::once(html! { (name) }).chain(numbers).chain(rates).collect::<Vec<Markup>>()
    };
    let mut rows: Vec<Vec<Markup>> = groups.iter().map(|(name, rows)| line(name, &workforce.sum(rows))).collect();
    rows.push(line("Everybody", total));
    ui::data_table(&format!("By {}", by.as_str()), &head, &rows)
}

fn number(value: Option<impl std::fmt::Display>) -> Markup {
    match value {
        Some(value) => html! { (value.to_string()) },
        None => html! { "-" },
    }
}
