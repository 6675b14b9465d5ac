//! The surveys that come with the program: files of `surveys/`.

/// File name without its ending, and content, in the order in which to offer them.
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    &[
        ("exit", include_str!("../../surveys/exit.toml")),
        ("retention", include_str!("../../surveys/retention.toml")),
        ("newly-qualified", include_str!("../../surveys/newly-qualified.toml")),
        ("agency", include_str!("../../surveys/agency.toml")),
    ]
}

#[cfg(test)]
mod tests {
    use super::shipped;
    use crate::survey::{Answer, Answers, Choice, Code, Question, QuestionKind, Survey, parse};
    use std::collections::{BTreeMap, BTreeSet};

    fn surveys() -> Vec<Survey> {
        shipped()
            .iter()
            .map(|(name, source)| parse(source).unwrap_or_else(|problems| panic!("{name}: {problems:#?}")).survey)
            .collect()
    }

    fn survey(code: &str) -> Survey {
        surveys().into_iter().find(|survey| survey.code.as_str() == code).unwrap()
    }

    fn codes(survey: &Survey, question: &str) -> BTreeSet<String> {
        let question = survey.question(question).unwrap_or_else(|| panic!("{} has no {question}", survey.code));
        question.choices().iter().map(|choice| choice.code.to_string()).collect()
    }

    fn without(mut codes: BTreeSet<String>, left_out: &[&str]) -> BTreeSet<String> {
        codes.retain(|code| !left_out.contains(&code.as_str()));
        codes
    }

    /// The reasons that a survey can ask stayers and leavers alike.
    fn factors() -> BTreeSet<String> {
        without(codes(&survey("exit"), "reasons"), &["retirement", "contract_ended", "other", "none"])
    }

    /// A slow reader's seconds, on a phone, who is asked everything: 5 for a
    /// question and 1 for each of its options, 6 for a row of a grid, 8 for a
    /// rating, 12 for something to type, 40 for a text, 5 for a page, and 45 for
    /// the first page and for checking the answers.
    fn seconds(survey: &Survey) -> usize {
        let of_question = |question: &Question| match &question.kind {
            QuestionKind::Single { choices } | QuestionKind::Multiple { choices } => 5 + choices.len(),
            QuestionKind::Scale { .. } => 6,
            QuestionKind::Rating { .. } => 8,
            QuestionKind::Number { .. } | QuestionKind::Month { .. } => 12,
            QuestionKind::Text { .. } => 40,
        };
        45 + 5 * survey.sections.len() + survey.questions().map(of_question).sum::<usize>()
    }

    #[test]
    fn nothing_is_wrong_with_any_and_nothing_is_untranslated() {
        for (name, source) in shipped() {
            let checked = parse(source).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
            assert!(checked.warnings.is_empty(), "{name}: {:#?}", checked.warnings);
            assert_eq!(checked.survey.code.as_str().replace('_', "-"), *name);
        }
    }

    #[test]
    fn every_file_in_the_folder_ships() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/surveys");
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()))
            .collect();
        assert_eq!(there, shipped().iter().map(|(name, _)| (*name).to_owned()).collect());
    }

    #[test]
    fn each_takes_as_long_as_it_says_and_less_than_ten_minutes() {
        for survey in surveys() {
            let minutes = seconds(&survey).div_ceil(60);
            assert_eq!(usize::try_from(survey.minutes).unwrap(), minutes, "{}", survey.code);
            assert!(minutes < 10, "{} takes {minutes} minutes", survey.code);
        }
    }

    #[test]
    fn leavers_and_stayers_are_compared_factor_by_factor() {
        let (exit, retention) = (survey("exit"), survey("retention"));
        assert_eq!(codes(&exit, "reasons"), codes(&retention, "leave_reasons"));
        assert_eq!(without(codes(&exit, "reasons"), &["none"]), codes(&exit, "main_reason"));
        for (survey, question) in [(&retention, "stay_reasons"), (&retention, "stay_changes"), (&exit, "stay_changes")]
        {
            assert_eq!(without(codes(survey, question), &["other", "none"]), factors(), "{question}");
        }
        for survey in [&exit, &retention] {
            let rated: BTreeSet<String> = survey
                .questions()
                .filter_map(|question| Some(question.code.as_str().strip_prefix("satisfaction_")?.to_owned()))
                .collect();
            assert_eq!(rated, without(factors(), &["agency_offer"]), "{}", survey.code);
        }
    }

    #[test]
    fn one_code_asks_one_thing_whatever_the_survey() {
        let mut known: BTreeMap<Code, (&str, Vec<Choice>)> = BTreeMap::new();
        let all = surveys();
        for question in all.iter().flat_map(Survey::questions) {
            let this = (question.type_name(), question.choices().to_vec());
            let first = known.entry(question.code.clone()).or_insert_with(|| this.clone());
            assert_eq!(*first, this, "{}", question.code);
        }
    }

    #[test]
    fn the_codes_that_others_rely_on_are_there() {
        let exit = survey("exit");
        let types = [
            ("main_reason", "single"),
            ("reasons", "multiple"),
            ("destination", "single"),
            ("would_return", "single"),
            ("recommend", "rating"),
            ("stay_comment", "text"),
            ("comment", "text"),
        ];
        for (question, name) in types {
            assert_eq!(exit.question(question).unwrap().type_name(), name, "{question}");
        }
        let breakdowns: Vec<&str> = exit.breakdowns().map(|question| question.code.as_str()).collect();
        assert!(["directorate", "role", "service"].iter().all(|code| breakdowns.contains(code)), "{breakdowns:?}");
        assert!(
            codes(&exit, "directorate").is_superset(&["children", "adults", "corporate"].map(str::to_owned).into())
        );
    }

    #[test]
    fn nobody_is_asked_what_makes_no_sense_for_them() {
        let exit = survey("exit");
        let is_asked = |section: &str, question: &str, answer: &str| {
            let answer = Answer::One(Code::new(answer).unwrap());
            let answers = Answers::from([(Code::new(question).unwrap(), answer)]);
            let section = exit.sections.iter().find(|s| s.code.as_str() == section).unwrap();
            section.ask_if.as_ref().unwrap().holds(&answers)
        };
        assert!(is_asked("agency", "destination", "agency"));
        assert!(!is_asked("agency", "destination", "retired"));
        assert!(is_asked("staying", "main_reason", "workload"));
        assert!(!is_asked("staying", "main_reason", "retirement"));
        assert!(!is_asked("staying", "main_reason", "contract_ended"));
    }

    #[test]
    fn every_scale_leans_neither_way() {
        for question in surveys().iter().flat_map(Survey::questions) {
            let QuestionKind::Scale { scale } = &question.kind else { continue };
            let points: Vec<bool> =
                scale.points.iter().filter(|point| point.missing.is_none()).map(|p| p.is_favourable).collect();
            assert_eq!(points, [true, true, false, false, false], "{}", scale.code);
        }
    }

    #[test]
    fn open_questions_ask_for_no_names_and_help_the_interviewer() {
        for question in surveys().iter().flat_map(Survey::questions) {
            if let QuestionKind::Text { .. } = question.kind {
                assert!(question.prompt.is_some(), "{}", question.code);
                assert!(question.help.as_ref().unwrap().en.contains("leave out names"), "{}", question.code);
            }
        }
    }
}
