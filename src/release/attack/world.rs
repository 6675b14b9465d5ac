//! An invented place to attack: a survey, people who come in batches and what they
//! answer, and the releases about them as Candour makes them.

use super::equations::Place;
use super::structure::{Cut, Pair, Structure, options};
use crate::release::Unsafe;
use crate::release::make::{Made, Terms, make};
use crate::release::model::{Cell, Group, Release};
use crate::release::{UptakeCounts, sample};
use crate::survey::{self, Answer, Answers, Code, Survey};
use std::collections::BTreeMap;
use std::fmt;

pub const TEAMS: [&str; 4] = ["north", "south", "east", "west"];
pub const AREAS: [&str; 3] = ["upland", "lowland", "coast"];
pub const HAPPY: [&str; 3] = ["yes", "no", "partly"];
pub const REASONS: [&str; 3] = ["pay", "workload", "none_of_these"];
pub const MORALE: [&str; 3] = ["agree", "neither", "disagree"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Areas {
    /// The campaign does not split by them.
    No,
    Apart,
    Crossed,
    /// Each team is in one: the first two in upland, the others in lowland.
    Around,
}

#[derive(Clone, Debug)]
pub struct Shape {
    pub teams: usize,
    pub areas: Areas,
    /// Which of `happy`, `reasons` and `morale` are asked; no `reasons` without `happy`.
    pub asks: [bool; 3],
    /// Whether reasons are asked only of those who are not happy.
    pub is_conditional: bool,
    pub k: u32,
    pub protection: u32,
    pub is_strict: bool,
}

/// Positions among the options; none: skipped, or not asked.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Person {
    pub team: Option<usize>,
    pub area: Option<usize>,
    pub happy: Option<usize>,
    pub reasons: Option<Vec<usize>>,
    pub morale: Option<usize>,
}

#[derive(Clone)]
pub struct World {
    pub shape: Shape,
    pub survey: Survey,
    pub batches: Vec<Vec<Person>>,
}

impl World {
    pub fn new(shape: Shape, batches: Vec<Vec<Person>>) -> World {
        let source = survey_source(&shape);
        let survey = survey::parse(&source).unwrap_or_else(|problems| panic!("{problems:?}\n{source}")).survey;
        World { shape, survey, batches }
    }

    pub fn structure(&self) -> Structure<'_> {
        let breakdowns = self.breakdowns();
        let is_pair = matches!(self.shape.areas, Areas::Crossed | Areas::Around);
        let is_crossed = self.shape.areas == Areas::Crossed;
        let pair = || Pair { breakdowns: (code("team"), code("area")), is_crossed, never: self.never() };
        Structure { survey: &self.survey, pairs: if is_pair { vec![pair()] } else { Vec::new() }, breakdowns }
    }

    fn breakdowns(&self) -> Vec<Code> {
        let names = if self.shape.areas == Areas::No { vec!["team"] } else { vec!["team", "area"] };
        names.into_iter().map(code).collect()
    }

    /// Teams with areas that they are not in.
    fn never(&self) -> Vec<(Option<Code>, Option<Code>)> {
        if self.shape.areas != Areas::Around {
            return Vec::new();
        }
        let teams = (0..self.shape.teams).map(Some).chain([None]);
        let pairs = teams.flat_map(|team| (0..AREAS.len()).map(Some).chain([None]).map(move |area| (team, area)));
        let apart = pairs.filter(|(team, area)| *area != team.map(|team| team / 2));
        let named = |(team, area): (Option<usize>, Option<usize>)| {
            (team.map(|team| code(TEAMS[team])), area.map(|area| code(AREAS[area])))
        };
        apart.map(named).collect()
    }

    /// All releases, one for each batch; or those before the first that was refused.
    pub fn releases(&self) -> (Vec<Release>, Option<Unsafe>) {
        let mut releases: Vec<Release> = Vec::new();
        for number in 1..=self.batches.len() {
            match self.release_after(&releases, number) {
                Ok(release) => releases.push(release),
                Err(refusal) => return (releases, Some(refusal)),
            }
        }
        (releases, None)
    }

    fn release_after(&self, earlier: &[Release], number: usize) -> Result<Release, Unsafe> {
        let made = self.made_after(earlier, number)?.release;
        let release = Release { hash: number.to_string(), ..made };
        let text = serde_json::to_string(&release).expect("JSON");
        Ok(serde_json::from_str(&text).expect("a release"))
    }

    pub fn made_after(&self, earlier: &[Release], number: usize) -> Result<Made, Unsafe> {
        let crossing = (code("team"), code("area"));
        let terms = Terms {
            min_base: self.shape.k,
            protection: self.shape.protection,
            strict: self.shape.is_strict,
            breakdowns: self.breakdowns(),
            crossings: if self.shape.areas == Areas::Crossed { vec![crossing] } else { Vec::new() },
            uptake: UptakeCounts::default(),
            ..sample::terms()
        };
        make(terms, &self.survey, earlier, self.responses(number))
    }

    fn responses(&self, batches: usize) -> Vec<(u32, Answers)> {
        let numbered = (1..).zip(&self.batches[..batches]);
        numbered.flat_map(|(batch, people)| people.iter().map(move |person| (batch, person.answers()))).collect()
    }

    /// The same people in one batch after the other, as `counted` counts them.
    pub fn people_in(&self, place: &Place) -> i64 {
        let batch = usize::try_from(place.batch).expect("small") - 1;
        let people = self.batches[batch].iter().filter(|person| person.is_in(&place.cut));
        let counts = |person: &&Person| match &place.question {
            None => true,
            Some(question) => {
                let chosen = person.chosen(question);
                let has = |option: &String| chosen.as_ref().is_some_and(|chosen| chosen.contains(&option.as_str()));
                chosen.is_some() && place.option.as_ref().is_none_or(has)
            }
        };
        i64::try_from(people.filter(counts).count()).expect("few")
    }
}

/// Short enough to be read: `north/-: no [0, 1] -` came so many times.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}", self.shape)?;
        for (batch, people) in (1..).zip(&self.batches) {
            let mut alike: BTreeMap<String, usize> = BTreeMap::new();
            for person in people {
                *alike.entry(format!("{person:?}")).or_default() += 1;
            }
            let alike: Vec<String> = alike.iter().map(|(person, times)| format!("{times} x {person}")).collect();
            writeln!(f, "  batch {batch}: {}", alike.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |names: &[&'static str], at: Option<usize>| at.map_or("-", |at| names[at]);
        write!(f, "{}/{}: {}", name(&TEAMS, self.team), name(&AREAS, self.area), name(&HAPPY, self.happy))?;
        write!(f, " {:?} {}", self.reasons, name(&MORALE, self.morale))
    }
}

impl Person {
    fn is_in(&self, cut: &Cut) -> bool {
        cut.iter().all(|(breakdown, value)| {
            let own = if breakdown == "team" { self.team.map(|at| TEAMS[at]) } else { self.area.map(|at| AREAS[at]) };
            own == value.as_deref()
        })
    }

    fn chosen(&self, question: &str) -> Option<Vec<&'static str>> {
        match question {
            "happy" => self.happy.map(|at| vec![HAPPY[at]]),
            "morale" => self.morale.map(|at| vec![MORALE[at]]),
            _ => self.reasons.as_ref().map(|reasons| reasons.iter().map(|at| REASONS[*at]).collect()),
        }
    }

    fn answers(&self) -> Answers {
        let one = |name: &str| Answer::One(code(name));
        let mut answers = Answers::new();
        let mut add = |question: &str, answer: Option<Answer>| {
            answers.extend(answer.map(|answer| (code(question), answer)));
        };
        add("team", self.team.map(|at| one(TEAMS[at])));
        add("area", self.area.map(|at| one(AREAS[at])));
        add("happy", self.happy.map(|at| one(HAPPY[at])));
        add("morale", self.morale.map(|at| one(MORALE[at])));
        let reasons = self.reasons.as_ref().map(|all| all.iter().map(|at| code(REASONS[*at])).collect());
        add("reasons", reasons.map(Answer::Many));
        answers
    }
}

fn code(name: &str) -> Code {
    sample::code(name)
}

fn survey_source(shape: &Shape) -> String {
    let listed = |names: &[&str], of: fn(&str) -> &str| -> String {
        names.iter().map(|name| format!("{{ code = \"{name}\", label = \"{name}\"{} }}, ", of(name))).collect()
    };
    let plain = |names: &[&str]| listed(names, |_| "");
    let reasons = listed(&REASONS, |name| if name == "none_of_these" { ", exclusive = true" } else { "" });
    let morale = listed(&MORALE, |name| if name == "agree" { ", favourable = true" } else { "" });
    let question = |code: &str, kind: &str, rest: &str| {
        format!("[[section.question]]\ncode = \"{code}\"\ntype = \"{kind}\"\nlabel = \"{code}?\"\n{rest}\n")
    };
    let options = |options: String| format!("options = [{options}]");
    let breakdown = |names: &[&str]| format!("breakdown = true\n{}", options(plain(names)));
    let mut source = format!(
        "code = \"exit\"\nkind = \"exit\"\nminutes = 3\ntitle = \"Leaving\"\n[scales.agreement]\npoints = [{morale}]\n\
         [[section]]\ncode = \"all\"\ntitle = \"All\"\n"
    );
    source += &question("team", "single", &breakdown(&TEAMS[..shape.teams]));
    if shape.areas != Areas::No {
        source += &question("area", "single", &breakdown(&AREAS));
    }
    let [happy, asks_reasons, asks_morale] = shape.asks;
    if happy {
        source += &question("happy", "single", &options(plain(&HAPPY)));
    }
    if asks_morale {
        source += &question("morale", "scale", "scale = \"agreement\"");
    }
    if asks_reasons {
        source += "[[section]]\ncode = \"why\"\ntitle = \"Why\"\n";
        let asked_if =
            if shape.is_conditional { "ask_if = [{ question = \"happy\", any_of = [\"no\"] }]\n" } else { "" };
        source += &question("reasons", "multiple", &format!("{asked_if}{}", options(reasons)));
    }
    source
}

/// The codes of a question's options, for the tests.
pub fn codes(survey: &Survey, question: &str) -> Vec<String> {
    options(survey.question(question).expect("a question")).iter().map(Code::to_string).collect()
}

/// Releases as short as can be read: each table's groups, with `base [counts]`.
pub fn told(releases: &[Release]) -> String {
    let mut text = String::new();
    for release in releases {
        text += &format!("release {}: {} responses\n", release.number, release.base);
        for table in &release.tables {
            let number = |number: Option<u64>| number.map_or("-".to_owned(), |number| number.to_string());
            let as_at = |release: Option<u32>| release.map_or(String::new(), |release| format!("@{release}"));
            let cell = |cell: &Cell| format!("{}{}", number(cell.count), as_at(cell.as_at));
            let group = |group: &Group| {
                let cells: Vec<String> = group.cells.iter().flatten().map(cell).collect();
                let name = group.group.as_deref().unwrap_or("all");
                format!("{name} {}{} {cells:?}", number(group.base), as_at(group.as_at))
            };
            let groups: Vec<String> = table.groups.iter().map(group).collect();
            let by = table.breakdown.as_deref().unwrap_or("total");
            text += &format!("  {} by {by}: {}\n", table.question, groups.join("; ").replace('"', ""));
        }
    }
    text
}
