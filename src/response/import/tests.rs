use super::map_reader::{COLUMN_KEYS, FILE_KEYS, MULTIPLE_KEYS};
use super::*;
use crate::survey::{self, Answer, Answers, Code, Missing};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const README: &str = include_str!("../../../surveys/examples/README.md");

const SURVEY: &str = r#"
code = "old"
kind = "exit"
minutes = 3
title = "Old"

[[section]]
code = "all"
title = "All"

[[section.question]]
code = "team"
type = "single"
label = "Team"
options = [{ code = "adults", label = "Adults" }, { code = "children", label = "Children" }]

[[section.question]]
code = "why"
type = "multiple"
label = "Why"
options = [
  { code = "pay", label = "Pay" },
  { code = "hours", label = "Hours" },
  { code = "none", label = "None", exclusive = true },
]

[[section.question]]
code = "score"
type = "rating"
label = "Score"
low = "Bad"
high = "Good"

[[section.question]]
code = "years"
type = "number"
label = "Years"
unit = "years"
min = 0
max = 60

[[section.question]]
code = "left"
type = "month"
label = "Left"
from = 2000
to = 2030

[[section.question]]
code = "words"
type = "text"
label = "Words"
max_length = 20

[[section]]
code = "more"
title = "More"
ask_if = [{ question = "team", any_of = ["adults"] }]

[[section.question]]
code = "more"
type = "multiple"
label = "More"
options = [{ code = "a", label = "A" }, { code = "b", label = "B" }]
"#;

const MAP: &str = r#"
survey = "old"
missing = { "?" = "not_known" }
ignore = ["No."]
[column.Team]
question = "team"
values = { Adults = "adults", "Kids" = "children" }
[multiple.why]
chosen = ["x"]
not_chosen = ["-"]
columns = { Pay = "pay", Hours = "hours", None = "none" }
[column.Score]
question = "score"
[column.Years]
question = "years"
missing = { "many" = "prefer_not_to_say" }
[column.Left]
question = "left"
format = "MM/YYYY"
[column.Words]
question = "words"
[column.More]
question = "more"
between = ";"
"#;

const HEADER: &str = "No.,Team,Pay,Hours,None,Score,Years,Left,Words,More\n";

fn old() -> Survey {
    survey::parse(SURVEY).unwrap().survey
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn many(codes: &[&str]) -> Answer {
    Answer::Many(codes.iter().map(|c| code(c)).collect())
}

fn read_csv(map: &str, csv: &[u8]) -> Result<Import, Refused> {
    let survey = old();
    let map = Map::read("map.toml", map, &survey).unwrap();
    read(&map, &survey, "old.csv", csv, |_| {})
}

fn rows(rows: &str) -> Result<Import, Refused> {
    read_csv(MAP, format!("{HEADER}{rows}").as_bytes())
}

fn said(refused: Refused) -> Vec<String> {
    refused.problems.iter().map(|p| p.to_string().lines().next().unwrap().to_owned()).collect()
}

#[test]
fn every_type_of_question_is_read() {
    let import = rows("1,Adults,x,-,-,10,7,11/2012,\"Too long, too late\",a;b\n").unwrap();
    assert_eq!(
        import.people,
        [Answers::from([
            (code("team"), Answer::One(code("adults"))),
            (code("why"), many(&["pay"])),
            (code("score"), Answer::Rating(10)),
            (code("years"), Answer::Number(7)),
            (code("left"), Answer::Month { year: 2012, month: 11 }),
            (code("words"), Answer::Text("Too long, too late".to_owned())),
            (code("more"), many(&["a", "b"])),
        ])]
    );
}

#[test]
fn missing_is_told_from_skipped_and_nothing_chosen_from_no_answer() {
    let import = rows("1,?,-,-,-,,many,,,\n2,,,,,,,,?,\n3,,-,,-,1,,,,\n4,,x,,,,,,,\n").unwrap();
    let [first, second, third, fourth] = import.people.as_slice() else { panic!("four people") };
    assert_eq!(
        first,
        &Answers::from([
            (code("team"), Answer::Missing(Missing::NotKnown)),
            (code("why"), many(&[])),
            (code("years"), Answer::Missing(Missing::PreferNotToSay)),
        ])
    );
    assert_eq!(second, &Answers::from([(code("words"), Answer::Missing(Missing::NotKnown))]));
    assert_eq!(third, &Answers::from([(code("score"), Answer::Rating(1))]));
    assert_eq!(fourth, &Answers::from([(code("why"), many(&["pay"]))]));
}

#[test]
fn what_the_survey_would_not_have_asked_is_left_out_and_counted() {
    let import = rows("1,Kids,,,,,,,,a\n2,Adults,,,,,,,,b\n").unwrap();
    assert!(!import.people[0].contains_key("more"));
    let more = import.questions.iter().find(|tally| tally.question.as_str() == "more").unwrap();
    assert_eq!((more.answered, more.missing, more.skipped, more.not_asked), (1, 0, 0, 1));
}

#[test]
fn everything_that_is_wrong_with_the_rows_is_listed_at_its_physical_line() {
    let refused = rows(
        "1,Adults,x,-,-,10,7,11/2012,\"Two\nlines\",?\n\
         2,adults,x,-,-,11,7.5,2012,\"One\n\",\n\
         3,Adults,x\n\
         \n\
         4,Adults,maybe,-,x,1,61,13/2012,\"Twenty-one characters\",\n\
         5,Adults,x,-,x,1,1,01/1999,,a;c\n",
    )
    .unwrap_err();
    assert_eq!(
        said(refused),
        [
            "old.csv:4: column \"Team\": the mapping file does not say what `adults` means",
            "old.csv:4: column \"Score\": `11` is not from 0 to 10",
            "old.csv:4: column \"Years\": `7.5` is not a whole number that the question takes",
            "old.csv:4: column \"Left\": `2012` is not a date written as MM/YYYY",
            "old.csv:6: the row has 3 cells, and the first row has 10",
            "old.csv:8: column \"Pay\": the mapping file does not say what `maybe` means",
            "old.csv:8: column \"Years\": `61` is not from 0 to 60",
            "old.csv:8: column \"Left\": `13/2012` is not a date written as MM/YYYY",
            "old.csv:8: column \"Words\": the text has 21 characters; 20 is the most",
            "old.csv:9: column \"Left\": `01/1999` is not in the years 2000 to 2030",
            "old.csv:9: column \"More\": the mapping file does not say what `c` means",
            "old.csv:9: why: an option that stands alone is chosen together with others",
        ]
    );
}

#[test]
fn a_cell_after_a_line_break_in_its_row_is_at_its_own_line() {
    let map = "survey = 'old'\n[column.Words]\nquestion = 'words'\n[column.Team]\nquestion = 'team'";
    for ends in ["\n", "\r\n"] {
        let csv = format!("Words,Team\r\n\"a{ends}b{ends}c\",x\r\nd,y\r\n");
        let wrong = said(read_csv(map, csv.as_bytes()).unwrap_err());
        assert_eq!(
            wrong,
            [
                "old.csv:4: column \"Team\": the mapping file does not say what `x` means",
                "old.csv:5: column \"Team\": the mapping file does not say what `y` means"
            ]
        );
    }
}

proptest! {
    /// Whatever the cells hold, a text comes out as it went in, and a wrong cell is
    /// found at the line at which a text editor shows it.
    #[test]
    fn lines_are_a_text_editor_s(
        words in prop::collection::vec("([a-z ,;\"\t]|\n|\r\n){0,12}", 1..8),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
        separator in prop::sample::select(vec![",", ";", "\t"]),
    ) {
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
        let mut csv = format!("Words{separator}Team{ends}");
        let (mut good, mut lines) = (csv.clone(), Vec::new());
        for word in &words {
            csv += &quoted(word);
            good += &quoted(word);
            lines.push(csv.matches('\n').count() + 1);
            csv += &format!("{separator}wrong{ends}");
            good += &format!("{separator}adults{ends}");
        }
        let map = "survey = 'old'\n[column.Words]\nquestion = 'words'\n[column.Team]\nquestion = 'team'";
        let found: Vec<usize> = read_csv(map, csv.as_bytes()).unwrap_err().problems.iter().map(|p| p.line).collect();
        prop_assert_eq!(found, lines);
        let people = read_csv(map, good.as_bytes()).unwrap().people;
        let texts = people.iter().map(|answers| match answers.get("words") {
            Some(Answer::Text(text)) => text.as_str(),
            _ => "",
        });
        prop_assert_eq!(texts.collect::<Vec<_>>(), words.iter().map(|word| word.trim()).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_stop_the_reader(csv in prop::collection::vec(any::<u8>(), 0..200), map in ".{0,100}") {
        drop(Map::read("map", &map, &old()));
        let map = "survey = 'old'\n[column.Words]\nquestion = 'words'";
        drop(read_csv(map, &csv));
        drop(read_csv(map, &[b"Words\n".to_vec(), csv].concat()));
    }
}

#[test]
fn any_office_s_file_is_read() {
    let map = "survey = 'old'\n[column.'Wörds']\nquestion = 'words'\n[column.Team]\nquestion = 'team'";
    let text = "Wörds;Team\r\ncafé, bar;adults\r\n;\r\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let tabs = text.replace(';', "\t").replace("\r\n", "\r");
    for bytes in [text.as_bytes().to_vec(), format!("\u{feff}{text}").into_bytes(), latin, tabs.into_bytes()] {
        let import = read_csv(map, &bytes).unwrap();
        assert_eq!(import.people.len(), 1);
        assert_eq!(import.empty_rows, 1);
        assert_eq!(import.people[0].get("words"), Some(&Answer::Text("café, bar".to_owned())));
    }
}

#[test]
fn bytes_that_are_not_text_are_found_where_they_are() {
    let map =
        "survey = 'old'\nencoding = 'utf-8'\n[column.Words]\nquestion = 'words'\n[column.Team]\nquestion = 'team'";
    let wrong = said(read_csv(map, b"Words,Team\ncaf\xe9,adults\nok,chil\xffdren\n").unwrap_err());
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].starts_with("old.csv:2: column \"Words\": ") && wrong[0].ends_with("is not text in utf-8"));
    assert!(wrong[1].starts_with("old.csv:3: column \"Team\": "));
}

#[test]
fn files_that_are_none_are_refused() {
    let map = "survey = 'old'\n[column.Words]\nquestion = 'words'";
    for (bytes, why) in [
        (&b""[..], "the file is empty"),
        (b"Words\n", "there is nobody in the file: it has no rows after the first"),
        (b"\xff\xfeW\0", "the file is UTF-16"),
        (b"PK\x03\x04", "this is a spreadsheet file, not a CSV file"),
    ] {
        assert_eq!(said(read_csv(map, bytes).unwrap_err()), [format!("old.csv:1: {why}")]);
    }
    let wrong = said(read_csv(map, b"Words\nfine\n\0\nmore\n").unwrap_err());
    assert!(wrong.len() == 1 && wrong[0].starts_with("old.csv:3: column \"Words\": "), "{wrong:?}");
    let open = read_csv(map, b"Words\nfine\n\"not\nclosed\n").unwrap_err();
    assert_eq!(said(open), ["old.csv:3: a quotation mark is opened and never closed"]);
    let long = format!("Words\n{}\n", "a".repeat(100_001));
    assert!(said(read_csv(map, long.as_bytes()).unwrap_err())[0].contains("100000 is the most"));
}

#[test]
fn columns_must_agree_with_the_mapping_file() {
    let map = "survey = 'old'\nignore = ['ID']\n[column.Words]\nquestion = 'words'\n[column.Team]\nquestion = 'team'";
    let wrong = said(read_csv(map, b"Wrods,Team,Team,Extra\n").unwrap_err());
    assert_eq!(
        wrong,
        [
            "map.toml:2:11: old.csv has no column `ID`",
            "map.toml:3:9: old.csv has no column `Words`",
            "old.csv:1: column \"Wrods\": the mapping file does not speak of this column",
            "old.csv:1: column \"Team\": there are two columns of this name",
            "old.csv:1: column \"Extra\": the mapping file does not speak of this column",
        ]
    );
}

#[test]
fn everything_that_is_wrong_with_a_mapping_file_is_listed_at_its_place() {
    let map = r#"survey = "new"
encodnig = "utf-8"
separator = "pipe"
missing = { "x" = "gone" }
ignore = ["Team"]
[values.unused]
a = "b"
[column.Team]
question = "taem"
[column.Pay]
question = "why"
[column.Score]
question = "score"
values = "agreement"
[column.Left]
question = "left"
[column.More]
values = {}
[multiple.why]
not_chosen = [1]
columns = { Pay = "money" }
"#;
    let wrong = said(Map::read("map.toml", map, &old()).unwrap_err());
    let expected = [
        "1:10: the file is for the survey `new`",
        "2:1: `encodnig` is not a key",
        "3:13: `separator` cannot be `pipe`",
        "4:19: `gone` is no reason",
        "6:9: no column uses the value list `unused`",
        "8:9: the column `Team` has been spoken of before",
        "9:12: the survey has no question `taem`",
        "11:12: one column holds several answers",
        "14:10: a rating question has no use for `values`",
        "16:12: the column does not say how a month is written",
        "17:9: the column has no `question`",
        "19:11: the multiple choice has no `chosen`",
        "19:11: the multiple choice has no `not_chosen`",
        "19:11: the question `why` has a column already",
        "20:15: `not_chosen` must be a text",
        "21:19: `why` has no option `money`",
    ];
    for (wrong, expected) in wrong.iter().zip(expected) {
        assert!(wrong.starts_with(&format!("map.toml:{expected}")), "{wrong}\n{expected}");
    }
    assert_eq!(wrong.len(), expected.len(), "{wrong:#?}");
    assert_eq!(said(Map::read("map.toml", "survey = ", &old()).unwrap_err()).len(), 1);
}

#[test]
fn the_manual_names_every_key_and_no_other() {
    let mut documented: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut here = "";
    for line in README.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            here = heading.split('`').nth(1).unwrap_or("");
        } else if let Some(key) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next()) {
            documented.entry(here).or_default().insert(key);
        }
    }
    let keys = |keys: &[&'static str]| keys.iter().copied().collect::<BTreeSet<_>>();
    let known = [("file", keys(&FILE_KEYS)), ("column", keys(&COLUMN_KEYS)), ("multiple", keys(&MULTIPLE_KEYS))];
    assert_eq!(documented, BTreeMap::from(known));
    for (name, _) in map::MonthFormat::NAMES {
        assert!(README.contains(&format!("`{name}`")), "{name}");
    }
    for name in map::NoAnswer::NAMES.map(|(n, _)| n).into_iter().chain(map::SEPARATORS.map(|(n, _)| n)) {
        assert!(README.contains(&format!("`{name}`")), "{name}");
    }
    for (name, _) in map::Encoding::NAMES {
        assert!(README.contains(&format!("`{name}`")), "{name}");
    }
}

fn dete() -> Survey {
    survey::parse(include_str!("../../../surveys/examples/dete.toml")).unwrap().survey
}

#[test]
fn the_manual_s_example_is_right() {
    let example = README.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    Map::read("README.md", example, &dete()).unwrap();
}

/// Figures that a few lines of Python counted in the fixture.
#[test]
fn the_example_reads_a_file_of_its_shape() {
    let survey = dete();
    let map = Map::read("dete-map.toml", include_str!("../../../surveys/examples/dete-map.toml"), &survey).unwrap();
    let csv = include_bytes!("../../../tests/it/fixtures/dete-small.csv");
    let import = read(&map, &survey, "dete-small.csv", csv, |_| {}).unwrap();
    assert_eq!(import.people.len(), 40);
    let count = |question: &str, is: &dyn Fn(&Answer) -> bool| {
        import.people.iter().filter(|answers| answers.get(question).is_some_and(is)).count()
    };
    let one = |question: &str, option: &str| count(question, &|answer| *answer == Answer::One(code(option)));
    let has = |question: &str, option: &str| count(question, &|answer| answer.has(&code(option)));
    let given = |question: &str| count(question, &|answer| !matches!(answer, Answer::Missing(_)));
    let separations = ["age_retirement", "other_employer", "early_retirement", "other", "moved_away", "other_reasons"];
    assert_eq!(separations.map(|option| one("separation_type", option)), [9, 10, 6, 5, 4, 3]);
    let morale = ["strongly_agree", "agree", "neutral", "disagree", "strongly_disagree"];
    assert_eq!(morale.map(|point| one("staff_morale", point)), [7, 13, 9, 6, 4]);
    assert_eq!((given("factors"), has("factors", "work_life_balance"), has("factors", "none")), (40, 10, 8));
    assert_eq!(count("factors", &|answer| *answer == many(&[])), 1);
    let contradicts = |answer: &Answer| matches!(answer, Answer::Many(all) if all.len() > 1 && all.contains("none"));
    assert_eq!(count("factors", &contradicts), 1);
    let background = ["aboriginal", "torres_strait", "south_sea", "disability", "nesb"];
    assert_eq!(given("background"), 29);
    assert_eq!(background.map(|option| has("background", option)), [0, 2, 1, 1, 2]);
    assert_eq!((given("role_start_year"), given("start_year"), given("region"), given("left_in")), (33, 36, 34, 39));
    assert_eq!((given("position"), given("age"), one("gender", "female"), one("gender", "male")), (39, 38, 27, 8));
    let asked: usize = import.questions.iter().map(|tally| tally.not_asked).sum();
    assert_eq!((import.questions.len(), asked), (survey.questions().count(), 0));
}
