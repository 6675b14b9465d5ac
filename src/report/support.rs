//! For the tests of reports: a source that is nothing but a release and its survey.

use super::{Source, Template, csv, html, report};
use crate::release::{Release, sample};
use crate::survey::{QuestionKind, Survey};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

pub fn of<R>(release: &Release, survey: &Survey, render: impl FnOnce(&Source) -> R) -> R {
    looking(&Template::default(), release, survey, render)
}

pub fn looking<R>(template: &Template, release: &Release, survey: &Survey, render: impl FnOnce(&Source) -> R) -> R {
    render(&Source {
        release,
        survey,
        earlier: &[],
        stayers: None,
        annex: None,
        workforce: None,
        template,
        about: "/campaigns/leavers",
    })
}

pub fn page(release: &Release, survey: &Survey) -> String {
    of(release, survey, |source| html::page_body(&report(source), &[]).into_string())
}

pub fn lines(release: &Release, survey: &Survey) -> String {
    of(release, survey, |source| String::from_utf8(csv::write(source)).unwrap())
}

/// Every file of the archive by its path.
pub fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let paths: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |path: String| {
        let mut bytes = Vec::new();
        archive.by_name(&path).unwrap().read_to_end(&mut bytes).unwrap();
        (path, bytes)
    };
    paths.into_iter().map(&mut read).collect()
}

/// Labels as somebody may write who wants to break out of them.
pub fn hostile() -> Survey {
    let mut survey = sample::survey();
    let odd = [
        "]]><w:p>&\"'",
        "a\u{0}b\u{b}c\u{1b}d\u{ffff}",
        "\u{1f600}\u{9aa}\u{9c7}\u{9b6}\u{9be}",
        "two\nlines\tand more",
    ];
    for (question, odd) in survey.sections[0].questions.iter_mut().zip(odd.into_iter().cycle()) {
        question.label.en = format!("{odd} {}", question.label.en);
        if let QuestionKind::Single { choices } | QuestionKind::Multiple { choices } = &mut question.kind {
            choices.iter_mut().for_each(|choice| choice.label.en.push_str(odd));
        }
    }
    survey.title.en = odd.concat();
    survey
}
