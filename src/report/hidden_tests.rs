//! A made release in which groups are hidden for every reason that there is: in no
//! format does one look otherwise than another.

use super::support::{lines, page};
use crate::release::make::{Terms, make};
use crate::release::{Release, Table, UptakeCounts, sample};
use crate::survey::{Answer, Answers, Choice, Question, QuestionKind, Survey};

/// Why each is hidden, with how many came with the first release and with the second, and
/// whether they answered.
const GROUPS: [(&str, u32, u32, bool); 6] = [
    ("shown", 20, 0, true),
    ("too_few", 3, 0, true),
    ("partner", 8, 0, true),
    ("nobody", 0, 0, true),
    // They passed the question over.
    ("silent", 6, 3, false),
    // Five by now, of whom four came after the last release that could count them.
    ("late", 1, 4, true),
];
const HIDDEN: [&str; 5] = ["too_few", "partner", "nobody", "silent", "late"];

fn survey() -> Survey {
    let mut survey = sample::survey();
    let directorate = survey.questions().next().unwrap().clone();
    let QuestionKind::Single { choices } = &directorate.kind else { panic!("a single choice") };
    let names = GROUPS.map(|(name, ..)| Choice { code: sample::code(name), ..choices[0].clone() });
    let morale = survey.questions().find(|question| question.code.as_str() == "morale").unwrap().clone();
    let kind = QuestionKind::Single { choices: names.to_vec() };
    survey.sections[0].questions = vec![Question { kind, others: None, ..directorate }, morale];
    survey
}

fn answers(group: &str, n: u32, has_answered: bool) -> Answers {
    let mut answers = Answers::from([(sample::code("directorate"), Answer::One(sample::code(group)))]);
    if has_answered {
        let morale = if n.is_multiple_of(2) { "agree" } else { "disagree" };
        answers.insert(sample::code("morale"), Answer::One(sample::code(morale)));
    }
    answers
}

/// The second release.
fn release() -> Release {
    let batch = |number: u32, people: fn(&(&str, u32, u32, bool)) -> u32| -> Vec<(u32, Answers)> {
        let each =
            GROUPS.iter().flat_map(|group| (0..people(group)).map(move |n| (number, answers(group.0, n, group.3))));
        each.collect()
    };
    let (first, second) = (batch(1, |group| group.1), batch(2, |group| group.2));
    let terms = || Terms { uptake: UptakeCounts::default(), ..sample::terms() };
    let earlier = make(terms(), &survey(), &[], first.clone()).unwrap().release;
    make(terms(), &survey(), &[earlier], [first, second].concat()).unwrap().release
}

fn by_group(release: &Release) -> &Table {
    release.tables.iter().find(|table| table.question == "morale" && table.breakdown.is_some()).unwrap()
}

/// As it stands in the report, but for the name.
fn assert_alike(what: &str, looks: impl Fn(&str) -> Vec<String>) {
    let first = looks(HIDDEN[0]);
    assert!(!first.is_empty(), "{what}");
    for group in HIDDEN {
        assert_eq!(looks(group), first, "{what}: {group}");
        assert_ne!(looks("shown"), first, "{what}: figures look otherwise");
    }
}

#[test]
fn a_hidden_group_looks_the_same_whatever_the_reason_in_json() {
    let release = release();
    let hidden = by_group(&release).groups.iter().filter(|group| group.base.is_none());
    assert_eq!(hidden.map(|group| group.group.as_deref().unwrap()).collect::<Vec<_>>(), HIDDEN);
    let json = serde_json::to_value(by_group(&release)).unwrap();
    assert_alike("JSON", |name| {
        let groups = json["groups"].as_array().unwrap().iter().filter(|group| group["group"] == name);
        groups.map(|group| group.to_string().replace(name, "")).collect()
    });
}

#[test]
fn a_hidden_group_looks_the_same_whatever_the_reason_in_csv() {
    let text = lines(&release(), &survey());
    assert_alike("CSV", |name| {
        let found = text.lines().filter(|line| line.contains(&format!(",directorate,{name},")));
        found.map(|line| line.replace(name, "")).collect()
    });
}

#[test]
fn a_hidden_group_looks_the_same_whatever_the_reason_on_a_page() {
    let release = release();
    let page = page(&release, &survey());
    let table = page
        .split("<table id=\"t-morale-by-directorate\" class=\"report-split\">")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    assert_alike("HTML", |name| {
        let column = GROUPS.iter().position(|group| group.0 == name).unwrap();
        let rows = table.split("<tr").filter(|row| row.contains("<td"));
        rows.map(|row| row.split("<td").nth(column + 1).unwrap().to_owned()).collect()
    });
}

/// Sizes of groups are hidden one by one.
#[test]
fn a_hidden_size_looks_the_same_whatever_the_reason() {
    let release = release();
    let text = lines(&release, &survey());
    let page = page(&release, &survey());
    let sizes = release.tables.iter().find(|table| table.question == "directorate").unwrap();
    let cells = sizes.groups[0].cells.as_ref().unwrap().iter().filter(|cell| cell.count.is_none());
    let cells: Vec<_> = cells.collect();
    let names: Vec<&str> = cells.iter().map(|cell| cell.option.as_str()).collect();
    assert!(["too_few", "nobody"].iter().all(|name| names.contains(name)), "{names:?}");
    let lines = names.iter().map(|name| {
        let line = text.lines().find(|line| line.contains(&format!(",{name},")) && line.starts_with("directorate,"));
        line.unwrap().replace(name, "")
    });
    let lines: Vec<String> = lines.collect();
    assert!(lines.windows(2).all(|pair| pair[0] == pair[1]), "{lines:#?}");
    let json = cells.iter().map(|cell| serde_json::to_string(cell).unwrap().replace(&cell.option, ""));
    let json: Vec<String> = json.collect();
    assert!(json.windows(2).all(|pair| pair[0] == pair[1]), "{json:#?}");
    assert!(page.contains("report-hidden"));
}

/// Three are too few to be shown to the world, the six are their partner.
#[test]
fn a_hidden_answer_looks_the_same_whatever_the_reason() {
    let options = [("agree", 20), ("neither", 3), ("disagree", 6)];
    let person = |option: &str| -> (u32, Answers) {
        (1, Answers::from([(sample::code("morale"), Answer::One(sample::code(option)))]))
    };
    let people = options.iter().flat_map(|(option, people)| (0..*people).map(move |_| person(option)));
    let terms = Terms { uptake: UptakeCounts::default(), strict: true, ..sample::terms() };
    let release = make(terms, &survey(), &[], people.collect::<Vec<_>>()).unwrap().release;
    let total = &release.tables.iter().find(|table| table.question == "morale").unwrap().groups[0];
    let hidden = total.cells.iter().flatten().filter(|cell| cell.count.is_none());
    let json = |option: &str| {
        let cell = hidden.clone().find(|cell| cell.option == option).unwrap_or_else(|| panic!("{total:?}"));
        serde_json::to_string(cell).unwrap().replace(option, "")
    };
    assert_eq!(json("neither"), json("disagree"));
    let text = lines(&release, &survey());
    let line = |option: &str, label: &str| {
        let line = text.lines().find(|line| line.contains(&format!(",{option},{label},"))).unwrap();
        line.replace(option, "").replace(label, "")
    };
    assert_eq!(line("neither", "Neither"), line("disagree", "Disagree"));
    assert_ne!(line("agree", "Agree"), line("disagree", "Disagree"));
}
