//! A release of very many responses, and DuckDB working out the same counts from the same
//! data in a file of its own.

use super::{head, row};
use crate::council::Council;
use crate::process;
use candour::demo;
use candour::response::{self, Mode};
use candour::survey::{Answer, Answers, Question, QuestionKind, Survey};
use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const CHUNK: usize = 20_000;
const BREAKDOWNS: [&str; 6] = ["directorate", "grade", "length", "age", "contract", "region"];
/// Has its own seconds and bytes printed by whatever runs a command.
const TIME: &str = "/usr/bin/time";

pub fn run(people: usize, more: usize, python: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let council = Council::new(folder.path(), None, &source(), &BREAKDOWNS)?;
    let csv = folder.path().join("answers.csv");
    let inserted = Instant::now();
    let packed = fill(&council, people, &csv, 1)?;
    row("responses made and inserted, a second", format!("{:.0}", people as f64 / inserted.elapsed().as_secs_f64()));
    let first = create(&council)?;
    let bytes = std::fs::metadata(folder.path().join("candour.db"))?.len();
    fill(&council, more, &folder.path().join("more.csv"), 2)?;
    let second = create(&council)?;
    head(&format!(
        "A release of {people} responses, {} questions, {} breakdowns",
        council.survey.questions().count(),
        BREAKDOWNS.len()
    ));
    row("bytes of a response's answers, as they are packed", format!("{packed:.0}"));
    row("bytes of the database file for each response", format!("{:.0}", bytes as f64 / people as f64));
    first.rows("the release");
    second.rows(&format!("the next, of {more} more"));
    let script = Path::new("benches/duckdb_counts.py");
    let said = Command::new(python).arg(script).arg(&csv).args(BREAKDOWNS).output()?;
    anyhow::ensure!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    row("DuckDB, the same counts from its own file, s", String::from_utf8_lossy(&said.stdout).trim());
    Ok(())
}

struct Ran {
    seconds: f64,
    cpu: f64,
    megabytes: f64,
}

impl Ran {
    fn rows(&self, what: &str) {
        row(
            &format!("{what}: seconds, of processor, MB at most"),
            format!("{:.1}, {:.1}, {:.0}", self.seconds, self.cpu, self.megabytes),
        );
    }
}

fn create(council: &Council) -> anyhow::Result<Ran> {
    let begun = Instant::now();
    let ran = Command::new(TIME)
        .args(["-f", "%U %S %M"])
        .arg(process::candour()?)
        .args(["release", "create", "--campaign", "Leavers 2026"])
        .env("CANDOUR_DATABASE", &council.database)
        .env("CANDOUR_KEY_FILE", &council.key)
        .output()?;
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    anyhow::ensure!(ran.status.success(), "{said}");
    let figures: Vec<f64> = said.lines().last().unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
    let [user, system, kilobytes] = figures[..] else { anyhow::bail!("{said}") };
    Ok(Ran { seconds: begun.elapsed().as_secs_f64(), cpu: user + system, megabytes: kilobytes * 1024.0 / 1e6 })
}

/// Puts so many people's answers into the campaign, as an import does, and into a CSV;
/// bytes of each as they are packed.
fn fill(council: &Council, people: usize, csv: &Path, seed: u64) -> anyhow::Result<f64> {
    let layout = candour::survey::layout::Layout::of(&council.survey);
    let mut out = BufWriter::new(std::fs::File::create(csv)?);
    let names: Vec<String> = council.survey.questions().flat_map(columns).collect();
    writeln!(out, "{}", names.join(","))?;
    let mut packed = 0;
    for (chunk, from) in (0..people).step_by(CHUNK).enumerate() {
        let answers = demo::answers(&council.survey, CHUNK.min(people - from), seed << 32 | chunk as u64);
        for one in &answers {
            writeln!(out, "{}", line(&council.survey, one))?;
            packed += layout.write(one).map_or(0, |bytes| bytes.len());
        }
        council.app.db.write_blocking(|conn| {
            response::record_all(conn, &council.app.keys, &council.campaign.id, Mode::Import, &council.survey, &answers)
        })?;
    }
    out.flush()?;
    Ok(packed as f64 / people as f64)
}

/// A question's columns: one for each option where several can be chosen.
fn columns(question: &Question) -> Vec<String> {
    match &question.kind {
        QuestionKind::Multiple { choices } => {
            choices.iter().map(|choice| format!("{}__{}", question.code, choice.code)).collect()
        }
        _ => vec![question.code.to_string()],
    }
}

fn line(survey: &Survey, answers: &Answers) -> String {
    let mut line = String::new();
    for question in survey.questions() {
        let answer = answers.get(&question.code);
        match &question.kind {
            QuestionKind::Multiple { choices } => {
                for choice in choices {
                    let cell = match answer {
                        Some(Answer::Many(codes)) => {
                            if codes.contains(&choice.code) {
                                "1"
                            } else {
                                "0"
                            }
                        }
                        _ => "",
                    };
                    let _ = write!(line, "{cell},");
                }
            }
            _ => {
                let codes = answer.and_then(|answer| question.counts_in(answer)).unwrap_or_default();
                let _ = write!(line, "{},", codes.first().map_or("", |code| code.as_str()));
            }
        }
    }
    line.pop();
    line
}

/// Forty questions of all types, six of which figures are split by.
fn source() -> String {
    let options = |count: usize| {
        (0..count).map(|n| format!("{{ code = \"o{n}\", label = \"Option {n}\" }}")).collect::<Vec<_>>().join(", ")
    };
    let mut out = "code = \"large\"\nkind = \"exit\"\nminutes = 10\ntitle = \"A large survey\"\n\n[scales.agreement]\npoints = [\n".to_owned();
    for (n, name) in ["agree_strongly", "agree", "neither", "disagree", "disagree_strongly"].iter().enumerate() {
        let _ = writeln!(
            out,
            "  {{ code = \"{name}\", label = \"{name}\"{} }},",
            if n < 2 { ", favourable = true" } else { "" }
        );
    }
    out.push_str("]\n\n[[section]]\ncode = \"all\"\ntitle = \"All of it\"\n");
    let mut question = |code: &str, rest: &str| {
        let _ = write!(out, "\n[[section.question]]\ncode = \"{code}\"\nlabel = \"{code}?\"\n{rest}\n");
    };
    for (n, code) in BREAKDOWNS.iter().enumerate() {
        question(
            code,
            &format!("type = \"single\"\nrequired = true\nbreakdown = true\noptions = [{}]", options(5 + n % 4)),
        );
    }
    for n in 0..20 {
        question(&format!("view{n}"), "type = \"scale\"\nscale = \"agreement\"");
    }
    for n in 0..6 {
        question(&format!("reasons{n}"), &format!("type = \"multiple\"\noptions = [{}]", options(12)));
    }
    for n in 0..5 {
        question(&format!("choice{n}"), &format!("type = \"single\"\noptions = [{}]", options(7)));
    }
    for n in 0..3 {
        question(&format!("rating{n}"), "type = \"rating\"\nlow = \"not at all\"\nhigh = \"very\"\nfavourable = 7");
    }
    out
}
