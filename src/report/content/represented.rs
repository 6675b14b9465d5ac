//! How far those who answered speak for the rest: the make-up of the answers beside
//! that of the workforce, where HR uploaded it and the release shows both.

use super::words::{list, quoted};
use super::workforce::{period, splits};
use crate::release::percent::share;
use crate::release::{Figure, Tenths};
use crate::report::model::{Block, Body, Cell, Label, Look, Row, Section, Shape, Table};
use crate::report::source::Source;
use crate::report::view::{self, QuestionView};
use crate::workforce::{By, Measure, Number, Shown};

/// One group: how many of the workforce, and of the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub code: String,
    pub label: String,
    pub people: Number,
    pub share: Tenths,
    /// Of those who said in which group they are.
    pub answers: Figure,
}

/// The groups of one breakdown.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    pub by: By,
    pub question: String,
    /// How many of the workforce there are in all.
    pub of: Number,
    pub groups: Vec<Group>,
}

/// Whom the answers are to speak for: those who left; where the campaign asks staff,
/// those in post.
pub fn measure(shown: &Shown) -> Measure {
    if shown.total.answered.is_some() { Measure::Leavers } else { Measure::Headcount }
}

/// Of every breakdown of which two groups are shown in both.
pub fn beside(source: &Source, questions: &[QuestionView]) -> Vec<Beside> {
    let Some(shown) = source.workforce else { return Vec::new() };
    let Some(of) = shown.total.number(measure(shown)) else { return Vec::new() };
    let found = splits(source).filter_map(|split| {
        let question = split.question.as_ref()?.as_str();
        let rows = &questions.iter().find(|one| one.code == question)?.total.rows;
        let groups = split.lines.iter().filter(|line| !line.is_others).filter_map(|line| {
            let code = line.group.as_ref()?.as_str();
            let people = line.number(measure(shown))?;
            Some(Group {
                code: code.to_owned(),
                label: line.label.clone(),
                people,
                share: share(people.people(), of.people())?,
                // What is as at an earlier release is of other people than the rest.
                answers: rows.iter().find(|row| row.code == code && row.as_at.is_none())?.figure?,
            })
        });
        Some(Beside { by: split.by, question: question.to_owned(), of, groups: groups.collect() })
    });
    found.filter(|beside| beside.groups.len() > 1).collect()
}

/// None: there is nothing to set them beside.
pub fn section(source: &Source, questions: &[QuestionView]) -> Option<Section> {
    let all = beside(source, questions);
    let shown = source.workforce.filter(|_| !all.is_empty())?;
    let who = who(shown);
    let mut section = Section::new("represented", format!("Whether they speak for all {who}"));
    section.say(Look::Base, format!("Beside the organisation's own figures, {}.", period(shown)));
    if let (Some(leavers), Some(staff)) = (shown.total.number(Measure::Leavers), shown.total.number(Measure::Headcount))
    {
        section.say(
            Look::Plain,
            format!(
                "{leavers} people left in that time, and {staff} were in post at its end; {} have answered since the \
                 campaign was opened, so this is no rate of response.",
                source.release.base
            ),
        );
    }
    for beside in &all {
        section.say(Look::Plain, verdict(beside, who));
        section.blocks.push(Block::Table(table(beside, who)));
    }
    section.say(
        Look::Note,
        "A group answered more, or less, than its share where its share of the workforce's figures lies outside the \
         interval. Groups that are not published in both are left out.",
    );
    Some(section)
}

fn who(shown: &Shown) -> &'static str {
    if measure(shown) == Measure::Leavers { "who left" } else { "in post" }
}

/// Whether a reader has to allow for who answered.
fn verdict(beside: &Beside, who: &str) -> String {
    let by = beside.by.as_str();
    let named = |found: &dyn Fn(&Group) -> bool| -> Vec<String> {
        let groups = beside.groups.iter().filter(|group| found(group));
        groups
            .map(|group| {
                format!(
                    "{} ({}% of those {who}, {}% of the answers)",
                    quoted(&group.label),
                    group.share,
                    group.answers.percent
                )
            })
            .collect()
    };
    let fewer = named(&|group| group.share > group.answers.high);
    let more = named(&|group| group.share < group.answers.low);
    let clauses: Vec<String> = [(fewer, "less"), (more, "more")]
        .into_iter()
        .filter(|(groups, _)| !groups.is_empty())
        .map(|(groups, word)| format!("{} answered {word} than their share", list(&groups)))
        .collect();
    if clauses.is_empty() {
        return format!("By {by}, the answers are made up as those {who} are, as far as their intervals can tell.");
    }
    format!(
        "By {by}, the answers do not speak evenly for all {who}: {}. Read figures of everybody with that in mind.",
        clauses.join("; ")
    )
}

fn table(beside: &Beside, who: &str) -> Table {
    let by = beside.by.as_str();
    let row = |group: &Group| {
        let staff = Cell::number(view::percent(group.share)).noted([format!("{} of {}", group.people, beside.of)]);
        let answers =
            Cell::number(view::percent(group.answers.percent)).noted([format!("{} answered", group.answers.count)]);
        Row::new(Label::new(&group.label), vec![staff, answers, Cell::number(view::interval(&group.answers))])
    };
    let heads = [
        super::words::sentence(by),
        format!("Of all {who}"),
        "Of those who answered and said so".to_owned(),
        "95% interval".to_owned(),
    ];
    Table {
        id: format!("t-represented-{}", beside.question),
        label: format!("Those who answered beside those {who}, by {by}"),
        caption: format!("By {by}"),
        shape: Shape::Figures,
        columns: heads.map(Label::new).to_vec(),
        bodies: vec![Body { head: None, rows: beside.groups.iter().map(row).collect() }],
        foot: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::release::percent::cell;
    use crate::release::{Release, sample};
    use crate::report::{Source, Template, csv, html, report};
    use crate::survey::Question;
    use crate::workforce::{self, Period, Workforce};

    /// Of 200 who answered, so many are in adults' services; the others in children's.
    fn answered_by(adults: u64) -> Release {
        let mut release = sample::release();
        let own = release.tables.iter_mut().find(|table| table.question == "directorate").unwrap();
        let cells = [("adults", adults), ("children", 200 - adults), ("housing", 0)];
        own.groups[0].base = Some(200);
        own.groups[0].cells = Some(cells.map(|(option, count)| cell(option, Some(count), 200)).to_vec());
        release
    }

    /// The page and the CSV, beside 150 leavers from adults' services and 150 from children's.
    fn beside(release: &Release, asks_leavers: bool) -> (String, String) {
        let survey = sample::survey();
        let file = "directorate,headcount,leavers\nAdults,1000,150\nChildren,3000,150\n";
        let period = Period { from: "2025-10-01".parse().unwrap(), to: "2026-09-30".parse().unwrap() };
        let whole = Workforce { period, rows: workforce::read(file.as_bytes()).unwrap().rows };
        let questions: Vec<&Question> = survey.questions().filter(|question| question.is_breakdown).collect();
        let shown = workforce::shown(&whole, &questions, 5, &|of| (asks_leavers && of.is_none()).then_some(200));
        let template = Template::default();
        let source = Source {
            release,
            survey: &survey,
            earlier: &[],
            stayers: None,
            annex: None,
            workforce: Some(&shown),
            template: &template,
            about: "/",
        };
        let page = html::page_body(&report(&source), &[]).into_string();
        (page, String::from_utf8(csv::write(&source)).unwrap())
    }

    #[test]
    fn a_reader_is_told_of_whom_the_answers_say_less_and_of_whom_more() {
        let (page, lines) = beside(&answered_by(60), true);
        assert!(page.contains("Whether they speak for all who left"));
        assert!(page.contains("300 people left in that time, and 4000 were in post at its end"), "{page}");
        let told = "“Adults” (50.0% of those who left, 30.0% of the answers) answered less than their share; “Children” \
                    (50.0% of those who left, 70.0% of the answers) answered more than their share";
        assert!(page.contains(told), "{page}");
        let line = ",Whether those who answered speak for the rest,represented,directorate,adults,";
        let line = lines.lines().find(|one| one.starts_with(line)).unwrap();
        assert!(line.ends_with(",leavers,Leavers,300,150,50.0,,,,percent"), "{line}");
    }

    #[test]
    fn what_the_intervals_allow_is_not_called_uneven_and_staff_stand_beside_staff() {
        let (page, _) = beside(&answered_by(95), true);
        assert!(page.contains("the answers are made up as those who left are"), "47.5%, 40.7 to 54.4: {page}");
        let (page, lines) = beside(&answered_by(50), false);
        assert!(page.contains("Whether they speak for all in post") && lines.contains(",headcount,"), "{page}");
        assert!(page.contains("the answers are made up as those in post are"), "25% of both: {page}");
    }

    #[test]
    fn a_group_that_is_as_at_an_earlier_release_is_left_out() {
        let mut release = answered_by(60);
        let own = release.tables.iter_mut().find(|table| table.question == "directorate").unwrap();
        let adults = own.groups[0].cells.as_mut().unwrap().first_mut().unwrap();
        (adults.as_at, adults.base) = (Some(1), Some(120));
        let (page, lines) = beside(&release, true);
        assert!(!page.contains("Whether they speak") && !lines.contains(",represented,"), "one of two is left");
    }

    #[test]
    fn one_group_alone_is_set_beside_nothing() {
        let (page, lines) = beside(&sample::release(), true);
        assert!(!page.contains("Whether they speak") && !lines.contains(",represented,"), "the others are hidden");
    }
}
