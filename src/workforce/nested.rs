//! Two tables of the same people: lines of the one that lie within lines of the other
//! can be taken away from them, by whoever knows the organisation.

/// Whether some lines of one table, without those lines of the other that lie within
/// them, are few. Lines are the rows that they add up; `is_few` says of rows whether
/// their sum is. Tries all lines together of a small table, and two or three of a
/// large one.
pub(super) fn tells_of_few(one: &[Vec<usize>], other: &[Vec<usize>], is_few: &dyn Fn(&[usize]) -> bool) -> bool {
    let mut chosen = Vec::new();
    let most = match one.len() {
        small @ ..=12 => small,
        13..=40 => 3,
        _ => 2,
    };
    any_choice(one, other, 0, most, &mut chosen, is_few)
}

/// Every choice of at most `most` lines from `from` on, besides those chosen.
fn any_choice(
    one: &[Vec<usize>],
    other: &[Vec<usize>],
    from: usize,
    most: usize,
    chosen: &mut Vec<usize>,
    is_few: &dyn Fn(&[usize]) -> bool,
) -> bool {
    if !chosen.is_empty() && is_few(&without(one, other, chosen)) {
        return true;
    }
    most > 0
        && (from..one.len()).any(|at| {
            chosen.push(at);
            let found = any_choice(one, other, at + 1, most - 1, chosen, is_few);
            chosen.pop();
            found
        })
}

/// The rows of the chosen lines that no line of the other table takes away.
fn without(one: &[Vec<usize>], other: &[Vec<usize>], chosen: &[usize]) -> Vec<usize> {
    let mut rows: Vec<usize> = chosen.iter().filter_map(|at| one.get(*at)).flatten().copied().collect();
    rows.sort_unstable();
    let is_in = |row: &usize, rows: &[usize]| rows.binary_search(row).is_ok();
    let all = rows.clone();
    for line in other.iter().filter(|line| line.iter().all(|row| is_in(row, &all))) {
        rows.retain(|row| !line.contains(row));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(one: &[&[usize]], other: &[&[usize]], few: &[usize]) -> bool {
        let lines = |table: &[&[usize]]| table.iter().map(|line| line.to_vec()).collect::<Vec<_>>();
        tells_of_few(&lines(one), &lines(other), &|rows| rows == few)
    }

    #[test]
    fn a_line_within_a_line_gives_away_what_is_left_of_it() {
        assert!(found(&[&[0, 1], &[2]], &[&[0], &[1, 2]], &[1]));
        assert!(!found(&[&[0, 1], &[2]], &[&[0, 2], &[1]], &[1]));
    }

    #[test]
    fn two_lines_together_give_away_what_neither_does() {
        assert!(found(&[&[0, 1], &[2, 3], &[4]], &[&[0, 2], &[1, 3, 4]], &[1, 3]));
    }
}
