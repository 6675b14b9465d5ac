//! A number of people in parts: which parts can be shown beside their sums.

use super::Before;
use super::known::{Known, is_wide};
use super::model::Parts;
use crate::release::model::Cell;
use crate::release::percent::cell;

/// So many people in a part of this name.
pub type Part = (String, u64);

/// People in parts, on one or several sides. How many are on a side is published
/// whatever is hidden of its parts.
#[derive(Clone, Debug)]
pub struct InParts {
    pub sides: Vec<Vec<Part>>,
}

impl InParts {
    pub fn people(&self) -> u64 {
        self.sides.iter().flatten().map(|(_, people)| people).sum()
    }

    /// The figures, with the parts hidden that are of too few people, and with them
    /// others of their side until those who are hidden there are K together. What is
    /// hidden `elsewhere` is hidden here, but for parts of nobody: that these are empty is no secret.
    pub fn shown(&self, before: &Before, elsewhere: &[&str]) -> Parts {
        let base = self.people();
        let cells = self.sides.iter().flat_map(|side| {
            let hidden = hidden(side, before, elsewhere);
            let cell = move |(part, is_hidden): (&Part, bool)| cell(&part.0, (!is_hidden).then_some(part.1), base);
            side.iter().zip(hidden).map(cell).collect::<Vec<_>>()
        });
        Parts { as_at: None, base, cells: cells.collect() }
    }
}

fn hidden(side: &[Part], before: &Before, elsewhere: &[&str]) -> Vec<bool> {
    let mut hidden: Vec<bool> = side
        .iter()
        .map(|(part, people)| !is_wide(*people, before.k) || *people > 0 && elsewhere.contains(&part.as_str()))
        .collect();
    while hidden.contains(&true) {
        let together: u64 = side.iter().zip(&hidden).filter(|(_, is_hidden)| **is_hidden).map(|(part, _)| part.1).sum();
        let is_one = hidden.iter().filter(|is_hidden| **is_hidden).count() == 1;
        let partners = side.iter().zip(&mut hidden).filter(|((_, people), is_hidden)| !**is_hidden && *people > 0);
        match partners.min_by_key(|((_, people), _)| *people) {
            Some((_, is_hidden)) if is_one || together < before.least => *is_hidden = true,
            _ => break,
        }
    }
    hidden
}

/// What is known from published `parts` of the sides that `sums` are of: each shown
/// part, nobody where a part was not there yet, and the hidden ones together.
pub fn known(parts: &Parts, sums: &[(&[&str], u64)]) -> Known {
    let mut known = Known::default();
    for (side, sum) in sums {
        let mut hidden = Vec::new();
        let mut left = *sum;
        for name in side.iter().copied() {
            match parts.cells.iter().find(|cell| cell.option == name) {
                Some(Cell { count: None, .. }) => hidden.push(name),
                found => {
                    let people = found.and_then(|cell| cell.count).unwrap_or(0);
                    left = left.saturating_sub(people);
                    known.add([name], people);
                }
            }
        }
        if !hidden.is_empty() {
            known.add(hidden, left);
        }
    }
    known
}
