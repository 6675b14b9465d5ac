use super::super::model::Report;
use super::super::{html, report, support};
use super::write;
use crate::release::sample;
use crate::survey::Survey;
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn made(survey: &Survey) -> Report {
    support::of(&sample::release(), survey, report)
}

fn xml(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

fn words(node: Node) -> String {
    node.descendants().filter(|one| one.has_tag_name((W, "t"))).filter_map(|t| t.text()).collect()
}

/// Tables as rows of cells of paragraphs.
fn tables(document: &Document) -> Vec<Vec<Vec<String>>> {
    let children = |node: Node, name: &'static str| {
        node.descendants().filter(move |one| one.has_tag_name((W, name))).map(|one| one.id()).collect::<Vec<_>>()
    };
    let under = |node: Node, name| children(node, name).into_iter().map(|id| document.get_node(id).unwrap());
    let cell = |cell: Node| under(cell, "p").map(words).collect::<Vec<_>>().join("");
    let row = |row: Node| under(row, "tc").map(cell).collect();
    under(document.root(), "tbl").map(|table| under(table, "tr").map(row).collect()).collect()
}

#[test]
fn a_report_is_a_document_for_word() {
    let files = support::unpacked(&write(&made(&sample::survey())));
    insta::assert_snapshot!(xml(&files, "word/document.xml").replace("<w:p>", "\n<w:p>").replace("<w:t", "\n<w:t"));
}

#[test]
fn every_table_has_the_cells_of_the_page() {
    let report = made(&sample::survey());
    let page = scraper::Html::parse_fragment(&html::page_body(&report, &[]).into_string());
    let all = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let (row, cell) = (all("tr"), all("th, td"));
    let on_page: Vec<Vec<Vec<String>>> = page
        .select(&all("table"))
        .map(|table| {
            table.select(&row).map(|row| row.select(&cell).map(|cell| cell.text().collect()).collect()).collect()
        })
        .collect();
    let text = xml(&support::unpacked(&write(&report)), "word/document.xml");
    let mut in_word = tables(&Document::parse(&text).unwrap());
    in_word.retain(|table| table[0][0] != "Release");
    assert!(on_page.len() > 10);
    assert_eq!(in_word, on_page);
}

#[test]
fn whatever_is_in_the_labels_word_can_open_it_and_every_link_leads_somewhere() {
    let files = support::unpacked(&write(&made(&support::hostile())));
    for (path, bytes) in files.iter().filter(|(path, _)| !path.ends_with(".png")) {
        let text = std::str::from_utf8(bytes).unwrap();
        Document::parse(text).map_err(|error| format!("{path}: {error}")).unwrap();
    }
    let (document, relations) = (xml(&files, "word/document.xml"), xml(&files, "word/_rels/document.xml.rels"));
    let (document, relations) = (Document::parse(&document).unwrap(), Document::parse(&relations).unwrap());
    let attributes = |document: &Document, tag: &str, attribute: &str| -> Vec<String> {
        let all = document.descendants().filter(|node| node.tag_name().name() == tag);
        let value =
            |node: Node| node.attributes().find(|one| one.name() == attribute).map(|one| one.value().to_owned());
        all.filter_map(value).collect()
    };
    let distinct = |list: &[String]| list.iter().collect::<BTreeSet<_>>().len();
    let bookmarks = attributes(&document, "bookmarkStart", "name");
    let anchors = attributes(&document, "hyperlink", "anchor");
    assert!(!anchors.is_empty() && anchors.iter().all(|anchor| bookmarks.contains(anchor)), "{anchors:?}");
    assert_eq!(distinct(&bookmarks), bookmarks.len());
    assert!(bookmarks.iter().all(|name| name.len() <= 40));
    let ids = attributes(&relations, "Relationship", "Id");
    assert_eq!(distinct(&ids), ids.len());
    for used in ["blip", "hyperlink", "footerReference"]
        .map(|tag| attributes(&document, tag, if tag == "blip" { "embed" } else { "id" }))
        .concat()
    {
        assert!(ids.contains(&used) || bookmarks.contains(&used), "{used}");
    }
    for target in attributes(&relations, "Relationship", "Target") {
        assert!(files.contains_key(&format!("word/{target}")), "{target}");
    }
    let drawn = attributes(&document, "docPr", "id");
    assert!(drawn.len() > 5 && distinct(&drawn) == drawn.len());
    assert!(attributes(&document, "docPr", "descr").iter().all(|words| words.len() > 20));
    let styles = xml(&files, "word/styles.xml");
    for style in ["pStyle", "rStyle", "tblStyle"].map(|tag| attributes(&document, tag, "val")).concat() {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
}

#[test]
fn figures_of_what_is_not_published_look_all_the_same() {
    let text = xml(&support::unpacked(&write(&made(&sample::survey()))), "word/document.xml");
    let tables = tables(&Document::parse(&text).unwrap());
    let hidden = tables.iter().flatten().filter(|row| row[0].starts_with("Housing"));
    let hidden: BTreeSet<&[String]> = hidden.map(|row| &row[1..]).collect();
    assert_eq!(hidden.into_iter().collect::<Vec<_>>(), [["n/p", "n/p", "n/p"].map(str::to_owned)]);
}

#[test]
fn the_same_report_is_the_same_bytes_and_says_what_it_is() {
    let report = made(&support::hostile());
    assert!(write(&report) == write(&report));
    let files = support::unpacked(&write(&made(&sample::survey())));
    let core = xml(&files, "docProps/core.xml");
    for property in
        ["<dc:title>Leavers<", "<dc:creator>Borsetshire County Council<", ">2026-09-30T00:00:00Z<", ">en-GB<"]
    {
        assert!(core.contains(property), "{property}: {core}");
    }
    assert!(!xml(&files, "word/styles.xml").contains("ACCENT") && xml(&files, "word/styles.xml").contains("7A3263"));
}

#[test]
fn headings_are_headings_and_all_of_three_levels_are_in_the_contents() {
    let text = xml(&support::unpacked(&write(&made(&sample::survey()))), "word/document.xml");
    let document = Document::parse(&text).unwrap();
    let in_style = |prefix: &str| -> Vec<String> {
        let style = |p: &Node| {
            let style = p.descendants().find(|one| one.has_tag_name((W, "pStyle")));
            style.and_then(|one| one.attribute((W, "val"))).unwrap_or_default().to_owned()
        };
        let all = document.descendants().filter(|node| node.has_tag_name((W, "p")));
        let found = all.filter(|p| ["1", "2", "3"].map(|n| format!("{prefix}{n}")).contains(&style(p)));
        found.map(words).filter(|words| !words.is_empty()).collect()
    };
    assert!(in_style("Heading").len() > 10);
    assert_eq!(in_style("Heading"), in_style("TOC"));
    assert!(text.contains("<w:tblHeader></w:tblHeader>") && !text.contains("txbx"));
}

/// What is chosen for a paper may be a picture, or say that it is one.
#[test]
fn a_logo_is_a_picture_with_its_words_or_the_words_alone() {
    let mut report = made(&sample::survey());
    let chart = report.parts.iter().flat_map(|part| &part.sections).flat_map(|section| &section.blocks);
    let chart = chart
        .filter_map(|block| if let super::super::model::Block::Pair(_, chart) = block { Some(chart) } else { None });
    let bytes = super::super::picture::png(chart.into_iter().next().unwrap(), report.look.accent, 40);
    for (bytes, pictures) in [(bytes, 1), (b"<svg onload=''>".to_vec(), 0)] {
        let before =
            xml(&support::unpacked(&write(&made(&sample::survey()))), "word/document.xml").matches("<pic:pic>").count();
        report.look.logo = Some(super::super::template::Logo { bytes, alt: "Arms of the \"county\"".to_owned() });
        let text = xml(&support::unpacked(&write(&report)), "word/document.xml");
        assert_eq!(text.matches("<pic:pic>").count(), before + pictures);
        assert!(text.contains("Arms of the &quot;county&quot;"));
        report.look.logo = None;
    }
}
