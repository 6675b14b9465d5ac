//! An attacker for the tests: all that can be had from published sums by adding
//! and subtracting, in exact arithmetic. Knows nothing of how the sums were chosen.

/// The people of one group who came with one batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    /// None: those who did not say.
    pub group: Option<usize>,
    pub batch: u32,
    pub people: u64,
}

/// Which atoms are in a published sum: one of each, or none.
pub type Sum = Vec<bool>;

/// The fewest people, from 1 to k-1, whose figures are a combination of `sums`
/// and of whom `counts` holds; with the atoms that they are. None: all that can
/// be had is of nobody or of k at least.
pub fn fewest_exposed(
    atoms: &[Atom],
    sums: &[Sum],
    k: u64,
    counts: impl Fn(&[Atom]) -> bool,
) -> Option<(u64, Vec<Atom>)> {
    // Large atoms first, so that they become the pivots: a combination takes each
    // pivot's atom or leaves it, so whatever takes one of k or more is out at once.
    let mut order: Vec<usize> = (0..atoms.len()).collect();
    order.sort_by_key(|atom| std::cmp::Reverse(atoms[*atom].people));
    let atoms: Vec<Atom> = order.iter().map(|atom| atoms[*atom]).collect();
    let rows = sums.iter().map(|sum| order.iter().map(|atom| Fraction::from(sum[*atom])).collect()).collect();
    let mut search = Search { basis: reduced(rows), atoms, k, found: Vec::new() };
    let nothing = vec![Fraction::from(false); search.atoms.len()];
    search.descend(0, nothing);
    search.found.retain(|(_, atoms)| counts(atoms));
    search.found.into_iter().min_by_key(|(people, _)| *people)
}

struct Search {
    /// Each with the column of its pivot.
    basis: Vec<(usize, Vec<Fraction>)>,
    atoms: Vec<Atom>,
    k: u64,
    found: Vec<(u64, Vec<Atom>)>,
}

impl Search {
    fn descend(&mut self, next: usize, combination: Vec<Fraction>) {
        let pivots: u64 = self.basis[..next]
            .iter()
            .filter(|(pivot, _)| combination[*pivot] == Fraction::from(true))
            .map(|(pivot, _)| self.atoms[*pivot].people)
            .sum();
        if pivots >= self.k {
            return;
        }
        let Some((_, row)) = self.basis.get(next) else { return self.judge(&combination) };
        let taken = combination.iter().zip(row).map(|(a, b)| a.plus(*b)).collect();
        self.descend(next + 1, combination);
        self.descend(next + 1, taken);
    }

    fn judge(&mut self, combination: &[Fraction]) {
        let is_choice = |times: &Fraction| [Fraction::from(false), Fraction::from(true)].contains(times);
        if !combination.iter().all(is_choice) {
            return;
        }
        let chosen = |(atom, times): (&Atom, &Fraction)| (*times == Fraction::from(true)).then_some(*atom);
        let atoms: Vec<Atom> = self.atoms.iter().zip(combination).filter_map(chosen).collect();
        let people = atoms.iter().map(|atom| atom.people).sum();
        if (1..self.k).contains(&people) {
            self.found.push((people, atoms));
        }
    }
}

/// Gauss and Jordan: the rows that are left, each with a pivot of 1 that no other
/// row has anything under.
fn reduced(mut rows: Vec<Vec<Fraction>>) -> Vec<(usize, Vec<Fraction>)> {
    let width = rows.first().map_or(0, Vec::len);
    let mut basis: Vec<(usize, Vec<Fraction>)> = Vec::new();
    for column in 0..width {
        let Some(at) = rows.iter().position(|row| row[column] != Fraction::from(false)) else { continue };
        let row = rows.swap_remove(at);
        let pivot: Vec<Fraction> = row.iter().map(|value| value.over(row[column])).collect();
        for other in rows.iter_mut().chain(basis.iter_mut().map(|(_, row)| row)) {
            let times = other[column];
            for (value, under) in other.iter_mut().zip(&pivot) {
                *value = value.plus(under.times(times).negated());
            }
        }
        basis.push((column, pivot));
    }
    basis
}

/// Numerator and denominator, in lowest terms, the denominator positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction(i64, i64);

impl Fraction {
    fn new(above: i64, below: i64) -> Self {
        let (mut a, mut b) = (above.abs(), below.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = a.max(1) * below.signum();
        Fraction(above / divisor, below / divisor)
    }

    fn plus(self, other: Self) -> Self {
        Fraction::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    fn times(self, other: Self) -> Self {
        Fraction::new(self.0 * other.0, self.1 * other.1)
    }

    fn over(self, other: Self) -> Self {
        Fraction::new(self.0 * other.1, self.1 * other.0)
    }

    fn negated(self) -> Self {
        Fraction(-self.0, self.1)
    }
}

impl From<bool> for Fraction {
    fn from(is_in: bool) -> Self {
        Fraction(i64::from(is_in), 1)
    }
}
