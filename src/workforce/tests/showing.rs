//! What a report shows of a workforce, and what it holds back.

use super::workforce;
use crate::survey::{self, Code, Question, Survey};
use crate::workforce::{By, Kind, Measure, Shown, Split, Workforce, shown};

fn exit() -> Survey {
    let (_, source) = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap();
    survey::parse(source).unwrap().survey
}

fn of_survey(workforce: &Workforce, codes: &[&str], answered: impl Fn(Option<(&str, &str)>) -> Option<u64>) -> Shown {
    let survey = exit();
    let questions: Vec<&Question> = codes.iter().map(|code| survey.question(code).unwrap()).collect();
    let of = |of: Option<(&Code, &Code)>| answered(of.map(|(question, code)| (question.as_str(), code.as_str())));
    shown(workforce, &questions, 5, &of)
}

fn table(shown: &Shown, by: By) -> &Split {
    shown.by.iter().find(|split| split.by == by).unwrap_or_else(|| panic!("no table by {by:?}: {shown:?}"))
}

fn lines(split: &Split) -> Vec<(Option<&str>, &str, String)> {
    let headcount = |line: &crate::workforce::Line| line.number(Measure::Headcount).unwrap().to_string();
    split
        .lines
        .iter()
        .map(|line| (line.group.as_ref().map(Code::as_str), line.label.as_str(), headcount(line)))
        .collect()
}

fn council() -> Workforce {
    workforce(&[
        ("children", "Social worker", [100, 98, 20, 18, 80]),
        ("Children’s Services", "Nobody knows", [60, 55, 10, 5, 50]),
        ("GWASANAETHAU OEDOLION", "Social worker", [80, 80, 10, 10, 70]),
        ("Health services", "Social worker", [9, 9, 2, 2, 7]),
        ("Parks", "Gardener", [30, 30, 0, 0, 30]),
    ])
}

#[test]
fn names_are_the_campaigns_options_by_code_or_by_label_in_any_language() {
    let shown = of_survey(&council(), &["service", "directorate", "role"], |_| None);
    let by = table(&shown, By::Directorate);
    assert_eq!(by.question.as_ref().map(Code::as_str), Some("directorate"));
    let expected = [
        (Some("children"), "Children's services", "160".to_owned()),
        (None, "All other parts of the organisation", "119".to_owned()),
    ];
    assert_eq!(lines(by), expected, "health is too small, and adults hide it");
    assert_eq!(by.others, ["Adults' services", "Health services", "Parks"].map(str::to_owned));
    assert_eq!(shown.total.number(Measure::Leavers).unwrap().to_string(), "35");
    assert_eq!(shown.total.rate(Kind::Stability).unwrap().value.to_string(), "87.1");
}

#[test]
fn a_workforce_that_is_like_no_breakdown_has_its_own_groups() {
    let shown = of_survey(&council(), &["service"], |_| None);
    let by = table(&shown, By::Directorate);
    assert_eq!((&by.question, by.lines[0].label.as_str()), (&None, "children"));
    assert_eq!(by.lines.last().unwrap().label, "All others");
}

#[test]
fn a_group_whose_leavers_nearly_all_answered_is_not_shown() {
    let two = workforce(&[
        ("children", "a", [100, 98, 20, 18, 80]),
        ("adults", "a", [100, 98, 20, 18, 80]),
        ("corporate", "a", [100, 98, 20, 18, 80]),
    ]);
    let answers = |adults: u64| {
        let shown = of_survey(&two, &["directorate"], |of| match of {
            Some(("directorate", "adults")) => Some(adults),
            _ => None,
        });
        lines(table(&shown, By::Directorate)).iter().map(|(code, ..)| code.map(str::to_owned)).collect::<Vec<_>>()
    };
    let all = ["children", "adults", "corporate"].map(|code| Some(code.to_owned()));
    assert_eq!(answers(13), all);
    assert_eq!(answers(18), all, "nobody is left who did not answer");
    assert_eq!(answers(20), all, "some left in another period");
    let without = [Some("children".to_owned()), None];
    assert_eq!(answers(14), without, "four did not answer");
    assert_eq!(answers(17), without);
}

#[test]
fn what_is_about_too_few_of_everybody_is_not_shown_nor_what_gives_it_away() {
    let numbers = |counts: [u64; 5], answered: Option<u64>| {
        let shown = of_survey(&workforce(&[("adults", "a", counts)]), &[], |of| answered.filter(|_| of.is_none()));
        Measure::ALL.map(|measure| shown.total.number(measure).map(|n| n.people()))
    };
    let all = [Some(40), Some(40), Some(5), Some(5), Some(35)];
    assert_eq!(numbers([40, 40, 5, 5, 35], None)[..5], all);
    // Those who came and stayed are two as well.
    let two_came = [Some(40), None, None, Some(5), None];
    assert_eq!(numbers([40, 43, 2, 5, 38], None)[..5], two_came);
    assert_eq!(numbers([40, 40, 9, 9, 31], Some(5))[3], None, "four leavers did not answer");
    assert_eq!(numbers([40, 40, 9, 9, 31], Some(5))[1], None, "nor can they be worked out from who was there");
    assert_eq!(numbers([4, 40, 9, 45, 0], None), [None; 9]);
}

#[test]
fn two_tables_side_by_side_tell_of_few_no_more_than_each() {
    let nested = workforce(&[
        ("children", "Social worker", [58, 58, 0, 0, 58]),
        ("children", "Manager or team leader", [2, 2, 0, 0, 2]),
        ("adults", "Manager or team leader", [40, 40, 0, 0, 40]),
        ("adults", "Care or support worker", [70, 70, 0, 0, 70]),
    ]);
    let shown = of_survey(&nested, &["directorate", "role"], |_| None);
    assert_eq!(table(&shown, By::Directorate).lines.len(), 2);
    // All social workers are in children's services, of which 60 - 58 = 2 are none.
    let by_role =
        [(Some("care_support"), "Care or support worker", "70".to_owned()), (None, "All other jobs", "100".to_owned())];
    assert_eq!(lines(table(&shown, By::Role)), by_role);
}
