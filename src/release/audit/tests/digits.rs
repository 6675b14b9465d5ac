//! What percentages give away where counts and bases are left out, and figures that
//! cannot be true.

use super::made::{attacked, cell, found, hidden, release, shown, table};
use crate::release::audit::digits::{Printed, Row, Terms};
use crate::release::audit::published::{Known, Node};
use crate::release::audit::reading::read;
use crate::release::model::{Cell, Group, Others, Release, Table, Tenths};

const NONE: [&str; 0] = [];
const TERMS: Terms = Terms { decimals: 1, people: 162, width: 5 };

/// Five reasons of officers who left, as a police force published them: FACTS.md, U5.
const FIVE: [u32; 5] = [362, 319, 202, 202, 160];

fn percentage(tenths: u32) -> Printed {
    Printed { percent: Some(Tenths(tenths)), ..Printed::default() }
}

/// The same figures without their counts.
fn without_counts(cells: Vec<Cell>) -> Vec<Cell> {
    cells.into_iter().map(|cell| Cell { count: None, low: None, high: None, ..cell }).collect()
}

fn without_base(group: Group) -> Group {
    Group { base: None, cells: group.cells.map(without_counts), ..group }
}

#[test]
fn three_of_a_hundred_and_eighty_are_told_by_their_percentage() {
    assert_eq!(percentage(17).of(180, 1), Some(Known::exactly(3)), "1.7 %");
    assert_eq!(percentage(983).of(180, 1), Some(Known::exactly(177)), "98.3 %");
    assert_eq!(percentage(20).of(180, 0), Some(Known { low: 3, high: 4 }), "2 %");
    assert_eq!(percentage(17).of(18_000, 1), Some(Known { low: 297, high: 314 }));
    let figures = without_counts(vec![cell("under_18", Some((3, 180))), cell("adult", Some((177, 180)))]);
    let total = Group { base: Some(180), cells: Some(figures), ..hidden(None) };
    let published = read(&[release(1, 180, vec![table("age", None, vec![total])])]);
    let counts = published.questions[0].sums[&Node::All].options.values();
    let counts: Vec<Known> = counts.flat_map(|points| points.values().copied()).collect();
    assert_eq!(counts, [3, 177].map(Known::exactly), "so they are in the system as counts are");
}

#[test]
fn an_interval_tells_as_much_as_its_percentage() {
    let Cell { low, high, .. } = cell("a", Some((3, 180)));
    assert_eq!(Printed { low, high, ..Printed::default() }.of(180, 1), Some(Known::exactly(3)));
    assert_eq!(Printed { low, high, ..percentage(22) }.of(180, 1), None, "2.2 % would have another");
}

#[test]
fn five_percentages_tell_of_how_many() {
    let row = Row { cells: FIVE.map(percentage).to_vec(), ..Row::default() };
    let told = row.told(TERMS);
    assert_eq!(told.base, Some(Known::exactly(94)));
    assert_eq!(told.cells, [34, 30, 19, 19, 15].map(|count| Some(Known::exactly(count))));
    let more = row.told(Terms { people: 200, ..TERMS });
    assert_eq!(more.base, Some(Known { low: 94, high: 188 }));
    assert!(more.is_traced, "94, 163 and 188 are all");
    let many = row.told(Terms { people: 2000, ..TERMS });
    assert!(!many.is_traced, "{many:?}");
}

/// As above, beside a total that has 97: three are left.
#[test]
fn a_base_that_percentages_tell_is_taken_off_the_total() {
    let reasons = |group: Option<&str>, base: u64, counts: [u64; 5]| {
        let options = ["career", "change", "means", "pattern", "thanks"].into_iter().zip(counts);
        let cells = options.map(|(option, count)| cell(option, Some((count, base)))).collect();
        Group { base: Some(base), cells: Some(cells), ..hidden(group) }
    };
    let total = reasons(None, 97, [36, 31, 20, 19, 17]);
    let north = without_base(reasons(Some("north"), 94, [34, 30, 19, 19, 15]));
    assert_eq!(north.cells.iter().flatten().map(|cell| cell.percent.unwrap().0).collect::<Vec<_>>(), FIVE);
    let multiple = |table: Table| Table { kind: "multiple".into(), ..table };
    let by_team = multiple(table("reasons", Some("team"), vec![north, hidden(Some("south"))]));
    let release = release(1, 97, vec![multiple(table("reasons", None, vec![total])), by_team]);
    let found = found(&[release], Some("reasons"));
    assert_eq!(found, ["none (0, 1]: 0-3 few", "south (0, 1]: 0-3 few"]);
}

#[test]
fn thirds_tell_that_a_group_is_of_three_or_six() {
    let total = shown(None, &[4, 4]);
    let groups = vec![without_base(shown(Some("north"), &[1, 2])), hidden(Some("south"))];
    let tables = vec![table("q", None, vec![total]), table("q", Some("team"), groups)];
    let found = found(&[release(1, 8, tables)], Some("q"));
    assert!(found.contains(&"north (0, 1]: 3-6 narrow".to_owned()), "{found:?}");
}

fn broken(total: Group, groups: Vec<Group>, others: Option<Others>) -> Vec<String> {
    let by_team = Table { others, ..table("q", Some("team"), groups) };
    let base = total.base.unwrap_or(0);
    let found = attacked(&[release(1, base, vec![table("q", None, vec![total]), by_team])]).breaches;
    let false_ones = found.iter().filter(|breach| breach.rule == crate::release::audit::Rule::Contradiction);
    false_ones.map(ToString::to_string).filter(|breach| !breach.contains("team, those who did not say: ")).collect()
}

fn contradiction(place: &str) -> String {
    format!("release 1, q{place}: the figures cannot all be true")
}

#[test]
fn a_percentage_has_to_be_that_of_its_count() {
    let change = |change: fn(&mut Cell)| {
        let mut total = shown(None, &[6, 6]);
        change(&mut total.cells.as_mut().unwrap()[1]);
        broken(total, vec![], None)
    };
    assert_eq!(change(|_| ()), NONE);
    assert_eq!(change(|cell| cell.percent = Some(Tenths(501))), [contradiction(", b")]);
    assert_eq!(change(|cell| cell.high = Some(Tenths(900))), [contradiction(", b")]);
    assert_eq!(change(|cell| cell.percent = None), NONE, "what is not there is not wrong");
}

#[test]
fn single_choices_have_to_add_up_and_none_may_be_more_than_all() {
    let mut total = shown(None, &[6, 6]);
    total.base = Some(13);
    total.cells = Some(vec![cell("a", Some((6, 13))), cell("b", Some((6, 13)))]);
    assert_eq!(broken(total.clone(), vec![], None)[0], contradiction(""));
    total.cells = Some(vec![cell("a", Some((6, 13))), cell("b", None)]);
    assert_eq!(broken(total.clone(), vec![], None), NONE, "the other seven are b, perhaps");
    total.cells = Some(vec![Cell { count: Some(14), ..cell("a", None) }, cell("b", None)]);
    assert_eq!(broken(total, vec![], None)[0], contradiction(", a"));
}

#[test]
fn the_row_of_others_has_to_be_the_total_less_the_groups() {
    let with = |counts: [u64; 2]| {
        let Group { base, cells, .. } = shown(None, &counts);
        let others = Others { base: base.unwrap(), cells: cells.unwrap(), favourable: None };
        broken(shown(None, &[9, 9]), vec![shown(Some("north"), &[5, 4])], Some(others))
    };
    assert_eq!(with([4, 5]), NONE);
    let wrong = |option: &str| contradiction(&format!(" by team, those who did not say{option}"));
    assert_eq!(with([5, 4]), [wrong(", a"), wrong(", b")]);
    assert_eq!(with([4, 6]), [wrong(", b")]);
}

/// North's b is hidden, and the others tell it.
#[test]
fn the_row_of_others_tells_what_a_group_hides() {
    let Group { base, cells, .. } = shown(None, &[4, 5]);
    let others = Others { base: base.unwrap(), cells: cells.unwrap(), favourable: None };
    let mut north = shown(Some("north"), &[5, 3, 1]);
    north.cells.as_mut().unwrap()[1] = cell("b", None);
    let by_team = Table { others: Some(others), ..table("q", Some("team"), vec![north]) };
    let release = release(1, 18, vec![table("q", None, vec![shown(None, &[9, 8, 1])]), by_team]);
    assert_eq!(told_of_north(&release), Some(Known::exactly(3)));
}

fn told_of_north(release: &Release) -> Option<Known> {
    let published = read(std::slice::from_ref(release));
    let north = published.questions[0].sums.get(&published.group("team", "north")?)?;
    north.options.get(&vec![1])?.get(&1).copied()
}
