//! What the parser says about files, right and wrong.

use super::{MAX_BYTES, MAX_OPTIONS, published};
use crate::survey::{Answer, Code, Lang, Missing, Problem, QuestionKind, Severity, parse};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One question of every type, and nothing wrong with it.
const WHOLE: &str = include_str!("../tests/whole.toml");

fn problems(source: &str) -> Vec<Problem> {
    match parse(source) {
        Ok(checked) => checked.warnings,
        Err(problems) => problems,
    }
}

/// [`WHOLE`] with one text in place of another: the problem that this makes, on
/// the line of the new text.
fn said_of(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from), "{from} is not in the file");
    let at = WHOLE.find(from).unwrap();
    let lines =
        1 + WHOLE[..at].matches('\n').count()..=1 + WHOLE[..at].matches('\n').count() + to.matches('\n').count();
    let found = problems(&WHOLE.replacen(from, to, 1));
    let here: Vec<String> = found
        .iter()
        .filter(|problem| lines.contains(&problem.line))
        .map(|problem| format!("{}: {} | {}", problem.severity, problem.message, problem.hint))
        .collect();
    assert!(!here.is_empty(), "nothing is said about {to} on its line: {found:#?}");
    here.join("\n")
}

macro_rules! is_told {
    ($($name:ident: $from:expr => $to:expr, $($said:literal),+;)+) => { $(
        #[test]
        fn $name() {
            let said = said_of($from, $to);
            $(assert!(said.contains($said), "{:?} is not in:\n{said}", $said);)+
        }
    )+ };
}

is_told! {
    an_unknown_key_of_the_survey: "minutes = 8" => "minutes = 8\nminuts = 8", "error: the survey `whole` has an unknown key `minuts`", "did you mean `minutes`?";
    an_unknown_key_of_a_question: "required = true" => "requird = true", "the question `team` has an unknown key `requird`", "did you mean `required`?";
    an_unknown_key_of_words: "{ en = \"Pay\", cy = \"Cyflog\" }" => "{ en = \"Pay\", fr = \"Paie\" }", "unknown key `fr`";
    an_unknown_kind: "kind = \"exit\"" => "kind = \"exist\"", "there is no kind `exist`", "did you mean `exit`?";
    an_unknown_type: "type = \"multiple\"" => "type = \"multi\"", "there is no type `multi`";
    a_misspelt_type: "type = \"multiple\"" => "type = \"multipel\"", "did you mean `multiple`?";
    an_unknown_scale: "scale = \"agreement\"" => "scale = \"agreemnt\"", "no scale `agreemnt`", "did you mean `agreement`?";
    an_unknown_list: "list = \"factors\"" => "list = \"factor\"", "no list `factor`", "did you mean `factors`?";
    an_unknown_code_list: "code_list = \"dfe-org-role\"" => "code_list = \"dfe-org-rule\"", "no code list", "did you mean `dfe-org-role`?";
    minutes_out_of_range: "minutes = 8" => "minutes = 61", "`minutes` must be from 1 to 60";
    minutes_in_words: "minutes = 8" => "minutes = \"8\"", "must be a whole number without quotation marks", "this is a text";
    a_flag_in_words: "required = true" => "required = \"yes\"", "must be `true` or `false`";
    a_malformed_code: "code = \"reasons\"" => "code = \"Main reasons\"", "`Main reasons` is not a code", "write `main_reasons`";
    a_duplicate_section: "code = \"work\"" => "code = \"about_you\"", "used for an earlier section";
    a_code_for_figures_by_mode: "code = \"reasons\"" => "code = \"mode\"", "error: the code `mode` is reserved", "how people answered";
    a_duplicate_question: "code = \"reasons\"" => "code = \"team\"", "used for an earlier question";
    a_duplicate_option: "code = \"children\"" => "code = \"adults\"", "used for an earlier option";
    a_duplicate_point: "code = \"disagree\"" => "code = \"agree\"", "used for an earlier point";
    a_duplicate_band: "code = \"over_15\"" => "code = \"up_to_15\"", "used for an earlier band";
    an_empty_label: "en = \"Pay\"" => "en = \"  \"", "`label.en` is empty";
    a_label_with_a_control_character: "en = \"Pay\"" => "en = \"P\\u0000ay\"", "control character";
    words_without_english: "{ en = \"Pay\", cy = \"Cyflog\" }" => "{ cy = \"Cyflog\" }", "`label` has no `en`";
    words_without_welsh: "{ en = \"Pay\", cy = \"Cyflog\" }" => "\"Pay\"", "warning: `label` is not translated into Welsh", "cy =";
    two_options_with_one_label: "en = \"Children\"" => "en = \"adults\"", "warning: the option `children` has the same label";
    two_sources_of_options: "list = \"factors\"" => "list = \"factors\"\ncode_list = \"dfe-org-role\"", "has both `list` and `code_list`";
    a_breakdown_of_another_type: "type = \"multiple\"" => "type = \"multiple\"\nbreakdown = true", "cannot be a breakdown";
    a_name_for_others_of_no_breakdown: "type = \"multiple\"" => "type = \"multiple\"\nothers = \"Other reasons\"", "error: `others` says nothing in the question `reasons`", "add `breakdown = true`";
    a_name_for_others_that_is_empty: "en = \"Other teams\"" => "en = \"\"", "`others.en` is empty";
    a_name_for_others_without_welsh: "others = { en = \"Other teams\", cy = \"Timau eraill\" }" => "others = \"Other teams\"", "warning: `others` is not translated into Welsh";
    a_key_of_another_type: "max_length = 500" => "low = \"x\"", "`low` does not belong to a question of type `text`", "`rating`";
    a_condition_on_the_same_section: "question = \"team\"" => "question = \"reasons\"", "is in the same section";
    a_condition_on_a_later_section: "question = \"team\"" => "question = \"cases\"", "comes later";
    a_condition_on_nothing: "question = \"team\"" => "question = \"teem\"", "there is no question `teem`", "did you mean `team`?";
    a_condition_on_an_unknown_code: "any_of = [\"adults\", \"children\"]" => "any_of = [\"adult\"]", "the question `team` has no answer `adult`", "did you mean `adults`?";
    a_condition_without_codes: "any_of = [\"adults\", \"children\"]" => "any_of = []", "names no answer";
    a_condition_against_itself: "any_of = [\"adults\", \"children\"]" => "any_of = [\"adults\"], none_of = [\"adults\"]", "in `any_of` and in `none_of`";
    a_condition_on_a_rating_out_of_range: "any_of = [\"0\", 1]" => "any_of = [\"11\"]", "no answer `11`";
    a_number_upside_down: "min = 0" => "min = 200", "more than its `max`";
    a_gap_between_bands: "from = 16" => "from = 18", "no band holds 16 to 17";
    bands_that_overlap: "from = 16" => "from = 15", "begins too early", "begin at 16";
    bands_that_end_early: "to = 100 }" => "to = 90 }", "no band holds 91 to 100";
    bands_that_end_late: "to = 100 }" => "to = 900 }", "ends after `max`";
    a_favourable_rating_out_of_range: "favourable = 8" => "favourable = 11", "must be from 0 to 10";
    months_upside_down: "from = 1970" => "from = 2050", "more than its `to`";
    a_text_without_room: "max_length = 500" => "max_length = 0", "from 1 to 10000";
    an_unknown_reason: "missing = \"not_known\"" => "missing = \"unknown\"", "no reason for a missing answer";
    a_reserved_code: "code = \"dont_know\", label" => "code = \"not_applicable\", label", "another reason than its code says";
    an_unmarked_reserved_code: "code = \"adults\"" => "code = \"not_known\"", "must be marked as missing", "add missing";
    exclusive_in_a_single: "cy = \"Plant\" }" => "cy = \"Plant\" }, exclusive = true", "warning: `exclusive` says nothing";
    an_unused_scale: "[scales.agreement]" => "[scales.spare]\npoints = [{ code = \"a\", label = { en = \"A\", cy = \"A\" }, favourable = true }, { code = \"b\", label = { en = \"B\", cy = \"B\" } }]\n[scales.agreement]", "warning: no question uses the scale `spare`";
}

#[test]
fn a_whole_survey_is_read() {
    let checked = parse(WHOLE).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(checked.warnings, []);
    let survey = checked.survey;
    assert_eq!(survey.languages, Lang::ALL);
    let types: Vec<&str> = survey.questions().map(|question| question.type_name()).collect();
    assert_eq!(types, ["single", "single", "multiple", "scale", "rating", "number", "month", "text"]);
    assert!(matches!(survey.question("role").unwrap().kind, QuestionKind::Single { ref choices } if choices.len() > 3));
    assert_eq!(survey.breakdowns().count(), 1);
}

#[test]
fn an_option_that_means_missing_is_asked_about_by_its_reason() {
    let survey = parse(WHOLE).unwrap().survey;
    let condition = survey.question("leaving_date").unwrap().ask_if.as_ref().unwrap();
    let said = |missing| BTreeMap::from([(Code::new("reasons").unwrap(), Answer::Missing(missing))]);
    assert!(!condition.holds(&said(Missing::NotKnown)));
    assert!(condition.holds(&said(Missing::PreferNotToSay)));
}

#[test]
fn an_option_may_be_called_as_an_interviewer_says_of_what_was_not_asked() {
    let source = WHOLE.replace("code = \"neither\"", "code = \"not_asked\"");
    assert!(parse(&source).is_ok());
    let marked = WHOLE.replace("missing = \"not_applicable\"", "missing = \"not_asked\"");
    assert!(problems(&marked).iter().any(|problem| problem.message.contains("no reason for a missing answer")));
}

#[test]
fn every_problem_is_told_in_the_order_of_the_file() {
    let source =
        "kind = \"exit\"\nminutes = 0\n[[section]]\ncode = \"A\"\n[[section.question]]\ncode = \"q\"\ntype = \"x\"\n";
    let lines: Vec<usize> = problems(source).iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 1, 2, 3, 4, 5, 7]);
}

#[test]
fn a_survey_without_questions_is_refused() {
    let head = "code = \"a\"\nkind = \"exit\"\nminutes = 1\ntitle = \"A\"\n";
    assert!(problems(head)[0].message.contains("no `section`"));
    assert!(problems(&format!("{head}section = []\n"))[0].message.contains("asks nothing"));
    assert!(problems(&format!("{head}[[section]]\ncode = \"a\"\ntitle = \"A\"\n"))[0].message.contains("asks nothing"));
}

#[test]
fn mistakes_of_syntax_have_their_places() {
    let found = problems("code = \"a\"\ntitle = \"x\nkind = \"exit\"\nminutes = = 3\n");
    assert_eq!(found.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 4], "{found:#?}");
    assert_eq!(found[0].severity, Severity::Error);
    let twice = problems("code = \"a\"\ncode = \"b\"\n");
    assert_eq!((twice[0].line, twice[0].column), (2, 1), "{twice:#?}");
}

#[test]
fn single_brackets_and_misplaced_lines_are_explained() {
    let hints =
        |source: &str| problems(source).into_iter().map(|p| format!("{} | {}", p.message, p.hint)).collect::<String>();
    assert!(hints("[section]\ncode = \"a\"\n").contains("[[section]]"));
    assert!(hints("[[section]]\n[section.question]\n").contains("[[section.question]]"));
    assert!(hints("[[question]]\n").contains("below the [[section]]"));
    assert!(hints("[scales.a]\ntitle = \"a\"\n").contains("before the first line in square brackets"));
}

#[test]
fn stricter_checks_do_not_take_a_published_survey_away() {
    let source = WHOLE.replace("min = 0", "min = 1");
    assert!(parse(&source).is_err());
    assert_eq!(published(&source).unwrap().questions().count(), 8);
    assert!(published("code = 1").is_err());
}

#[test]
fn numbers_in_conditions_are_spelt_as_in_answers() {
    let source = WHOLE.replace("any_of = [\"0\", 1]", "any_of = [\"007\"]");
    let why = parse(&source).unwrap().survey.question("why").unwrap().ask_if.clone().unwrap();
    assert!(why.holds(&BTreeMap::from([(Code::new("recommend").unwrap(), Answer::Rating(7))])));
}

#[test]
fn columns_count_characters() {
    let found = problems("title = { en = \"Ŵŷŵ\", xx = 1 }\n");
    assert!(found.iter().any(|problem| (problem.line, problem.column) == (1, 23)), "{found:#?}");
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let other = format!("\u{feff}{}", WHOLE.replace('\n', "\r\n"));
    assert_eq!(parse(&other).unwrap().survey, parse(WHOLE).unwrap().survey);
    assert_eq!(crate::survey::hash(&other), crate::survey::hash(WHOLE));
}

#[test]
fn too_much_is_refused() {
    assert!(problems(&" ".repeat(MAX_BYTES + 1))[0].message.contains("larger than 1 MiB"));
    let section = "[[section]]\ncode = \"a\"\ntitle = \"A\"\n";
    assert!(problems(&section.repeat(51)).iter().any(|problem| problem.message.contains("50 is the most")));
    let questions = format!("{section}{}", "[[section.question]]\n".repeat(301));
    assert!(problems(&questions).iter().any(|problem| problem.message.contains("300 is the most")));
    let options = "{ code = \"a\", label = \"A\" },".repeat(MAX_OPTIONS + 1);
    let said = problems(&format!("[lists.a]\noptions = [{options}]\n"));
    assert!(said.iter().any(|problem| problem.message.contains("200 is the most")), "{said:#?}");
}

#[test]
fn a_hostile_file_costs_little() {
    let many = "a = 1\n".repeat(MAX_BYTES / 6);
    assert!(problems(&many).len() <= 1_000);
    let keys: String = (0..60_000).map(|n| format!("k{n} = 1\n")).collect();
    assert!(problems(&keys).len() <= 1_000);
    assert!(!problems(&format!("a = {}", "[".repeat(100_000))).is_empty());
    assert!(!problems(&format!("a{} = 1", ".a".repeat(100_000))).is_empty());
    assert!(!problems(&format!("code = \"{}\"", "é".repeat(400_000))).is_empty());
}

#[test]
fn shipped_surveys_have_no_problem() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/surveys");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let source = std::fs::read_to_string(&path).unwrap();
            let problems: Vec<String> = problems(&source).iter().map(Problem::to_string).collect();
            assert!(problems.is_empty(), "{}:\n{}", path.display(), problems.join("\n"));
        }
    }
}

/// [`WHOLE`] after some cuts, copies and insertions at random places.
fn mangled() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("\"".to_owned()),
        Just("]".to_owned()),
        Just("[[section]]\n".to_owned()),
        Just("[[section.question]]\n".to_owned()),
        Just(" = [ { } ]\n".to_owned()),
        Just("-99999999999999999999".to_owned()),
        Just("0x7fffffffffffffff".to_owned()),
        Just("1979-05-27".to_owned()),
        "\\PC{0,8}",
    ];
    let change = (0.0..1.0_f64, 0_usize..60, bit);
    prop::collection::vec(change, 1..8).prop_map(|changes| {
        let mut text: Vec<char> = WHOLE.chars().collect();
        for (at, cut, bit) in changes {
            #[expect(clippy::as_conversions, reason = "a place in a text of some thousand characters")]
            let at = (at * text.len() as f64) as usize;
            let end = (at + cut).min(text.len());
            text.splice(at..end, bit.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(source in "\\PC{0,300}") {
        let _ = parse(&source);
    }

    #[test]
    fn no_toml_makes_it_panic(source in "([a-z_]{1,8}( = (\"[a-z]{0,3}\"|-?[0-9]{1,3}|true|\\{ en = \"a\" \\}|\\[ \\{ code = \"a\" \\} \\]))?\n|\\[\\[section(\\.question)?\\]\\]\n|\\[(scales|lists)\\.a\\]\n){0,20}") {
        let _ = parse(&source);
    }

    #[test]
    fn a_mangled_survey_is_read_or_refused_with_places_in_it(source in mangled()) {
        let lines = source.split('\n').count();
        match parse(&source) {
            Ok(checked) => prop_assert!(checked.warnings.iter().all(|p| p.severity == Severity::Warning)),
            Err(problems) => prop_assert!(problems.iter().any(|p| p.severity == Severity::Error)),
        }
        for problem in problems(&source) {
            prop_assert!((1..=lines).contains(&problem.line), "{problem}");
            let line = source.split('\n').nth(problem.line - 1).unwrap();
            prop_assert!(problem.column <= line.chars().count() + 1, "{problem}");
        }
    }
}
