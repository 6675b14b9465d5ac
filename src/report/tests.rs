//! Crossings, all others, and several options shown as one: in every format.

use super::figures::{Share, figures};
use super::template::Part;
use super::{Template, support};
use crate::release::percent::{cell, figure};
use crate::release::{Cell, Collapsed, Group, Others, Release, Table, sample};
use serde_json::Value;
use std::collections::BTreeSet;

fn morale(counts: [Option<u64>; 3], base: u64) -> Vec<Cell> {
    ["agree", "neither", "disagree"].into_iter().zip(counts).map(|(option, count)| cell(option, count, base)).collect()
}

fn hidden(group: &str) -> Group {
    Group { group: Some(group.to_owned()), as_at: None, base: None, cells: None, favourable: None, collapsed: None }
}

fn shown(group: &str, counts: [Option<u64>; 3], base: u64) -> Group {
    let favourable = counts[0].and_then(|count| figure(count, base));
    Group { base: Some(base), cells: Some(morale(counts, base)), favourable, ..hidden(group) }
}

/// Morale by directorate and years: in one group two answers are shown as one, one
/// group is as at the release before, two are hidden.
fn crossed() -> Release {
    let together = figure(7, 12).unwrap();
    let two_as_one = Collapsed {
        options: vec!["neither".to_owned(), "disagree".to_owned()],
        count: Some(7),
        percent: Some(together.percent),
        low: Some(together.low),
        high: Some(together.high),
    };
    let groups = vec![
        Group { collapsed: Some(vec![two_as_one]), ..shown("adults*under_5", [Some(5), None, None], 12) },
        hidden("adults*from_5"),
        hidden("children*under_5"),
        Group { as_at: Some(1), ..shown("children*from_5", [Some(5), Some(6), Some(0)], 11) },
    ];
    let others = Others { base: 7, cells: morale([Some(2), Some(1), Some(4)], 7), favourable: figure(2, 7) };
    let table = Table {
        question: "morale".to_owned(),
        kind: "scale".to_owned(),
        breakdown: Some("directorate*years".to_owned()),
        groups,
        others: Some(others.clone()),
    };
    let mut release = sample::release();
    let split =
        release.tables.iter().position(|table| table.question == "morale" && table.breakdown.is_some()).unwrap();
    release.tables[split].others = Some(others);
    release.tables.insert(split + 1, table);
    release
}

fn page(release: &Release) -> String {
    support::page(release, &sample::survey())
}

#[test]
fn a_crossing_is_a_table_of_groups_under_the_first_answer() {
    let page = page(&crossed());
    let table = page
        .split("<table id=\"t-morale-by-directorate-and-years\" class=\"report-crossing\">")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    insta::assert_snapshot!(table.replace("><", ">\n<"));
}

#[test]
fn all_others_come_last_by_the_name_that_the_survey_has_for_them() {
    let page = page(&crossed());
    let last_head = |after: &str| {
        let head = page.split(after).nth(1).unwrap().split("</thead>").next().unwrap();
        head.rsplit("<th").next().unwrap().to_owned()
    };
    assert!(last_head("aria-label=\"Morale was good &lt;here&gt;: by Directorate\"").contains("Other directorates"));
    assert!(
        page.contains("<tfoot><tr><th scope=\"row\">All others</th>"),
        "of two questions, no name is the right one"
    );
    assert!(page.contains("id=\"others\"") && page.contains("href=\"#others\""));
}

#[test]
fn crossings_and_others_are_lines_of_the_csv() {
    let text = support::lines(&crossed(), &sample::survey());
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(",directorate*years,")).collect();
    insta::assert_snapshot!(lines.join("\n"));
    let others = text.lines().find(|line| line.contains(",directorate,(others),Other directorates,agree,")).unwrap();
    assert!(others.ends_with(",7,2,28.6,8.2,64.1,,percent"), "{others}");
}

/// Too few, nobody, or a partner: the model has one way to say so, and so has a page.
#[test]
fn a_hidden_group_of_a_crossing_looks_as_any_other() {
    let page = page(&crossed());
    let row = |first: &str, label: &str| {
        let under = page.split(&format!(">{first}</th></tr>")).nth(1).unwrap();
        let row = under.split(&format!("<th scope=\"row\">{label}</th>")).nth(1).unwrap();
        row.split("</tr>").next().unwrap().to_owned()
    };
    assert_eq!(row("Adults", "5 or more"), row("Children", "Under 5"));
    assert!(!row("Children", "Under 5").contains(|c: char| c.is_ascii_digit()));
}

#[test]
fn a_page_says_by_which_rules_its_figures_were_made() {
    let mut release = crossed();
    let standard = page(&release);
    assert!(standard.contains("are 5 or more apart.") && standard.contains("Standard: whole groups"));
    assert!(!standard.contains("Stricter rules"));
    release.policy.strict = true;
    assert!(page(&release).contains("Stricter rules apply"));
    release.policy.protection = None;
    release.policy.strict = false;
    let earlier = page(&release);
    assert!(!earlier.contains("attack") && earlier.contains("No figure is about fewer than 5 people"));
}

#[test]
fn the_figures_are_those_of_the_parts_that_were_chosen() {
    let (release, survey) = (sample::release(), sample::survey());
    let kinds = |parts: &[Part]| -> BTreeSet<String> {
        let template = Template { parts: parts.iter().copied().collect(), ..Template::default() };
        let lines = support::looking(&template, &release, &survey, figures);
        lines.into_iter().map(|line| line.kind).collect()
    };
    let (uptake, questions) = (kinds(&[Part::Answered]), kinds(&[Part::Questions]));
    assert!(!uptake.is_empty() && !questions.is_empty() && uptake.is_disjoint(&questions));
    assert_eq!(kinds(&Part::ALL), &uptake | &questions);
    assert_eq!(kinds(&[Part::Brief]), &uptake | &BTreeSet::from(["multiple".to_owned()]));
    assert!(kinds(&[Part::Made]).is_empty());
}

/// Question, breakdown, group and option; count, percentage and interval, as they are written.
type Written = [String; 8];

fn written_in_json(release: &Release) -> BTreeSet<Written> {
    let json: Value = serde_json::from_str(&serde_json::to_string(release).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned).replace("null", "");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut found = BTreeSet::new();
    for table in list(&json["tables"]) {
        let mut groups = list(&table["groups"]);
        if let Some(others) = table.get("others").filter(|others| !others.is_null()) {
            groups.push(others.clone());
            groups.last_mut().unwrap()["group"] = "(others)".into();
        }
        for group in &groups {
            let mut add = |option: String, figure: &Value| {
                if !figure["count"].is_null() {
                    let [count, percent, low, high] =
                        ["count", "percent", "low", "high"].map(|name| text(&figure[name]));
                    let [question, breakdown] = [&table["question"], &table["breakdown"]].map(text);
                    found.insert([question, breakdown, text(&group["group"]), option, count, percent, low, high]);
                }
            };
            list(&group["cells"]).iter().for_each(|cell| add(text(&cell["option"]), cell));
            list(&group["collapsed"]).iter().for_each(|several| {
                add(list(&several["options"]).iter().map(text).collect::<Vec<_>>().join("+"), several);
            });
            add(String::new(), &group["favourable"]);
        }
    }
    found
}

#[test]
fn every_figure_of_the_json_is_in_the_other_formats_lines_with_the_same_digits_and_no_other() {
    let (release, survey) = (crossed(), sample::survey());
    let lines = support::of(&release, &survey, figures);
    let of_questions = lines.into_iter().filter(|line| !line.question.is_empty());
    let written: BTreeSet<Written> = of_questions
        .filter_map(|line| {
            let Some(Share::Percent { percent, low, high }) = line.share else { return None };
            let [percent, low, high] = [percent, low, high].map(|tenths| tenths.to_string());
            Some([line.question, line.breakdown, line.group, line.option, line.count?.to_string(), percent, low, high])
        })
        .collect();
    let json = written_in_json(&release);
    assert!(json.len() > 40, "{}", json.len());
    assert_eq!(written, json);
}
