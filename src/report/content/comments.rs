//! What people wrote in their own words: what was approved to be quoted, and what it is
//! about. Nothing stands beside a quotation.

use super::figures;
use super::words::{as_at, people, show};
use crate::comment::{Annex, AnnexQuestion, ThemeCell, Themes};
use crate::report::model::{Block, Look, Section};
use crate::report::source::Source;
use crate::report::template::Part;
use crate::report::view::RowView;
use crate::survey::{Lang, Survey};

/// Nothing, if no comments were added to the release.
pub fn part(source: &Source) -> Section {
    let mut part = Section::new(Part::Comments.code(), Part::Comments.title());
    let Some(annex) = source.annex.filter(|annex| !annex.questions.is_empty()) else { return Section::default() };
    let least = source.release.policy.comment_min_base;
    part.say(
        Look::Plain,
        format!(
            "People could also answer in their own words. Somebody whom {} has given the right has read what they wrote, \
             taken out what would tell who somebody is, and approved what is quoted here: one comment at most for every \
             {least} that were read. [Square brackets] stand for what was taken out.",
            source.release.organisation
        ),
    );
    part.say(
        Look::Note,
        "The order of the quotations says nothing. Who wrote which, and what else they answered, nobody knows.",
    );
    part.sections = annex.questions.iter().map(|question| of_question(question, source.survey)).collect();
    part
}

/// What a question asked, as people read it.
pub fn label<'a>(survey: &'a Survey, question: &'a AnnexQuestion) -> &'a str {
    let found = survey.question(&question.question);
    found.map_or(question.question.as_str(), |found| found.label.get(Lang::En))
}

/// The themes of an annex, a row each, with the question that they are of.
pub fn themes(annex: &Annex) -> impl Iterator<Item = (&AnnexQuestion, Option<u32>, RowView)> {
    annex.questions.iter().flat_map(|question| {
        let rows = |themes: &Themes| themes.cells.iter().map(|cell| row(themes, cell)).collect::<Vec<_>>();
        let found = question.themes.as_ref();
        let rows = found.map(rows).unwrap_or_default();
        rows.into_iter().map(move |row| (question, found.and_then(|themes| themes.as_at), row))
    })
}

fn of_question(question: &AnnexQuestion, survey: &Survey) -> Section {
    let mut section = Section::new(format!("comments-{}", question.question), label(survey, question));
    let at = as_at(question.themes.as_ref().and_then(|themes| themes.as_at));
    section.say(Look::Base, format!("The comments of {} were read{at}.", people(question.read)));
    section.blocks.extend(question.quotes.iter().cloned().map(Block::Quote));
    if let Some(themes) = &question.themes {
        about(&mut section, question, themes);
    }
    section
}

fn about(section: &mut Section, question: &AnnexQuestion, themes: &Themes) {
    let rows: Vec<RowView> = themes.cells.iter().map(|cell| row(themes, cell)).collect();
    let shown: Vec<&RowView> = rows.iter().collect();
    let id = format!("comments-{}", question.question);
    let names = ["What they wrote about", "Theme"];
    let table = figures::table(
        &format!("t-{id}"),
        format!("What people wrote about, {}: table", section.title),
        names,
        &shown,
        None,
    );
    let chart = figures::bars(format!("c-{id}"), &format!("what people wrote about, {}", section.title), rows.iter());
    show(Block::Pair(table, chart), section);
    section.say(Look::Note, "Percentages add to more than 100 because a comment can touch several themes. Themes were given by whoever read the comments, to those that are not quoted too.");
}

fn row(themes: &Themes, cell: &ThemeCell) -> RowView {
    let own = cell.base.filter(|_| cell.as_at.is_none() && cell.figure.is_some());
    let since = own.map(|base| format!(" (of {base}, read since it was a theme)")).unwrap_or_default();
    RowView {
        code: cell.code.clone(),
        label: format!("{}{since}", cell.label),
        is_favourable: false,
        as_at: cell.as_at,
        base: cell.figure.map(|_| cell.base.unwrap_or(themes.base)),
        figure: cell.figure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::annex;
    use crate::release::percent::figure;
    use crate::release::sample;
    use crate::report::{Template, csv, html, report};

    fn annex() -> Annex {
        let cell = |code: &str, base: Option<u64>, count| ThemeCell {
            code: code.to_owned(),
            label: code.to_uppercase(),
            as_at: None,
            base,
            figure: figure(count, base.unwrap_or(24)),
        };
        let cells = vec![cell("pay", None, 12), cell("rota", Some(9), 6), cell("other", None, 99)];
        let question = AnnexQuestion {
            question: "comment".to_owned(),
            read: 24,
            quotes: vec!["[name removed] said <no>".to_owned(), "\u{995}\u{9be}\u{99c}".to_owned()],
            themes: Some(Themes { as_at: None, base: 24, cells }),
        };
        let annex = Annex { release: 2, release_hash: String::new(), hash: String::new(), questions: vec![question] };
        annex::freeze(annex).unwrap().0
    }

    #[test]
    fn quotations_and_themes_are_in_the_report_and_in_its_lines() {
        let (release, survey, template, annex) = (sample::release(), sample::survey(), Template::default(), annex());
        let source = |annex| Source {
            release: &release,
            survey: &survey,
            earlier: &[],
            stayers: None,
            workforce: None,
            annex,
            template: &template,
            about: "/",
        };
        let without = html::page_body(&report(&source(None)), &[]).into_string();
        assert!(!without.contains("In their own words"));
        let with = source(Some(&annex));
        let page = html::page_body(&report(&with), &[]).into_string();
        for words in [
            "In their own words",
            "[name removed] said &lt;no&gt;",
            "\u{995}",
            "The comments of 24 people",
            "of 9, read since",
        ] {
            assert!(page.contains(words), "{words} is not in {page}");
        }
        let lines = String::from_utf8(csv::write(&with)).unwrap();
        for line in ["comment_themes", ",pay,PAY,24,12,50.0,", "read,Comments that were read,,24,"] {
            assert!(lines.contains(line), "{line} is not in {lines}");
        }
        assert!(!lines.contains("name removed"), "words are no figures");
    }
}
