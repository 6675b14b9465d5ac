//! Percentages and intervals as the product prints them, beside those of statsmodels,
//! which Python's statisticians use: every digit, to a base of 400.
//!
//! Both round half-up to a tenth. The product finds the ends of Wilson's interval in
//! whole numbers and so exactly; statsmodels' are floating point numbers, of which
//! `tests/intervals.py` makes sure that none is so near a half that this could matter.

use crate::support::python;
use candour::release::difference::{Share, difference};
use candour::release::percent::figure;

/// What statsmodels says, a line each: the numbers of people, then the figures as they
/// are printed.
fn said(arguments: &[&str], numbers: usize) -> Vec<(Vec<u64>, String)> {
    let done = python("tests/intervals.py").args(arguments).output().expect("python3 is missing");
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "is python3-statsmodels there? tests/run installs it: {complaint}");
    let text = String::from_utf8(done.stdout).unwrap();
    let line = |line: &str| {
        let mut parts = line.splitn(numbers + 1, ',');
        let people = parts.by_ref().take(numbers).map(|number| number.parse().unwrap()).collect();
        (people, parts.next().unwrap().to_owned())
    };
    text.lines().skip(1).map(line).collect()
}

fn wilson(people: &[u64]) -> String {
    let found = figure(people[0], people[1]).unwrap();
    format!("{},{},{}", found.percent, found.low, found.high)
}

fn newcombe(people: &[u64]) -> String {
    let [from, to] = [0, 2].map(|at| Share { count: people[at], base: people[at + 1] });
    let found = difference(from, to).unwrap();
    format!("{},{},{}", found.points, found.low, found.high)
}

/// Those that are printed otherwise, and how many there were.
fn differing(said: &[(Vec<u64>, String)], ours: fn(&[u64]) -> String) -> Vec<String> {
    let differs = |(people, theirs): &(Vec<u64>, String)| {
        let ours = ours(people);
        (ours != *theirs).then(|| format!("{people:?}: {ours}, and not {theirs}"))
    };
    said.iter().filter_map(differs).collect()
}

#[test]
fn every_count_of_every_base_to_400_is_printed_as_statsmodels_has_it() {
    let said = said(&["wilson"], 2);
    assert_eq!(said.len(), (1..=400).map(|base| base + 1).sum::<usize>());
    assert_eq!(differing(&said, wilson), [""; 0]);
}

#[test]
fn differences_with_bases_to_400_are_printed_as_statsmodels_has_them() {
    let said = said(&["newcombe"], 4);
    assert!(said.len() > 80_000 && said.iter().any(|(people, _)| people[1] == 400 && people[3] == 400));
    assert_eq!(differing(&said, newcombe), [""; 0]);
}

/// The tests above are able to fail: even by the 1.96 of the textbooks, which is too much
/// by four hundred-thousandths.
#[test]
fn statsmodels_with_another_z_says_something_else() {
    for (z, least) in [("1.9", 60_000), ("1.96", 50)] {
        let found = differing(&said(&["wilson", z], 2), wilson).len();
        assert!(found > least, "z = {z}: {found} of 80,600");
        let found = differing(&said(&["newcombe", z], 4), newcombe).len();
        assert!(found > least, "z = {z}: {found} of 86,400");
    }
}
