use super::*;
use crate::release::sample;
use proptest::prelude::*;

fn policy(least: u32, strict: bool) -> Policy {
    Policy { min_base: least, comment_min_base: 10, protection: Some(least), strict, ..sample::release().policy }
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn theme(name: &str, after: u32) -> Theme {
    Theme { code: code(name), label: name.to_uppercase(), is_retired: false, after }
}

fn read(themes: &[&str], approved: Option<&str>) -> Read {
    let themes = themes.iter().map(|theme| code(theme)).collect();
    Read { approved: approved.map(str::to_owned), is_first: false, themes, counted: None }
}

/// Makes the annex of the next release, and counts what it counts.
fn next(policy: &Policy, themes: &[Theme], earlier: &mut Vec<Annex>, topic: &mut [Read]) -> Option<AnnexQuestion> {
    let release = u32::try_from(earlier.len()).unwrap() + 1;
    let hash = format!("hash{release}");
    let terms = Terms { release, release_hash: &hash, policy, themes };
    let made = make(&terms, earlier, &[(code("comment"), topic.to_owned())]).unwrap();
    if made.counts_anew.contains(&code("comment")) {
        topic.iter_mut().for_each(|one| one.counted = one.counted.or(Some(release)));
    }
    earlier.push(made.annex.clone());
    made.annex.questions.into_iter().next()
}

#[test]
fn nothing_is_said_of_fewer_than_k_who_commented() {
    let (policy, themes, mut topic) = (policy(5, false), [theme("pay", 0)], vec![read(&["pay"], Some("a")); 4]);
    assert_eq!(next(&policy, &themes, &mut Vec::new(), &mut topic), None);
    topic.push(read(&[], None));
    let told = next(&policy, &themes, &mut Vec::new(), &mut topic).unwrap();
    assert_eq!((told.read, told.quotes.len()), (5, 0), "and no quotation of fewer than ten");
    assert_eq!(told.themes.unwrap().cells[0].figure.unwrap().count, 4);
}

#[test]
fn there_are_so_many_quotations_and_those_that_are_to_be_come_first() {
    let texts: Vec<String> = (0..24).map(|n| format!("text {n}")).collect();
    let mut topic: Vec<Read> = texts.iter().map(|text| read(&[], Some(text))).collect();
    topic[7].is_first = true;
    topic.push(read(&[], Some("text 7")));
    let told = next(&policy(5, false), &[], &mut Vec::new(), &mut topic).unwrap();
    assert_eq!((told.read, told.quotes.len(), told.themes), (25, 2, None));
    assert!(told.quotes.contains(&"text 7".to_owned()));
    topic.reverse();
    topic.iter_mut().for_each(|one| one.counted = None);
    let again = next(&policy(5, false), &[], &mut Vec::new(), &mut topic).unwrap();
    assert_eq!(again.quotes, told.quotes, "whatever order they came in");
}

#[test]
fn a_question_stays_as_it_was_until_k_more_were_read() {
    let (policy, themes, mut earlier) = (policy(5, false), [theme("pay", 0)], Vec::new());
    let mut topic = vec![read(&["pay"], Some("old")); 12];
    let first = next(&policy, &themes, &mut earlier, &mut topic).unwrap();
    topic.extend(vec![read(&["pay"], Some("new")); 4]);
    let second = next(&policy, &themes, &mut earlier, &mut topic).unwrap();
    let table = second.themes.clone().unwrap();
    assert_eq!((second.read, table.as_at, &second.quotes), (12, Some(1), &first.quotes));
    assert_eq!(table.cells, first.themes.unwrap().cells);
    topic.push(read(&[], None));
    let third = next(&policy, &themes, &mut earlier, &mut topic).unwrap();
    let table = third.themes.unwrap();
    assert_eq!((third.read, table.as_at, table.base), (17, None, 17));
    assert_eq!(table.cells[0].figure.unwrap().count, 16);
}

#[test]
fn what_was_withdrawn_is_quoted_no_more_and_still_counts() {
    let (policy, mut earlier, mut topic) = (policy(5, false), Vec::new(), vec![read(&["pay"], Some("it")); 12]);
    let themes = [theme("pay", 0)];
    assert_eq!(next(&policy, &themes, &mut earlier, &mut topic).unwrap().quotes, ["it"]);
    topic.iter_mut().for_each(|one| one.approved = None);
    let told = next(&policy, &themes, &mut earlier, &mut topic).unwrap();
    assert_eq!((told.quotes.len(), told.read, told.themes.unwrap().cells[0].figure.unwrap().count), (0, 12, 12));
}

#[test]
fn annexes_together_quote_no_more_than_each_may() {
    let (policy, mut earlier) = (policy(5, false), Vec::new());
    let mut topic: Vec<Read> = (0..29).map(|n| read(&[], Some(&format!("text {n}")))).collect();
    let first = next(&policy, &[], &mut earlier, &mut topic).unwrap().quotes;
    let again = next(&policy, &[], &mut earlier, &mut topic).unwrap().quotes;
    let sorted = |quotes: &[String]| quotes.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!((first.len(), sorted(&first)), (2, sorted(&again)), "the same two, whatever the release's hash");
    topic.iter_mut().filter(|one| one.approved.as_ref() == Some(&first[0])).for_each(|one| one.approved = None);
    assert_eq!(next(&policy, &[], &mut earlier, &mut topic).unwrap().quotes, [first[1].clone()]);
    topic.push(read(&[], None));
    topic.extend(vec![read(&[], Some("late")); 10]);
    assert_eq!(next(&policy, &[], &mut earlier, &mut topic).unwrap().quotes.len(), 3);
}

#[test]
fn a_theme_that_was_added_later_is_of_those_who_were_read_with_it() {
    let (policy, mut earlier) = (policy(5, false), Vec::new());
    let mut topic = vec![read(&["pay"], None); 12];
    next(&policy, &[theme("pay", 0)], &mut earlier, &mut topic);
    topic.extend(vec![read(&["rota"], None); 6]);
    let both = [theme("pay", 0), theme("rota", 1)];
    let table = next(&policy, &both, &mut earlier, &mut topic).unwrap().themes.unwrap();
    let told: Vec<_> = table.cells.iter().map(|cell| (cell.base, cell.figure.unwrap().count)).collect();
    assert_eq!((table.base, told), (18, vec![(None, 12), (Some(6), 6)]));
    let retired = [theme("pay", 0), Theme { is_retired: true, ..theme("rota", 1) }];
    topic.extend(vec![read(&[], None); 6]);
    let table = next(&policy, &retired, &mut earlier, &mut topic).unwrap().themes.unwrap();
    assert_eq!(table.cells.len(), 1);
}

#[test]
fn decisions_that_were_counted_and_are_gone_are_missed() {
    let (policy, mut earlier, mut topic) = (policy(5, false), Vec::new(), vec![read(&[], None); 12]);
    next(&policy, &[], &mut earlier, &mut topic);
    topic.pop();
    let terms = Terms { release: 2, release_hash: "x", policy: &policy, themes: &[] };
    let gone = make(&terms, &earlier, &[(code("comment"), topic)]).unwrap_err();
    assert_eq!((gone.counted, gone.there), (12, 11));
}

#[test]
fn under_the_strict_policy_a_theme_of_few_or_of_nearly_all_is_hidden() {
    let policy = policy(5, true);
    for (with, of, is_shown) in
        [(0, 30, false), (5, 30, false), (6, 30, true), (24, 30, true), (25, 30, false), (30, 30, false)]
    {
        let mut topic = vec![read(&["pay"], None); with];
        topic.extend(vec![read(&[], None); of - with]);
        let told = next(&policy, &[theme("pay", 0)], &mut Vec::new(), &mut topic).unwrap();
        assert_eq!(told.themes.unwrap().cells[0].figure.is_some(), is_shown, "{with} of {of}");
    }
}

/// All figures of a theme that annexes show, each once: base and count.
fn figures(annexes: &[Annex], name: &str) -> BTreeSet<(u64, u64)> {
    let tables = annexes.iter().flat_map(|annex| &annex.questions).filter_map(|question| question.themes.as_ref());
    tables
        .flat_map(|table| table.cells.iter().map(move |cell| (table.base, cell)))
        .filter(|(_, cell)| cell.code == name)
        .filter_map(|(base, cell)| Some((cell.base.unwrap_or(base), cell.figure?.count)))
        .collect()
}

proptest! {
    #[test]
    fn no_subtraction_over_annexes_gives_fewer_than_k(
        strict: bool,
        least in 3_u32..8,
        // For each annex, those who were read since the one before: with pay, and with rota.
        batches in prop::collection::vec(prop::collection::vec((any::<bool>(), any::<bool>()), 0..22), 1..7),
        rota_after in 0_u32..3,
    ) {
        let (policy, k) = (policy(least, strict), u64::from(least));
        let (mut earlier, mut topic) = (Vec::new(), Vec::new());
        for (release, batch) in (1..).zip(batches) {
            for (pay, rota) in batch {
                let themes: Vec<&str> = [("pay", pay), ("rota", rota && release > rota_after)].iter().filter(|(_, has)| *has).map(|(name, _)| *name).collect();
                topic.push(read(&themes, None));
            }
            let themes: Vec<Theme> = [("pay", 0), ("rota", rota_after)].iter().filter(|(_, after)| release > *after).map(|(name, after)| theme(name, *after)).collect();
            next(&policy, &themes, &mut earlier, &mut topic);
        }
        let bases: BTreeSet<u64> = earlier.iter().flat_map(|annex| &annex.questions).map(|question| question.read).chain([0]).collect();
        for pair in bases.iter().collect::<Vec<_>>().windows(2) {
            prop_assert!(pair[1] - pair[0] >= k, "{bases:?}");
        }
        for name in ["pay", "rota"] {
            let all = figures(&earlier, name);
            let all: Vec<(u64, u64)> = [(0, 0)].into_iter().chain(all).collect();
            for pair in all.windows(2) {
                let (people, with) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                prop_assert!(people >= k, "{all:?}");
                prop_assert!(!strict || (with > k && people - with > k), "{all:?}");
            }
        }
    }
}
