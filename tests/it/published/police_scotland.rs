//! Police Scotland's exit survey to August 2022, by a Freedom of Information request:
//! percentages of reasons, of which officers could choose several, and no base.

use super::printed::{Printed, column};
use crate::backup::installation::run;
use crate::support::TestApp;
use crate::support::employer::{CAMPAIGN, Employer};

const SURVEY: &str = r#"
code = "leaving"
kind = "exit"
minutes = 2
title = "Leaving"

[[section]]
code = "why"
title = "Why"

[[section.question]]
code = "reasons"
type = "multiple"
label = "Why did you leave?"
options = [
    { code = "advancement", label = "Career advancement" },
    { code = "change", label = "Career change" },
    { code = "resources", label = "Lack of resources" },
    { code = "pattern", label = "Working pattern" },
    { code = "recognition", label = "Lack of recognition" },
    { code = "other", label = "Something else" },
]
"#;

const MAP: &str = r#"
survey = "leaving"

[multiple.reasons]
chosen = ["yes"]
not_chosen = ["no"]

[multiple.reasons.columns]
A = "advancement"
B = "change"
C = "resources"
D = "pattern"
E = "recognition"
F = "other"
"#;

/// Tenths of a per cent, as printed; the last as "16".
const PRINTED: [u64; 5] = [362, 319, 202, 202, 160];
/// What they are of 94 people, in the order of the survey, and so many who chose
/// something else: that, and who chose what together, is made up.
const COUNTS: [usize; 6] = [34, 30, 19, 19, 15, 21];
const PEOPLE: usize = 94;

/// The questionnaire as a file: of each reason, the people from where the last one's end.
fn answers() -> String {
    let mut rows = vec![["no"; 6]; PEOPLE];
    let mut next = 0;
    for (reason, count) in COUNTS.into_iter().enumerate() {
        for person in next..next + count {
            rows[person % PEOPLE][reason] = "yes";
        }
        next += count;
    }
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    format!("A,B,C,D,E,F\n{}", lines.collect::<String>())
}

on_both! {
    /// The same percentages, but each beside its count and its base, which they would
    /// have told anyhow: that is the next test.
    fn police_scotland_is_printed_with_the_base_that_it_kept_to_itself(app: TestApp) {
        let force = Employer::asks(&app, "Police Scotland", SURVEY, true);
        let [map, file] = [("map.toml", MAP.to_owned()), ("answers.csv", answers())].map(|(name, text)| {
            let path = app.folder().join(name);
            std::fs::write(&path, text).unwrap();
            path.display().to_string()
        });
        let done = run(&app, &["import", "--campaign", CAMPAIGN, "--map", &map, &file]);
        assert!(done.status.success(), "{done:?}");
        let report = Printed::next(&force);
        let answers = report.answers("reasons");
        assert_eq!(column(&answers, 1), ["34", "30", "19", "19", "15", "21"]);
        assert_eq!(column(&answers, 2), ["36.2%", "31.9%", "20.2%", "20.2%", "16.0%", "22.3%"]);
        assert_eq!(
            report.base("reasons"),
            "94 people answered. Percentages add to more than 100 because people could choose several."
        );
        assert_eq!(
            report.sentences(),
            [
                "94 people answered; how many were offered an interview is not published.",
                "Asked “Why did you leave?”, people chose “Career advancement” (36.2%), “Career change” (31.9%), \
                 “Something else” (22.3%), “Lack of resources” (20.2%) and “Working pattern” (20.2%) most; these \
                 intervals overlap, so which of them comes first is not certain.",
                "This is the first release, so there is nothing yet to compare it with.",
                "How many did not answer is not published: take the figures as those of the people who did.",
            ],
            "that most left for advancement is not what the figures say"
        );
    }
}

/// Below 163 there is one: whoever prints a decimal prints the base. "16" as "16.0":
/// to be sure that it is, everything else of this force is to one decimal.
#[test]
fn five_percentages_of_police_scotland_fit_94_people_and_no_other_number_below_163() {
    let tenths = |count: u64, base: u64| (2000 * count + base) / (2 * base);
    let fits = |base: &u64| PRINTED.iter().all(|printed| (0..=*base).any(|count| tenths(count, *base) == *printed));
    assert_eq!((1..=213).filter(fits).collect::<Vec<_>>(), [94, 163, 188, 213]);
    let counts: Vec<u64> =
        PRINTED.iter().map(|printed| (0..=94).find(|n| tenths(*n, 94) == *printed).unwrap()).collect();
    assert_eq!(counts, [34, 30, 19, 19, 15]);
}
