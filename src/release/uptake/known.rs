//! What anybody can add up from published parts of a whole, and whether that is
//! about too few people.

use std::collections::BTreeSet;

/// What is known of a whole at one release: sets of its categories, none of them
/// in two sets, and how many people are in each. All else that is known of it are
/// unions of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(Vec<(BTreeSet<String>, u64)>);

impl Known {
    pub fn add<'a>(&mut self, categories: impl IntoIterator<Item = &'a str>, people: u64) {
        self.0.push((categories.into_iter().map(str::to_owned).collect(), people));
    }

    /// Whether each set, and so each union of them, is of nobody or of k at least.
    pub fn is_safe(&self, k: u64) -> bool {
        self.0.iter().all(|(_, people)| is_wide(*people, k))
    }

    /// Whether nothing about too few comes of comparing this with what was known
    /// at an earlier release: of no set have people come or gone who are fewer
    /// than k; and a set that includes an earlier one, as those who took the offer
    /// up include those who took it up online, is not larger by fewer than k.
    pub fn follows(&self, earlier: &Known, k: u64) -> bool {
        let before = earlier.unions();
        self.unions().iter().all(|(now, people)| {
            before.iter().filter(|(set, _)| set.is_subset(now)).all(|(set, fewer)| {
                let has_grown_by_few = *people > *fewer && people - fewer < k;
                let has_shrunk_by_few = set == now && *fewer > *people && fewer - people < k;
                !has_grown_by_few && !has_shrunk_by_few
            })
        })
    }

    fn unions(&self) -> Vec<(BTreeSet<&str>, u64)> {
        let mut unions = vec![(BTreeSet::new(), 0)];
        for (set, people) in &self.0 {
            for (mut union, sum) in unions.clone() {
                union.extend(set.iter().map(String::as_str));
                unions.push((union, sum + people));
            }
        }
        unions
    }
}

/// Nobody, or so many that it says nothing of any one of them.
pub fn is_wide(people: u64, k: u64) -> bool {
    people == 0 || people >= k
}

/// The same of a difference, whichever is larger.
pub fn is_wide_apart(a: u64, b: u64, k: u64) -> bool {
    is_wide(a.abs_diff(b), k)
}
