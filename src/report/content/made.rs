//! The last part of a report: by which rules its figures were made, what it means that
//! some are not there, and what was asked.

use super::questionnaire;
use super::words::day;
use crate::release::{Policy, Release};
use crate::report::model::{Block, Look, NOT_PUBLISHED, Section, Span};
use crate::report::source::Source;
use crate::report::template::Part;

pub fn part(source: &Source) -> Section {
    let release = source.release;
    let mut part = Section::new("made", Part::Made.title());
    part.say(
        Look::Plain,
        "Each percentage is of those who were asked the question and answered it. \u{201c}Prefer not to say\u{201d}, \
         \u{201c}do not know\u{201d} and \u{201c}not applicable\u{201d} are not counted. Percentages are rounded to one \
         decimal, a half upwards, and are not made to add to 100; the number of people stands beside each, so that its digits \
         tell nothing more.",
    );
    part.say(
        Look::Plain,
        "The 95% interval (Wilson) says how far a percentage can be trusted: had the same kind of people answered again, it \
         would hold the true share 19 times in 20. It is wide where few answered.",
    );
    not_published(&release.policy, &mut part);
    if release.tables.iter().any(|table| table.others.is_some()) {
        others(&mut part);
    }
    part.say(
        Look::Plain,
        format!(
            "\u{201c}As at release 1\u{201d} means that the figures are those of that release: fewer than {} people have come \
             since, or newer figures would give away so few.",
            release.policy.least()
        ),
    );
    if !source.earlier.is_empty() {
        part.say(
            Look::Plain,
            "A change is by how many points the percentage of those who answered since the release before is above that of \
             those who had answered by then; its 95% interval is Newcombe's, for two lots of people of whom nobody is in both.",
        );
    }
    part.say(Look::Plain, "This release is frozen: its figures never change. The next has a new number.");
    part.blocks.push(Block::Facts(facts(release, source.about)));
    part.sections.push(questionnaire::section(source.survey));
    part
}

fn not_published(policy: &Policy, part: &mut Section) {
    let k = policy.k();
    part.write(
        Look::Plain,
        vec![
            Span::Anchor("not-published".to_owned()),
            Span::Term(NOT_PUBLISHED.to_owned()),
            Span::text(format!(
                " means not published; in the spreadsheets it is [c]. No figure is about fewer than {k} people. A group is not shown if fewer than {k} are in \
                 it, or none, or if its figures would give away those of a group that small by subtraction or by comparing \
                 releases. All of these look the same."
            )),
        ],
    );
    if let Some(width) = policy.protection {
        part.say(
            Look::Plain,
            format!(
                "Before this release was frozen, an attack on all figures of all releases so far was made to put them together in \
                 every way: it cannot show that 1 to {} people are in a group that is not shown, and where it leaves open how many \
                 they are, the least and the most that it finds are {width} or more apart.",
                k.saturating_sub(1)
            ),
        );
    }
    if policy.strict {
        part.say(
            Look::Plain,
            format!(
                "Stricter rules apply, for publication to the world: within a group that is shown, too, no answer has a figure \
                 that 1 to {few} people gave, or that all but 1 to {few} gave; neighbouring answers may be shown as one instead; and \
                 no group is shown in which everybody gave the same answer.",
                few = k.saturating_sub(1)
            ),
        );
    }
}

fn others(part: &mut Section) {
    part.write(
        Look::Plain,
        vec![
            Span::Anchor("others".to_owned()),
            Span::text("The last figures of a table may be of "),
            Span::Term("all others".to_owned()),
            Span::text(
                ", or have a name of their own: that is everybody less the groups that are shown. So they are the people of all \
                 groups that are not shown, those who did not say which group they are in, and, where a group's figures are as at \
                 an earlier release, those of it who came later.",
            ),
        ],
    );
}

fn facts(release: &Release, about: &str) -> Vec<(String, Vec<Span>)> {
    let policy = &release.policy;
    let text = |key: &str, value: String| (key.to_owned(), vec![Span::Text(value)]);
    let code = |key: &str, value: &str| (key.to_owned(), vec![Span::Code(value.to_owned())]);
    let mut facts = vec![
        text("Release", format!("{}, {}", release.number, day(release))),
        text("Responses counted", release.base.to_string()),
        text("Smallest group shown", format!("{} people", policy.k())),
    ];
    if let Some(width) = policy.protection {
        let rules = if policy.strict { "Strict: answers within groups too" } else { "Standard: whole groups" };
        facts.push(text("Hidden numbers stay open by", format!("{width} people at least")));
        facts.push(text("Rules", rules.to_owned()));
    }
    let survey = format!("{}, version ", release.survey.code);
    facts.push(("Survey".to_owned(), vec![Span::Text(survey), Span::Code(release.survey.version.clone())]));
    facts.push(code("Hash (SHA-256)", &release.hash));
    facts.extend(release.previous_hash.as_ref().map(|previous| code("Hash of the release before", previous)));
    facts.extend(release.ticket_key.as_ref().map(|fingerprint| {
        let check = Span::link("What it is, and how to check it", about);
        ("Key of the tickets".to_owned(), vec![Span::Code(fingerprint.clone()), Span::text(". "), check])
    }));
    facts
}
