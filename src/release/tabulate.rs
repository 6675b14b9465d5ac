//! From answers to counts, batch by batch. Nothing in here is fit to publish:
//! that is what [`super::disclosure`] decides.

use super::nesting::Nesting;
use super::series::Series;
use crate::survey::{Answers, Code, Question, Survey};
use std::collections::BTreeMap;

/// All counts of a campaign. A batch is what one release counted first; batches
/// are numbered as releases are, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabulation {
    /// In the campaign's order.
    pub breakdowns: Vec<Code>,
    /// Which groups of one breakdown lie within a group of another.
    pub nesting: Nesting,
    /// Responses, whatever they answered.
    pub responses: Series,
    /// One for each question that has a table, in the survey's order.
    pub questions: Vec<Tabulated>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabulated {
    pub question: Code,
    pub kind: &'static str,
    pub cells: Vec<Code>,
    pub has_favourable: bool,
    /// Whether other questions are split by this one. It is then not split
    /// itself: that would be a crossing of two breakdowns.
    pub is_breakdown: bool,
    pub total: Counts,
    pub splits: Vec<SplitCounts>,
}

/// The counts of one question by the options of a breakdown; whoever gave no
/// option is in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitCounts {
    pub breakdown: Code,
    pub groups: Vec<(Code, Counts)>,
}

/// One row for each batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Those who were asked and answered.
    pub base: u64,
    /// In the order of [`Tabulated::cells`].
    pub cells: Vec<u64>,
    /// Those with any favourable answer.
    pub favourable: u64,
}

/// Counts the responses of batches 1 to `batches`, in one pass that keeps none.
/// A breakdown that is no question of the survey splits nothing.
pub fn tabulate(
    survey: &Survey,
    breakdowns: &[Code],
    batches: u32,
    responses: impl IntoIterator<Item = (u32, Answers)>,
) -> Tabulation {
    let split_by: Vec<&Question> = breakdowns.iter().filter_map(|code| survey.question(code.as_str())).collect();
    let mut tables: Vec<Counting> = survey
        .questions()
        .filter(|question| !question.cells().is_empty())
        .map(|question| Counting::new(question, &split_by, batches))
        .collect();
    let mut arrived = vec![0_u64; length(batches)];
    let mut nesting = Nesting::default();
    let codes = |breakdown: &&Question| breakdown.cells().into_iter().map(|(code, _, _)| code).collect();
    let options: Vec<Vec<Code>> = split_by.iter().map(codes).collect();
    for (batch, answers) in responses {
        let Some(index) = batch.checked_sub(1).map(length) else { continue };
        let Some(responses) = arrived.get_mut(index) else { continue };
        *responses += 1;
        let groups: Vec<Option<Code>> = split_by.iter().map(|breakdown| group_of(breakdown, &answers)).collect();
        let position = |(options, group): (&Vec<Code>, &Option<Code>)| {
            options.iter().position(|option| group.as_ref() == Some(option))
        };
        nesting.add(&options.iter().zip(&groups).map(position).collect::<Vec<_>>());
        for table in &mut tables {
            table.count(index, &groups, &answers);
        }
    }
    Tabulation {
        breakdowns: split_by.iter().map(|breakdown| breakdown.code.clone()).collect(),
        nesting,
        responses: Series::new(arrived),
        questions: tables.into_iter().map(|table| table.counted).collect(),
    }
}

fn group_of(breakdown: &Question, answers: &Answers) -> Option<Code> {
    breakdown.counts_in(answers.get(&breakdown.code)?)?.into_iter().next()
}

/// A question on its way to a [`Tabulated`].
struct Counting<'a> {
    question: &'a Question,
    positions: BTreeMap<Code, usize>,
    favourable: Vec<Code>,
    counted: Tabulated,
}

impl<'a> Counting<'a> {
    fn new(question: &'a Question, split_by: &[&Question], batches: u32) -> Self {
        let cells = question.cells();
        let codes: Vec<Code> = cells.iter().map(|(code, _, _)| code.clone()).collect();
        let favourable: Vec<Code> =
            cells.into_iter().filter(|(_, _, is_favourable)| *is_favourable).map(|(code, _, _)| code).collect();
        let empty = Counts::empty(codes.len(), batches);
        let is_breakdown = split_by.iter().any(|breakdown| breakdown.code == question.code);
        let by = |breakdown: &&Question| SplitCounts {
            breakdown: breakdown.code.clone(),
            groups: breakdown.cells().into_iter().map(|(code, _, _)| (code, empty.clone())).collect(),
        };
        let splits: Vec<SplitCounts> = if is_breakdown { Vec::new() } else { split_by.iter().map(by).collect() };
        Counting {
            question,
            positions: codes.iter().cloned().zip(0..).collect(),
            counted: Tabulated {
                question: question.code.clone(),
                kind: question.type_name(),
                cells: codes,
                has_favourable: !favourable.is_empty(),
                is_breakdown,
                total: empty.clone(),
                splits,
            },
            favourable,
        }
    }

    fn count(&mut self, batch: usize, groups: &[Option<Code>], answers: &Answers) {
        let Some(codes) = answers.get(&self.question.code).and_then(|answer| self.question.counts_in(answer)) else {
            return;
        };
        let cells: Vec<usize> = codes.iter().filter_map(|code| self.positions.get(code).copied()).collect();
        let is_favourable = codes.iter().any(|code| self.favourable.contains(code));
        self.counted.total.add(batch, &cells, is_favourable);
        // A question is split by all breakdowns, in their order, or by none.
        for (split, group) in self.counted.splits.iter_mut().zip(groups) {
            let Some(group) = group else { continue };
            if let Some((_, counts)) = split.groups.iter_mut().find(|(code, _)| code == group) {
                counts.add(batch, &cells, is_favourable);
            }
        }
    }
}

impl Counts {
    fn empty(cells: usize, batches: u32) -> Self {
        Counts(vec![Row { base: 0, cells: vec![0; cells], favourable: 0 }; length(batches)])
    }

    fn add(&mut self, batch: usize, cells: &[usize], is_favourable: bool) {
        let Some(row) = self.0.get_mut(batch) else { return };
        row.base += 1;
        row.favourable += u64::from(is_favourable);
        for cell in cells {
            if let Some(count) = row.cells.get_mut(*cell) {
                *count += 1;
            }
        }
    }

    /// All batches up to that of `release` together.
    pub fn up_to(&self, release: u32) -> Row {
        let width = self.0.first().map_or(0, |row| row.cells.len());
        let mut sum = Row { base: 0, cells: vec![0; width], favourable: 0 };
        for row in self.0.iter().take(length(release)) {
            sum.base += row.base;
            sum.favourable += row.favourable;
            for (total, count) in sum.cells.iter_mut().zip(&row.cells) {
                *total += count;
            }
        }
        sum
    }

    /// How many answered, batch by batch.
    pub fn bases(&self) -> Series {
        Series::new(self.0.iter().map(|row| row.base).collect())
    }

    /// How many chose the cell at `position`, batch by batch.
    pub fn cell(&self, position: usize) -> Series {
        Series::new(self.0.iter().map(|row| row.cells.get(position).copied().unwrap_or(0)).collect())
    }
}

fn length(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;
    use crate::survey::{Answer, Missing};

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    fn answers(given: &[(&str, Answer)]) -> Answers {
        given.iter().map(|(question, answer)| (code(question), answer.clone())).collect()
    }

    fn many(codes: &[&str]) -> Answer {
        Answer::Many(codes.iter().map(|text| code(text)).collect())
    }

    #[test]
    fn answers_are_counted_by_question_group_and_batch() {
        let adults = Answer::One(code("adults"));
        let responses = vec![
            (1, answers(&[("directorate", adults.clone()), ("reasons", many(&["pay", "career"]))])),
            (1, answers(&[("directorate", adults.clone()), ("reasons", many(&[]))])),
            (2, answers(&[("reasons", many(&["pay"]))])),
            (2, answers(&[("directorate", adults), ("reasons", Answer::Missing(Missing::PreferNotToSay))])),
        ];
        let counted = tabulate(&sample::survey(), &[code("directorate")], 2, responses);
        assert_eq!(counted.responses, Series::new(vec![2, 2]));
        let reasons = counted.questions.iter().find(|table| table.question.as_str() == "reasons").unwrap();
        assert_eq!(reasons.total.bases(), Series::new(vec![2, 1]), "whoever did not say is in no base");
        assert_eq!(reasons.total.cell(0), Series::new(vec![1, 1]), "pay");
        let (group, counts) = &reasons.splits[0].groups[0];
        assert_eq!(group.as_str(), "adults");
        assert_eq!(counts.up_to(2), Row { base: 2, cells: vec![1, 0, 1], favourable: 0 });
    }

    #[test]
    fn texts_have_no_table_and_breakdowns_are_not_split() {
        let counted = tabulate(&sample::survey(), &[code("directorate")], 1, Vec::new());
        let names: Vec<(&str, usize)> =
            counted.questions.iter().map(|table| (table.question.as_str(), table.splits.len())).collect();
        assert_eq!(names, [("directorate", 0), ("reasons", 1), ("morale", 1), ("recommend", 1), ("years", 1)]);
    }

    #[test]
    fn responses_of_other_batches_are_not_counted() {
        let counted = tabulate(&sample::survey(), &[], 1, vec![(0, Answers::new()), (2, Answers::new())]);
        assert_eq!(counted.responses.up_to(9), 0);
    }
}
