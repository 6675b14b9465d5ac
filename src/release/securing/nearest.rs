//! What to hold back next for a breach.

use super::Securing;
use crate::release::audit::{Breach, Whose};
use crate::release::disclosure::{Fresh, FreshAnswers, Orders};
use crate::survey::Question;

impl Securing<'_> {
    /// The answers of fewest that can still be held back, as near to the breach as there are
    /// any: it first, then the same in other groups, then others of the group.
    pub fn next_answers_for(&self, breach: &Breach, orders: &Orders) -> Option<FreshAnswers> {
        let Whose { question, breakdown, group, option, .. } = &breach.whose;
        let mut counts = self.deciding.counts().questions.iter();
        let counts = counts.find(|counts| Some(counts.question.as_str()) == question.as_deref())?;
        let option = option.as_ref()?;
        let distance = |fresh: &FreshAnswers| {
            let is_same =
                fresh.options.iter().filter_map(|at| counts.cells.get(*at)).any(|code| code.as_str() == option);
            let is_near = fresh.place.breakdown == *breakdown;
            let is_group = is_near && fresh.place.group == *group;
            match (fresh.place.breakdown.is_some(), is_near, is_same) {
                _ if is_group => u8::from(!is_same) * 2,
                (true, true, true) => 1,
                (true, true, false) => 4,
                (true, false, _) => 3 + u8::from(!is_same) * 2,
                (false, _, _) => 6 + u8::from(!is_same),
            }
        };
        let is_held = |fresh: &FreshAnswers| {
            fresh.options.iter().any(|option| orders.answers.contains(&(fresh.place.clone(), *option)))
        };
        let open = self.made.answers.iter().filter(|fresh| fresh.place.question == counts.question.as_str());
        let open = open.filter(|fresh| !is_held(fresh));
        open.min_by_key(|fresh| (distance(fresh), fresh.people == 0, fresh.people)).cloned()
    }

    /// The smallest group that can still be held back, as near to the breach as there is
    /// one; a total last of all, but for a breach of the total of a question that only some
    /// are asked: how many they are, the question that decides it tells, and no group does.
    pub fn next_for(&self, breach: &Breach, orders: &Orders) -> Option<Fresh> {
        let breakdown = breach.whose.breakdown.as_deref();
        // How large groups are is told by the breakdown's own table, and by that of the
        // second of a crossing.
        let tells_sizes =
            |fresh: &Fresh| breakdown.is_none_or(|by| by.split('*').any(|one| one == fresh.place.question));
        let is_of_some = breach.whose.question.as_deref().is_some_and(|question| self.is_asked_of_some(question));
        let distance = |fresh: &Fresh| {
            let is_about = breach.whose.question.as_ref() == Some(&fresh.place.question);
            let is_near = is_about || tells_sizes(fresh);
            match (fresh.place.breakdown.as_deref(), breakdown) {
                (None, None) if is_about && is_of_some => 3,
                (None, _) => {
                    if is_near {
                        9
                    } else {
                        10
                    }
                }
                _ if !is_near => {
                    if self.holds_one_another(&fresh.place.question, breakdown) {
                        6
                    } else {
                        8
                    }
                }
                _ if breach.whose.question.is_some() && !is_about => 5,
                (Some(theirs), Some(ours)) if theirs == ours => 0,
                (Some(theirs), Some(ours))
                    if theirs.split('*').any(|one| ours.split('*').any(|other| one == other)) =>
                {
                    1
                }
                (Some(_), _) => 2,
            }
        };
        let open = self.made.fresh.iter().filter(|fresh| !orders.held.contains(&fresh.place));
        open.min_by_key(|fresh| (distance(fresh), fresh.people)).cloned()
    }

    fn is_asked_of_some(&self, question: &str) -> bool {
        let is_it = |one: &&Question| one.code.as_str() == question;
        let mut sections =
            self.survey.sections.iter().filter_map(|section| Some((section, section.questions.iter().find(is_it)?)));
        sections.any(|(section, question)| section.ask_if.is_some() || question.ask_if.is_some())
    }

    /// Whether one of two breakdowns lies within the other.
    fn holds_one_another(&self, one: &str, other: Option<&str>) -> bool {
        let counts = self.deciding.counts();
        let position = |code: &str| counts.breakdowns.iter().position(|breakdown| breakdown.as_str() == code);
        let Some((one, other)) = position(one).zip(other.and_then(position)) else { return false };
        let is_within = |inner: usize, outer: usize| counts.holding(inner).iter().any(|(holding, _)| *holding == outer);
        is_within(one, other) || is_within(other, one)
    }
}
