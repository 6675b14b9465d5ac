//! The organisation's workforce over a period, beside the survey's figures: what was
//! cleared of it, with rates that say what they were worked out from.

use super::words::hidden_note;
use crate::report::model::{Block, Body, Cell, Label, Look, Row, Section, Shape, Table};
use crate::report::source::Source;
use crate::report::template::Part;
use crate::survey::Lang;
use crate::workforce::{By, Kind, Line, Measure, Number, Shown, Split};

pub fn part(source: &Source) -> Section {
    let mut part = Section::default();
    let Some(shown) = source.workforce else { return part };
    let rates = rates(&shown.total);
    if rates.is_empty() && shown.by.is_empty() {
        return part;
    }
    part = Section::new("workforce", Part::Workforce.title());
    part.say(Look::Base, format!("{}, as the organisation counted its own staff.", period(shown)));
    part.say(Look::Plain, caution(shown));
    if !rates.is_empty() {
        let columns = ["Rate", "Value", "Worked out from"];
        let body = Body { head: None, rows: rates };
        part.blocks.push(table("rates", "rates", "The whole organisation", &columns, body, None));
    }
    part.sections.extend(splits(source).map(|split| section(split, &shown.total)));
    part
}

/// The tables by the breakdowns that were chosen for the paper.
pub fn splits<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a Split> {
    let chosen = source.template.breakdowns.as_ref();
    let is_chosen = move |split: &&Split| match (&split.question, chosen) {
        (Some(question), Some(chosen)) => chosen.iter().any(|code| code == question.as_str()),
        _ => true,
    };
    source.workforce.into_iter().flat_map(|shown| &shown.by).filter(is_chosen)
}

/// "1 October 2025 to 30 September 2026".
pub fn period(shown: &Shown) -> String {
    format!("{} to {}", Lang::En.date(shown.period.from), Lang::En.date(shown.period.to))
}

fn caution(shown: &Shown) -> String {
    let of_a_period = if shown.period.is_a_year() {
        ""
    } else {
        " Turnover, stability and sickness are those of this period, not of a year: they are not to be compared with yearly \
         rates."
    };
    format!(
        "These are figures of staff, not of answers: they have no interval, because nobody was left out.{of_a_period} Who \
         answered need not have left in this period."
    )
}

fn rates(total: &Line) -> Vec<Row> {
    let known = Kind::ALL.into_iter().filter_map(|kind| total.rate(kind));
    known
        .map(|rate| {
            let head = Label::noted(rate.kind.label(), Some(rate.kind.definition().to_owned()));
            let from = Cell::words(format!("{} of {}", rate.numerator, rate.denominator));
            Row::new(head, vec![Cell::number(rate), from])
        })
        .collect()
}

fn section(split: &Split, total: &Line) -> Section {
    let (id, head) = match split.by {
        By::Directorate => ("directorates", "Directorate"),
        By::Role => ("roles", "Role"),
    };
    let mut section = Section::new(format!("workforce-{id}"), format!("By {}", split.by.as_str()));
    let people = [Measure::Headcount, Measure::Starters, Measure::Leavers].map(Figure::Number);
    let people =
        people.into_iter().chain([Figure::Answered]).chain([Kind::Turnover, Kind::Stability].map(Figure::Rate));
    let posts = [Kind::Vacancy, Kind::Agency, Kind::Sickness].map(Figure::Rate);
    let posts = std::iter::once(Figure::Number(Measure::Fte)).chain(posts);
    let tables = [("people", "Starters and leavers", people.collect::<Vec<_>>()), ("posts", "Posts", posts.collect())];
    for (name, caption, figures) in tables {
        let known: Vec<Figure> = figures.into_iter().filter(|figure| figure.is_known(split, total)).collect();
        if known.is_empty() {
            continue;
        }
        let columns: Vec<&str> = std::iter::once(head).chain(known.iter().map(|figure| figure.label())).collect();
        let row =
            |line: &Line| Row::new(Label::new(&line.label), known.iter().map(|figure| figure.cell(line)).collect());
        let body = Body { head: None, rows: split.lines.iter().map(row).collect() };
        let label = format!("{caption} by {}", split.by.as_str());
        section.blocks.push(table(&format!("{id}-{name}"), &label, caption, &columns, body, Some(row(total))));
    }
    if !split.others.is_empty() {
        section.say(Look::Note, together(split));
    }
    if section.blocks.iter().any(|block| matches!(block, Block::Table(it) if it.has_hidden())) {
        section.write(Look::Note, hidden_note());
    }
    section
}

fn together(split: &Split) -> String {
    format!(
        "Together in the last line: {}. Where so few came, left or stayed that a number would be about somebody, a group is \
         not shown by itself, and sometimes another with it, so that the first cannot be worked out.",
        split.others.join("; ")
    )
}

/// What stands in a column.
#[derive(Clone, Copy)]
enum Figure {
    Number(Measure),
    Answered,
    Rate(Kind),
}

impl Figure {
    /// Whether there is anything of it to show.
    fn is_known(self, split: &Split, total: &Line) -> bool {
        match self {
            Figure::Number(measure) => total.number(measure).is_some(),
            Figure::Answered => split.lines.iter().any(|line| line.answered.is_some()),
            Figure::Rate(kind) => total.rate(kind).is_some(),
        }
    }

    fn label(self) -> &'static str {
        match self {
            Figure::Number(measure) => measure.label(),
            Figure::Answered => "Answered",
            Figure::Rate(kind) => kind.label(),
        }
    }

    fn cell(self, line: &Line) -> Cell {
        match self {
            Figure::Number(measure) => number(line.number(measure)),
            Figure::Answered => Cell::count(line.answered),
            Figure::Rate(kind) => line.rate(kind).map_or_else(Cell::hidden, |rate| {
                Cell::number(rate).noted([format!("{} of {}", rate.numerator, rate.denominator)])
            }),
        }
    }
}

fn number(number: Option<Number>) -> Cell {
    number.map_or_else(Cell::hidden, Cell::number)
}

fn table(id: &str, label: &str, caption: &str, columns: &[&str], body: Body, foot: Option<Row>) -> Block {
    Block::Table(Table {
        id: format!("t-workforce-{id}"),
        label: format!("Workforce: {label}"),
        caption: caption.to_owned(),
        shape: Shape::Figures,
        columns: columns.iter().map(|column| Label::new(*column)).collect(),
        bodies: vec![body],
        foot: foot.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use crate::release::sample;
    use crate::report::{Source, Template, csv, html, report};
    use crate::survey::{Question, Survey};
    use crate::workforce::{self, Period, Shown, Workforce};

    const FILE: &str = "directorate,role,headcount,headcount_start,starters,leavers,stayed,fte,vacancies,agency,sickness_days\n\
                        Adults,Nurse,310,297,58,45,252,262.5,21.25,14,2618.5\n\
                        Parks,Nurse,200,200,20,20,180,180,5,0,1000\n\
                        Coast,Cook,30,29,2,1,28,25,0,0,90.5\n";

    fn shown(survey: &Survey, file: &str) -> Shown {
        let period = Period { from: "2025-10-01".parse().unwrap(), to: "2026-09-30".parse().unwrap() };
        let whole = Workforce { period, rows: workforce::read(file.as_bytes()).unwrap().rows };
        let questions: Vec<&Question> = survey.questions().filter(|question| question.is_breakdown).collect();
        workforce::shown(&whole, &questions, 5, &|_| None)
    }

    fn of<R>(file: &str, template: &Template, render: impl FnOnce(&Source) -> R) -> R {
        let (release, survey) = (sample::release(), sample::survey());
        let shown = shown(&survey, file);
        let workforce = Some(&shown);
        render(&Source {
            release: &release,
            survey: &survey,
            earlier: &[],
            stayers: None,
            annex: None,
            workforce,
            template,
            about: "/",
        })
    }

    fn page(file: &str, template: &Template) -> String {
        of(file, template, |source| html::page_body(&report(source), &[]).into_string())
    }

    #[test]
    fn rates_say_what_they_are_and_of_what() {
        let page = page(FILE, &Template::default());
        for words in [
            "1 October 2025 to 30 September 2026",
            "66 of 533",
            "12.4%",
            "460 of 526",
            "In post at the end",
            "Leavers over the period",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let (_, part) = page.split_once("id=\"workforce\"").unwrap();
        let part = part.split("id=\"made\"").next().unwrap();
        assert!(
            part.contains(">230<") && !part.contains(">30<"),
            "one left at the coast: it stands with the parks: {part}"
        );
        assert!(!page.contains("not of a year"));
    }

    #[test]
    fn every_figure_of_the_page_is_in_the_csv_too() {
        let template = Template::default();
        let text = of(FILE, &template, |source| String::from_utf8(csv::write(source)).unwrap());
        let lines: Vec<&str> = text.lines().filter(|line| line.contains(",workforce,")).collect();
        let whole = "\"Workforce, 1 October 2025 to 30 September 2026\",workforce";
        for line in [
            format!(",{whole},,,Everybody,leavers,Leavers,,66,,,,,"),
            format!(",{whole},,,Everybody,fte,Full-time equivalents,,467.5,,,,,"),
            format!(",{whole},,,Everybody,turnover,Turnover,533,66,12.4,,,,percent"),
            format!(",{whole},,,Everybody,sickness,Sickness days for each full-time equivalent,,7.9,,,,,"),
        ] {
            assert!(lines.contains(&line.as_str()), "{line}:\n{}", lines.join("\n"));
        }
    }

    #[test]
    fn a_paper_without_that_part_or_that_breakdown_says_nothing_of_it() {
        let mut template = Template { breakdowns: Some(Vec::new()), ..Template::default() };
        let numbers_only = "directorate,headcount\nAdults,310\nChildren,300\n";
        assert!(page(FILE, &template).contains("id=\"workforce\""));
        assert!(!page(numbers_only, &template).contains("workforce-directorates"));
        template.breakdowns = None;
        assert!(page(numbers_only, &template).contains("workforce-directorates"));
        template.parts.remove(&crate::report::template::Part::Workforce);
        assert!(!page(FILE, &template).contains("id=\"workforce\""));
    }
}
