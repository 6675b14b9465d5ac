//! A report of the real program, as a councillor reads it.

use crate::backup::installation::run;
use crate::support::employer::{CAMPAIGN, Employer};
use scraper::{ElementRef, Html, Selector};

pub struct Printed(Html);

impl Printed {
    /// Of the next release, which is made for it.
    pub fn next(employer: &Employer<'_>) -> Printed {
        let campaign = ["--campaign", CAMPAIGN, "--organisation", &employer.name];
        let made = run(employer.app, &[&["release", "create"][..], &campaign].concat());
        assert!(made.status.success(), "{made:?}");
        let file = employer.app.folder().join("report.html").display().to_string();
        let written = run(employer.app, &[&["report", "--format", "html", "--out", &file][..], &campaign].concat());
        assert!(written.status.success(), "{written:?}");
        Printed(Html::parse_document(&std::fs::read_to_string(&file).unwrap()))
    }

    /// Those of its first page.
    pub fn sentences(&self) -> Vec<String> {
        let lists = selected(&self.0, "ul.report-list");
        lists[0].select(&selector("li")).map(words).collect()
    }

    /// A question's answers: label, count, percentage and interval.
    pub fn answers(&self, question: &str) -> Vec<[String; 4]> {
        self.rows(&format!("#t-{question} tbody tr"))
    }

    /// The same of all its favourable answers together, where that is printed.
    pub fn favourable(&self, question: &str) -> Option<[String; 4]> {
        self.rows(&format!("#t-{question} tfoot tr")).pop()
    }

    /// How many answered, in words.
    pub fn base(&self, question: &str) -> String {
        let question = selected(&self.0, &format!("div.report-question:has(> #q-{question})")).remove(0);
        question.select(&selector("p.report-base")).map(words).next().unwrap()
    }

    fn rows(&self, rows: &str) -> Vec<[String; 4]> {
        let cells = |row: ElementRef<'_>| row.select(&selector("th, td")).map(words).collect::<Vec<_>>();
        selected(&self.0, rows).into_iter().map(|row| cells(row).try_into().unwrap()).collect()
    }
}

/// What a table says of all answers in one of its columns.
pub fn column(rows: &[[String; 4]], column: usize) -> Vec<&str> {
    rows.iter().map(|row| row[column].as_str()).collect()
}

fn selected<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&selector(css)).collect()
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
