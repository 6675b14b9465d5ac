//! `surveys/README.md` and the parser are held together, both ways.

use super::shape::{self, Shape};
use crate::survey::parse;
use std::collections::{BTreeMap, BTreeSet};

const README: &str = include_str!("../../../surveys/README.md");

type Tables = BTreeMap<String, BTreeSet<String>>;

fn of_the_parser() -> Tables {
    let shapes = [
        shape::SURVEY,
        shape::TEXT,
        shape::SCALE,
        shape::POINT,
        shape::LIST,
        shape::OPTION,
        shape::SECTION,
        shape::CLAUSE,
        shape::QUESTION,
        shape::BAND,
        shape::CODE_LIST,
    ];
    let keys = |shape: &Shape| shape.keys.iter().map(|key| (*key).to_owned()).collect();
    let tables = shapes.iter().map(|shape| (shape.name.to_owned(), keys(shape)));
    tables.chain(shape::TYPES.iter().map(|shape| (format!("type {}", shape.name), keys(shape)))).collect()
}

/// The first column of each table below `<!-- keys: NAME -->`.
fn of_the_readme() -> Tables {
    let mut tables = Tables::new();
    let mut current = None;
    for line in README.lines() {
        if let Some(name) = line.strip_prefix("<!-- keys: ").and_then(|rest| rest.strip_suffix(" -->")) {
            tables.insert(name.to_owned(), BTreeSet::new());
            current = Some(name.to_owned());
        } else if !line.starts_with('|') {
            current = None;
        } else if let (Some(name), Some(key)) = (&current, line.strip_prefix("| `").and_then(|r| r.split('`').next())) {
            let is_new = tables.get_mut(name).unwrap().insert(key.to_owned());
            assert!(is_new, "{key} stands twice in the table of {name}");
        }
    }
    tables
}

#[test]
fn the_tables_have_the_keys_that_the_parser_knows_and_no_others() {
    assert_eq!(of_the_readme(), of_the_parser());
}

#[test]
fn the_example_is_a_survey_without_a_problem() {
    let example = README.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let checked = parse(example).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(checked.warnings, []);
    assert_eq!(checked.survey.questions().count(), 5);
}

#[test]
fn every_type_and_code_list_and_limit_is_named() {
    for shape in &shape::TYPES {
        assert!(README.contains(&format!(": `{}`\n", shape.name)), "{} has no heading", shape.name);
    }
    for list in crate::survey::codelist::all() {
        assert!(README.contains(&format!("| `{}` |", list.name)), "{} is not in the table", list.name);
    }
    assert_eq!(
        (super::MAX_BYTES, super::MAX_SECTIONS, super::MAX_QUESTIONS, super::MAX_OPTIONS),
        (1 << 20, 50, 300, 200)
    );
    assert!(README.contains(&format!("No question can have the code `{}`.", crate::survey::MODE)));
    assert!(README.contains("at most 1 MiB, 50 sections, 300 questions, and 200 options"));
    assert_eq!((super::LABEL_LENGTH, super::PROSE_LENGTH), (300, 5_000));
    assert!(README.contains("at most 300 characters, a `help`, `prompt` or `introduction` 5,000"));
}
