//! Which comments can be read yet: never so few new ones that somebody who knows who has
//! answered since would know whose they are. Pure.

/// One release, as far as one question's comments go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub release: u32,
    /// How many people it counted first who were asked the question.
    pub people: u64,
    /// Of how many of them a batch is at least, by the policy of its day.
    pub least: u64,
}

/// The release up to which a question's comments can be read; none: too few people have
/// been asked it. `steps` are all releases, first to last.
///
/// A batch opens when as many people were counted since the one before as the policy
/// asks for. It goes by the releases alone, each with its own policy: what was open
/// stays open, whoever raises the smallest group afterwards.
pub fn open_up_to(steps: &[Step]) -> Option<u32> {
    let (mut open, mut since) = (None, 0);
    for step in steps {
        since += step.people;
        if since >= step.least {
            (open, since) = (Some(step.release), 0);
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn steps(people: &[u64], least: u64) -> Vec<Step> {
        (1..).zip(people).map(|(release, people)| Step { release, people: *people, least }).collect()
    }

    #[test]
    fn comments_wait_until_there_are_enough_people_behind_them() {
        assert_eq!(open_up_to(&[]), None);
        assert_eq!(open_up_to(&steps(&[9], 10)), None);
        assert_eq!(open_up_to(&steps(&[9, 5], 10)), Some(2));
        assert_eq!(open_up_to(&steps(&[12, 5], 10)), Some(1), "five new people are too few");
        assert_eq!(open_up_to(&steps(&[12, 5, 5], 10)), Some(3));
    }

    #[test]
    fn what_is_open_stays_open_when_the_smallest_group_is_raised() {
        let mut all = steps(&[12, 12], 10);
        all.push(Step { release: 3, people: 12, least: 50 });
        assert_eq!(open_up_to(&all), Some(2));
    }

    proptest! {
        #[test]
        fn every_batch_is_of_enough_people(people in prop::collection::vec(0_u64..30, 0..12), least in 3_u64..25) {
            let all = steps(&people, least);
            let (mut before, mut last) = (0, None);
            for upto in 1..=all.len() {
                let open = open_up_to(&all[..upto]);
                prop_assert!(open >= last);
                if open != last {
                    let now: u64 = people[..usize::try_from(open.unwrap()).unwrap()].iter().sum();
                    prop_assert!(now - before >= least);
                    (before, last) = (now, open);
                }
            }
        }
    }
}
