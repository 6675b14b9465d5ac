//! What other programs read in each format, as lines of text.

use calamine::{Data, Ods, Reader, Xlsx};
use candour::report::Format;
use roxmltree::{Document, Node};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

/// What a paper says, and how it is built where that is more than its words.
pub fn read(format: Format, file: &Path) -> String {
    let bytes = std::fs::read(file).unwrap();
    match format {
        Format::Html => html(&String::from_utf8(bytes).unwrap()),
        Format::Pdf => format!("{}\n{}", outline(file), pdf(file)),
        Format::Docx => docx(bytes),
        Format::Xlsx => sheets::<Xlsx<_>>(bytes),
        Format::Ods => sheets::<Ods<_>>(bytes),
        Format::Csv => String::from_utf8(bytes).unwrap(),
        // One line as it is frozen.
        Format::Json => String::from_utf8(bytes).unwrap().replace("},", "},\n"),
    }
}

/// Headings, paragraphs, items, rows of tables, and what is written in charts.
fn html(text: &str) -> String {
    let html = Html::parse_document(text);
    let lines = Selector::parse("h1, h2, h3, h4, h5, p, ul.report-list li, nav a, caption, tr, dt, dd, svg").unwrap();
    let cells = Selector::parse("th, td").unwrap();
    let line = |element: ElementRef<'_>| match element.value().name() {
        "tr" => element.select(&cells).map(words).collect::<Vec<_>>().join(" | "),
        "svg" => format!("[{}]", words(element)),
        "caption" => format!("Table: {}", words(element)),
        name => match name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            Some(level) => format!("{} {}", "#".repeat(level), words(element)),
            None => words(element),
        },
    };
    html.select(&lines).map(|element| line(element) + "\n").collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// As it is laid out on pages; how wide gaps are is left out.
fn pdf(file: &Path) -> String {
    let text = tool("pdftotext", &["-layout"], &[file.as_os_str(), "-".as_ref()]);
    let line =
        |line: &str| line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    let lines = text.replace('\u{c}', "\n").lines().map(line).collect::<Vec<_>>();
    lines.into_iter().filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// What the file says of itself, how often there is which tag, and all headings.
fn outline(file: &Path) -> String {
    let said = tool("pdfinfo", &[], &[file.as_os_str()]);
    let kept = ["Title", "Subject", "Author", "Creator", "Tagged", "Pages", "Page size", "PDF version"];
    let facts = said.lines().filter(|line| kept.iter().any(|key| line.starts_with(&format!("{key}:"))));
    let structure = tool("pdfinfo", &["-struct"], &[file.as_os_str()]);
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    let mut headings = String::new();
    for line in structure.lines().map(str::trim).filter(|line| line.starts_with(char::is_alphabetic)) {
        let tag = line.split([' ', ':']).next().unwrap();
        *tags.entry(tag).or_default() += 1;
        if tag.len() == 2 && tag.starts_with('H') {
            headings.push_str(&format!("{line}\n"));
        }
    }
    format!("{}\n{tags:?}\n{headings}", facts.collect::<Vec<_>>().join("\n"))
}

fn tool(name: &str, options: &[&str], files: &[&std::ffi::OsStr]) -> String {
    let done = Command::new(name).args(options).args(files).output();
    let done = done.unwrap_or_else(|error| panic!("{name} is missing: apt-get install poppler-utils ({error})"));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Paragraphs with their styles, rows of tables, and the alternatives of pictures.
fn docx(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let document = Document::parse(&xml).unwrap();
    let body = document.descendants().find(|node| node.tag_name().name() == "body").unwrap();
    body.children().filter_map(|node| block(node)).map(|line| line + "\n").collect()
}

fn block(node: Node<'_, '_>) -> Option<String> {
    let all = |name: &'static str| node.descendants().filter(move |found| found.tag_name().name() == name);
    match node.tag_name().name() {
        "p" => {
            let style = all("pStyle").next().and_then(|style| attribute(style, "val")).unwrap_or("Normal");
            Some(format!("{style}: {}", paragraph(node)))
        }
        "tbl" => {
            let cells = |row: Node<'_, '_>| {
                row.children().filter(|cell| cell.tag_name().name() == "tc").map(paragraph).collect::<Vec<_>>()
            };
            Some(all("tr").map(|row| cells(row).join(" | ")).collect::<Vec<_>>().join("\n"))
        }
        _ => None,
    }
}

fn paragraph(node: Node<'_, '_>) -> String {
    let said = |found: Node<'_, '_>| match found.tag_name().name() {
        "t" => found.text().map(str::to_owned),
        "tab" if found.parent().is_some_and(|parent| parent.tag_name().name() == "r") => Some("\t".to_owned()),
        "docPr" => attribute(found, "descr").map(|words| format!("[{words}]")),
        _ => None,
    };
    node.descendants().filter_map(said).collect()
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Every sheet; what is a number and no text is marked as `#36.9`.
fn sheets<R: Reader<Cursor<Vec<u8>>>>(bytes: Vec<u8>) -> String
where
    R::Error: Debug,
{
    let mut file = R::new(Cursor::new(bytes)).unwrap();
    let cell = |cell: &Data| match cell {
        Data::Float(number) => format!("#{number}"),
        Data::Int(number) => format!("#{number}"),
        other => other.to_string(),
    };
    let mut text = String::new();
    for name in file.sheet_names() {
        text.push_str(&format!("== {name}\n"));
        for row in file.worksheet_range(&name).unwrap().rows() {
            let line = row.iter().map(cell).collect::<Vec<_>>().join(" | ");
            text.push_str(&format!("{}\n", line.trim_end_matches([' ', '|'])));
        }
    }
    text
}
