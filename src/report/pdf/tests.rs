//! The file as a reader of PDF finds it is looked at in tests/it/office.rs; here is
//! what krilla's own checks let through, and that it is the same twice.

use super::flow::{Flow, Item};
use super::{blocks, write};
use crate::release::{Release, sample};
use crate::report::chart::{Bar, Chart, Kind};
use crate::report::model::{Block, Body, Cell, Label, Look, Row, Section, Shape, Table};
use crate::report::template::{Colour, Logo, Look as TemplateLook};
use crate::report::{Template, picture, report, support};
use crate::survey::Survey;

fn pdf(release: &Release, survey: &Survey) -> Vec<u8> {
    support::of(release, survey, |source| write(&report(source)).unwrap())
}

#[test]
fn a_report_is_a_pdf_that_the_standards_allow_and_the_same_every_time() {
    let (release, survey) = (sample::release(), sample::survey());
    let first = pdf(&release, &survey);
    assert!(first.starts_with(b"%PDF-1.7"));
    assert!(first == pdf(&release, &survey), "nothing in it is of the moment");
}

#[test]
fn whatever_is_in_a_label_there_is_a_pdf() {
    let mut survey = sample::survey();
    for (question, label) in survey.sections[0].questions.iter_mut().zip([
        "ধন্যবাদ সবাই",
        "شكرا جزيلا",
        "Fine \u{1f600}\u{200d}\u{1f525}",
        "\u{0}\u{7}\u{fffe}",
        &"x".repeat(300),
        "",
    ]) {
        question.label.en = label.to_owned();
    }
    assert!(pdf(&sample::release(), &survey).len() > 10_000);
}

#[test]
fn a_note_stands_on_the_page_where_its_table_ends() {
    for rows in 1..120 {
        let row = |n: usize| Row::new(Label::new(format!("Row {n}")), vec![Cell::number(n)]);
        let table = Table {
            id: "t".to_owned(),
            label: "Rows".to_owned(),
            caption: "Rows".to_owned(),
            shape: Shape::Figures,
            columns: ["Row", "Number"].map(Label::new).to_vec(),
            bodies: vec![Body { head: None, rows: (0..rows).map(row).collect() }],
            foot: Vec::new(),
        };
        let mut section = Section::new("rows", "Rows");
        section.blocks.push(Block::Table(table));
        section.say(
            Look::Note,
            "What the numbers are, in a note of some length that goes on to the next line. ".repeat(3),
        );
        let mut flow = Flow::new(Colour::default());
        blocks::section(&section, 2, &mut flow);
        let last = flow.pages.last().unwrap();
        let has = |words: &str| last.iter().any(|item| matches!(item, Item::Text { piece, .. } if piece.text == words));
        assert!(has(&format!("Row {}", rows - 1)), "{rows} rows: the note stands by itself");
    }
}

#[test]
fn a_logo_of_either_kind_is_on_the_first_page_and_one_that_cannot_be_opened_is_left_out() {
    let (release, survey) = (sample::release(), sample::survey());
    let with = |bytes: &[u8]| {
        let logo = Some(Logo { bytes: bytes.to_vec(), alt: "Borsetshire".to_owned() });
        let template = Template { look: TemplateLook { logo, ..TemplateLook::default() }, ..Template::default() };
        support::looking(&template, &release, &survey, |source| write(&report(source)).unwrap())
    };
    let chart = Chart {
        id: "c".to_owned(),
        title: "Reasons".to_owned(),
        description: "Bars".to_owned(),
        kind: Kind::Bars(vec![Bar { label: "Pay".to_owned(), figure: None }]),
    };
    let png = picture::png(&chart, Colour::default(), 40);
    let jpeg = include_bytes!("../../../tests/it/fixtures/logo.jpg");
    let none = with(b"nothing").len();
    assert!(with(&png).len() > none + 100 && with(jpeg).len() > none + jpeg.len());
    let broken = [&png[..40], &[7; 20], &png[60..]].concat();
    assert_eq!(with(&broken).len(), none);
}
