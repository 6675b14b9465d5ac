//! Numbers that do not go together, and may be right all the same: people move
//! between teams.

use super::{Counts, Measure, Row};

/// Enough to see that something is wrong with the whole file.
const MOST: usize = 20;

/// What is odd about rows (with the lines that they stand on), and about their sum.
pub(super) fn warnings(rows: &[(u64, Row)]) -> Vec<String> {
    let mut all: Vec<String> = rows
        .iter()
        .flat_map(|(line, row)| of_row(&row.counts).map(move |why| format!("Line {line}: {why}.")))
        .collect();
    if all.len() > MOST {
        let more = all.len() - MOST;
        all.truncate(MOST);
        all.push(format!("And {more} more lines like these."));
    }
    all.extend(of_all(&rows.iter().map(|(_, row)| &row.counts).collect()));
    all
}

fn of_row(counts: &Counts) -> impl Iterator<Item = String> + use<> {
    let get = |measure| counts.people(measure);
    let fte = counts.get(Measure::Fte);
    let more_left = more(get(Measure::Leavers), sum(get(Measure::HeadcountStart), get(Measure::Starters)))
        .map(|(left, there)| format!("{left} left, of {there} who were there at the start or came"));
    let stayed_of_start = more(get(Measure::Stayed), get(Measure::HeadcountStart))
        .map(|(stayed, start)| format!("{stayed} stayed, of {start} who were there at the start"));
    let stayed_of_end = more(get(Measure::Stayed), get(Measure::Headcount))
        .map(|(stayed, end)| format!("{stayed} stayed, and {end} are there at the end"));
    let more_posts = fte
        .zip(counts.get(Measure::Headcount))
        .filter(|(fte, headcount)| fte > headcount)
        .map(|(fte, headcount)| format!("{fte} full-time equivalents are {headcount} people"));
    [more_left, stayed_of_start, stayed_of_end, more_posts].into_iter().flatten()
}

/// Moves between teams cancel out in the sum.
fn of_all(counts: &Counts) -> Option<String> {
    let get = |measure| counts.people(measure);
    let (start, starters) = (get(Measure::HeadcountStart)?, get(Measure::Starters)?);
    let (leavers, end) = (get(Measure::Leavers)?, get(Measure::Headcount)?);
    (start + starters != end + leavers).then(|| {
        format!("In all, {start} at the start with {starters} starters and without {leavers} leavers are not the {end} at the end.")
    })
}

fn sum(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    Some(one? + other?)
}

/// Both, where the first is more than the second.
fn more(part: Option<u64>, whole: Option<u64>) -> Option<(u64, u64)> {
    part.zip(whole).filter(|(part, whole)| part > whole)
}
