//! The report in every form, as everybody may download it: opened by LibreOffice and
//! by poppler, which share no code with what wrote it.

use crate::support::council::Council;
use crate::support::{TestApp, Visitor};
use candour::release::{self, UptakeCounts, store};
use candour::response::{self, Mode};
use candour::survey::{self, Answer, Answers, Code};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a program needs that is not there.
const MISSING: &str = "is missing: apt-get install libreoffice-writer libreoffice-calc poppler-utils";
/// Every sheet as a file of its own, cells as they are shown, texts between quotation marks.
const EVERY_SHEET: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1";

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// The n-th person: two directorates that can be shown, and one that cannot.
fn person(n: usize) -> Answers {
    let directorate = ["adults", "children", "adults", "children", "adults", "finance"][n % 6];
    let reasons =
        [("pay", 2), ("workload", 3), ("manager", 7)].into_iter().filter(|(_, every)| n.is_multiple_of(*every));
    Answers::from([
        (code("directorate"), Answer::One(code(directorate))),
        (code("reasons"), Answer::Many(reasons.map(|(reason, _)| code(reason)).collect())),
        (code("supported"), Answer::One(code(["agree", "neither", "disagree"][n % 3]))),
    ])
}

/// A release that everybody may read; the address of its report.
fn published(app: &TestApp) -> String {
    let council = Council::new(&app.app, "Milbury");
    let (keys, now, campaign) = (&app.app.keys, app.app.clock.now(), &council.campaign);
    let people: Vec<Answers> = (0..24).map(person).collect();
    let id = app.app.db.write_blocking(|conn| {
        let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
        response::record_all(conn, keys, &campaign.id, Mode::Online, &survey, &people)?;
        release::create(conn, keys, now, campaign, "Milbury & \u{9aa}", &survey, UptakeCounts::default())?;
        store::publish(conn, &campaign.id, 1)?;
        anyhow::Ok(store::find(conn, &campaign.id, 1)?.unwrap().id)
    });
    format!("/reports/{}", id.unwrap())
}

fn download(visitor: &mut Visitor, report: &str, extension: &str, folder: &Path) -> PathBuf {
    let page = visitor.open(&format!("{report}.{extension}")).clone();
    assert_eq!(page.status, 200, "{extension}");
    let named = page.header("content-disposition").unwrap_or_default();
    assert_eq!(named, format!("attachment; filename=\"release-1.{extension}\""));
    let file = folder.join(format!("report-{extension}.{extension}"));
    std::fs::write(&file, &page.bytes).unwrap();
    file
}

fn convert(file: &Path, to: &str) {
    let folder = file.parent().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .args([folder, file])
        .output()
        .unwrap_or_else(|error| panic!("soffice {MISSING} ({error})"));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// All figures of the CSV: group, answer, base, count, percentage and interval.
fn figures(text: &str) -> Vec<[String; 7]> {
    records(text).iter().skip(1).map(|line| [5, 7, 8, 9, 10, 11, 12].map(|field| line[field].clone())).collect()
}

/// The same of all sheets, in their order.
fn figures_of_sheets(folder: &Path, stem: &str) -> Vec<[String; 7]> {
    let mut sheets = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let number =
            name.strip_prefix(&format!("{stem}-")).and_then(|rest| rest.split('_').next()?.parse::<u32>().ok());
        if let Some(number) = number {
            sheets.insert(number, records(&std::fs::read_to_string(&path).unwrap()));
        }
    }
    let lines = sheets.values().flat_map(|sheet| {
        let head = sheet.iter().position(|line| line[0] == "Breakdown").expect("a table");
        &sheet[head + 1..]
    });
    let mark = |cell: &String| if cell == "[c]" { String::new() } else { cell.clone() };
    lines.map(|line| [1, 2, 3, 4, 5, 6, 7].map(|column| mark(&line[column]))).collect()
}

fn text_of_pdf(file: &Path) -> String {
    let done = Command::new("pdftotext").args(["-layout".as_ref(), file.as_os_str(), "-".as_ref()]).output();
    String::from_utf8(done.unwrap_or_else(|error| panic!("pdftotext {MISSING} ({error})")).stdout).unwrap()
}

#[test]
fn libreoffice_finds_every_figure_of_the_csv_in_every_form() {
    let app = TestApp::on_sqlite();
    let report = published(&app);
    let mut visitor = app.visitor();
    let folder = tempfile::tempdir().unwrap();
    let expected = figures(&visitor.open(&format!("{report}.csv")).text());
    assert!(expected.len() > 30 && expected.iter().any(|line| line[4] == "50.0"), "{expected:?}");
    assert!(expected.iter().any(|line| line[4].is_empty()), "something is hidden");

    for extension in ["xlsx", "ods"] {
        convert(&download(&mut visitor, &report, extension, folder.path()), EVERY_SHEET);
        let found = figures_of_sheets(folder.path(), &format!("report-{extension}"));
        assert_eq!(found, expected, "{extension}");
    }

    let document = download(&mut visitor, &report, "docx", folder.path());
    convert(&document, "pdf");
    let text = text_of_pdf(&document.with_extension("pdf"));
    assert!(text.contains("n/p") && text.contains("Contents") && text.contains("Page 1 of "), "{text}");
    assert_eq!(intervals(&text), intervals_of(&expected), "Word");
}

#[test]
fn poppler_and_a_browser_find_every_figure_of_the_csv_and_no_other() {
    let app = TestApp::on_sqlite();
    let report = published(&app);
    let mut visitor = app.visitor();
    let folder = tempfile::tempdir().unwrap();
    let expected = intervals_of(&figures(&visitor.open(&format!("{report}.csv")).text()));
    assert!(expected.len() > 6, "{expected:?}");
    let page = String::from_utf8(visitor.open(&report).bytes.clone()).unwrap();
    let words: String =
        page.split('<').filter_map(|element| element.split_once('>')).map(|(_, text)| format!(" {text}")).collect();
    assert_eq!(intervals(&words), expected, "HTML");
    let paper = download(&mut visitor, &report, "pdf", folder.path());
    let text = text_of_pdf(&paper);
    assert!(text.contains("n/p") && text.contains("In brief") && text.contains("Page 1 of "), "{text}");
    assert_eq!(intervals(&text), expected, "PDF");
}

/// What a reader that goes by the structure has of the PDF: its language, title, heads,
/// tables with their heads, alternatives of pictures, and no face that is not in it.
#[test]
fn the_pdf_is_tagged_has_a_language_and_a_title_and_its_typefaces_in_it() {
    let app = TestApp::on_sqlite();
    let report = published(&app);
    let folder = tempfile::tempdir().unwrap();
    let paper = download(&mut app.visitor(), &report, "pdf", folder.path());
    let info = tool("pdfinfo", &[], &paper);
    for said in ["Title:           ", "Tagged:          yes", "PDF version:     1.7", "Author:          Milbury"] {
        assert!(info.contains(said), "{said}: {info}");
    }
    let structure = tool("pdfinfo", &["-struct-text"], &paper);
    for tag in [
        "H1", "H2", "H3", "H4", "TOC", "Table", "Caption", "THead", "TBody", "TH", "TD", "Figure", "L", "LBody", "Link",
    ] {
        assert!(structure.lines().any(|line| line.trim_start().starts_with(tag)), "{tag}: {structure}");
    }
    let fonts = tool("pdffonts", &[], &paper);
    let listed: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(
        !listed.is_empty() && listed.iter().all(|line| line.contains("NotoSans") && line.contains("yes yes yes")),
        "{fonts}"
    );
    let bytes = String::from_utf8_lossy(&std::fs::read(&paper).unwrap()).into_owned();
    for said in ["/Lang(en-GB)", "pdfuaid", "pdfaid"] {
        assert!(bytes.contains(said) || bytes.replace(' ', "").contains(said), "{said}");
    }
}

fn tool(name: &str, arguments: &[&str], file: &Path) -> String {
    let done = Command::new(name).args(arguments).arg(file).output();
    String::from_utf8(done.unwrap_or_else(|error| panic!("{name} {MISSING} ({error})")).stdout).unwrap()
}

/// Every interval of percentages that a text has: a figure of its own, hardly two alike.
fn intervals(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &str| {
        word.split_once('.').is_some_and(|(whole, tenth)| {
            tenth.len() == 1 && [whole, tenth].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    let found = words.windows(3).filter_map(|three| {
        let (low, high) = (three[0].trim_start_matches('('), three[2].split('%').next().unwrap());
        (three[1] == "to" && three[2].contains('%') && is_number(low) && is_number(high))
            .then(|| format!("{low} to {high}%"))
    });
    found.collect()
}

fn intervals_of(figures: &[[String; 7]]) -> BTreeSet<String> {
    figures.iter().filter(|line| !line[5].is_empty()).map(|line| format!("{} to {}%", line[5], line[6])).collect()
}
