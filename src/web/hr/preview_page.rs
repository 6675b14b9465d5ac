//! What a release would show and what not, as a page.

use super::campaign::day;
use super::{path, sentence};
use crate::campaign::Campaign;
use crate::release::Preview;
use crate::release::preview::{GroupPreview, Standing, TablePreview};
use crate::survey::{Lang, Question, Survey};
use crate::web::ui::{self, Button, Look};
use maud::{Markup, html};

pub(super) fn body(title: &str, campaign: &Campaign, preview: &Preview, survey: &Survey) -> Markup {
    let words = Words { survey };
    let (totals, splits): (Vec<_>, Vec<_>) = preview.tables.iter().partition(|table| table.breakdown.is_none());
    let least = campaign.min_base.max(campaign.protection);
    html! {
        p { a href=(path(campaign, "")) { (campaign.name) } }
        h1 { (title) }
        p.lead { "As of " (day(preview.as_of)) ". Nothing is released yet, and no figure is shown here." }
        p {
            "This does not change with each answer that comes in: that would tell who it came from. Answers that have come \
             since wait for the release after, or until " (least) " or more of them wait: then a new preview takes them in."
        }
        (buttons(campaign, preview.number))
        (everybody(preview, &totals, &words))
        @for breakdown in breakdowns(&splits) {
            (split(breakdown, &splits, &words))
        }
        h2 { "When more is shown" }
        p {
            "A group that is not shown, or not up to date, has enough when " (least) " more people of it have answered, and \
             often sooner. How many it lacks is not said, because that would say how many are in it. It may still have to \
             be hidden so that another cannot be worked out."
        }
    }
}

fn buttons(campaign: &Campaign, number: u32) -> Markup {
    let make = format!("Make release {number}");
    let again = Button { label: "Preview again", look: Look::Secondary, ..Button::default() };
    html! {
        (ui::form(&path(campaign, "/releases"), html! {
            (ui::hidden("number", &number.to_string()))
            (ui::button(&Button { label: &make, ..Button::default() }))
        }))
        (ui::form(&path(campaign, "/preview"), ui::button(&again)))
    }
}

fn everybody(preview: &Preview, totals: &[&TablePreview], words: &Words) -> Markup {
    let rows: Vec<Vec<Markup>> = totals.iter().flat_map(|table| details(table, words, false)).collect();
    html! {
        h2 { "Everybody" }
        p { "Uptake: " (preview.uptake.reason()) "." }
        @if rows.is_empty() {
            p { "All questions are shown in total." }
        } @else {
            p { "All questions are shown in total, but for these." }
            (ui::data_table("Questions in total", &["Question", "Answer", "In the release"].map(|text| html! { (text) }), &rows))
        }
    }
}

fn split(breakdown: &str, splits: &[&TablePreview], words: &Words) -> Markup {
    let tables: Vec<&TablePreview> =
        splits.iter().copied().filter(|table| table.breakdown.as_deref() == Some(breakdown)).collect();
    let label = words.question(breakdown);
    let head = ["Group", "Questions shown", "As at an earlier release", "Not shown"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = groups(&tables).map(|group| summary(group, breakdown, &tables, words)).collect();
    let every: Vec<Vec<Markup>> = tables.iter().flat_map(|table| details(table, words, true)).collect();
    let every_head = ["Question", "Group", "Answer", "In the release"].map(|text| html! { (text) });
    html! {
        h2 { (label) }
        (ui::data_table(&format!("By: {label}"), &head, &rows))
        @if !every.is_empty() {
            (ui::details("Question by question", ui::data_table("What is not shown, or not up to date", &every_head, &every)))
        }
    }
}

/// For how many questions one group stands how.
fn summary(group: Option<&str>, breakdown: &str, tables: &[&TablePreview], words: &Words) -> Vec<Markup> {
    let its = |group: Option<&str>, is: fn(Standing) -> bool| {
        let of = tables.iter().flat_map(|table| &table.groups).filter(|one| one.group.as_deref() == group);
        of.filter(|one| is(one.standing)).count()
    };
    vec![
        html! { (words.option(breakdown, group.unwrap_or_default())) },
        html! { (its(group, |standing| standing == Standing::Shown)) },
        html! { (its(group, |standing| matches!(standing, Standing::AsAt(_)))) },
        html! { (its(group, |standing| standing == Standing::Hidden)) },
    ]
}

/// A row for whatever is not simply shown.
fn details(table: &TablePreview, words: &Words, is_split: bool) -> Vec<Vec<Markup>> {
    let row = |group: &GroupPreview, option: Option<&str>, standing: Standing| {
        let mut row = vec![html! { (words.question(&table.question)) }];
        if is_split {
            let breakdown = table.breakdown.as_deref().unwrap_or_default();
            row.push(html! { (words.option(breakdown, group.group.as_deref().unwrap_or_default())) });
        }
        row.push(html! { @match option { Some(code) => (words.option(&table.question, code)), None => "All" } });
        row.push(html! { (sentence(&standing.reason())) });
        row
    };
    let mut rows = Vec::new();
    for group in &table.groups {
        if group.standing != Standing::Shown {
            rows.push(row(group, None, group.standing));
        }
        rows.extend(group.options.iter().map(|(option, standing)| row(group, Some(option), *standing)));
    }
    rows
}

/// By what figures are split, in the order of the tables.
fn breakdowns<'a>(splits: &[&'a TablePreview]) -> Vec<&'a str> {
    let mut seen: Vec<&str> = Vec::new();
    for breakdown in splits.iter().filter_map(|table| table.breakdown.as_deref()) {
        if !seen.contains(&breakdown) {
            seen.push(breakdown);
        }
    }
    seen
}

fn groups<'a>(tables: &[&'a TablePreview]) -> impl Iterator<Item = Option<&'a str>> {
    let mut seen: Vec<Option<&str>> = Vec::new();
    for group in tables.iter().flat_map(|table| &table.groups) {
        if !seen.contains(&group.group.as_deref()) {
            seen.push(group.group.as_deref());
        }
    }
    seen.into_iter()
}

struct Words<'a> {
    survey: &'a Survey,
}

impl Words<'_> {
    /// A question's label, or both of a crossing's.
    fn question(&self, code: &str) -> String {
        let label = |code| self.survey.question(code).map_or(code, |question| question.label.get(Lang::En));
        code.split('*').map(label).collect::<Vec<_>>().join(" × ")
    }

    /// An option's label, or both of a crossing's group.
    fn option(&self, question: &str, code: &str) -> String {
        let label = |(question, code): (&str, &str)| {
            let cells = self.survey.question(question).map(Question::cells).unwrap_or_default();
            let found = cells.into_iter().find(|(option, _, _)| option.as_str() == code);
            found.map_or(code.to_owned(), |(_, label, _)| label.get(Lang::En).to_owned())
        };
        question.split('*').zip(code.split('*')).map(label).collect::<Vec<_>>().join(" × ")
    }
}
