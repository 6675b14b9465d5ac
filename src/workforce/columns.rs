//! Which column of a file holds what.

use super::read::Problem;
use super::{By, Measure};
use crate::sheet::{Row, plain, shortened};

/// The columns' names, for whoever fills a file in: nothing else is in it.
pub fn template() -> String {
    let names = By::ALL.iter().map(|by| by.as_str()).chain(Measure::ALL.iter().map(|measure| measure.as_str()));
    names.collect::<Vec<_>>().join(",") + "\r\n"
}

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    By(By),
    Measure(Measure),
}

impl Column {
    const ALL: [Column; 11] = [
        Column::By(By::Directorate),
        Column::By(By::Role),
        Column::Measure(Measure::Headcount),
        Column::Measure(Measure::HeadcountStart),
        Column::Measure(Measure::Starters),
        Column::Measure(Measure::Leavers),
        Column::Measure(Measure::Stayed),
        Column::Measure(Measure::Fte),
        Column::Measure(Measure::Vacancies),
        Column::Measure(Measure::Agency),
        Column::Measure(Measure::SicknessDays),
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Column::By(by) => by.as_str(),
            Column::Measure(measure) => measure.as_str(),
        }
    }

    /// What else it is called, as [`plain`] has it.
    fn others(self) -> &'static [&'static str] {
        match self {
            Column::By(By::Directorate) => &["department", "service", "division", "cyfarwyddiaeth"],
            Column::By(By::Role) => &["job", "jobrole", "jobfamily", "occupation", "staffgroup", "swydd", "rol"],
            Column::Measure(Measure::Headcount) => {
                &["headcountend", "headcountatend", "inpostatend", "inpostattheend", "inpost", "staffinpost"]
            }
            Column::Measure(Measure::HeadcountStart) => {
                &["headcountatstart", "startheadcount", "openingheadcount", "inpostatstart", "inpostatthestart"]
            }
            Column::Measure(Measure::Starters) => &["newstarters", "joiners", "recruits", "dechreuwyr"],
            Column::Measure(Measure::Leavers) => &["left", "ymadawyr"],
            Column::Measure(Measure::Stayed) => &["inpostthroughout", "stayers", "remained"],
            Column::Measure(Measure::Fte) => &["ftes", "wte", "fulltimeequivalents", "fulltimeequivalent", "fteinpost"],
            Column::Measure(Measure::Vacancies) => &["vacanciesfte", "vacantfte", "ftevacancies", "vacantposts"],
            Column::Measure(Measure::Agency) => &["agencyfte", "agencystaff", "fteagency", "locums", "agencyworkers"],
            Column::Measure(Measure::SicknessDays) => {
                &["sickness", "sickdays", "dayslosttosickness", "sicknessabsencedays", "dayslost"]
            }
        }
    }

    fn is_titled(self, title: &str) -> bool {
        plain(self.as_str()) == title || self.others().contains(&title)
    }
}

/// The columns of one file.
pub(super) struct Columns {
    /// What it is, and which cell of a row.
    pub known: Vec<(Column, usize)>,
    /// Titles of columns that are nothing of ours.
    pub passed_over: Vec<String>,
    /// How many cells the first line has.
    pub width: usize,
}

impl Columns {
    pub fn read(header: &Row) -> Result<Columns, Vec<Problem>> {
        let titles: Vec<String> = header.cells.iter().map(plain).collect();
        let (mut known, mut problems) = (Vec::new(), Vec::new());
        let mut wrong = |message: String| problems.push(Problem { line: header.line, column: None, message });
        for column in Column::ALL {
            let mut all = titles.iter().enumerate().filter(|(_, title)| column.is_titled(title)).map(|(at, _)| at);
            known.extend(all.next().map(|at| (column, at)));
            if all.next().is_some() {
                wrong(format!("has two columns for {}: leave one of them", column.as_str()));
            }
        }
        let has = |wanted: Column| known.iter().any(|(column, _)| *column == wanted);
        let found =
            || header.cells.iter().map(|title| format!("“{}”", shortened(title))).collect::<Vec<_>>().join(", ");
        if !By::ALL.iter().any(|by| has(Column::By(*by))) {
            wrong(format!(
                "names neither a column “directorate” nor a column “role”: add one of them (found: {})",
                found()
            ));
        }
        if !has(Column::Measure(Measure::Headcount)) {
            wrong(format!("does not name a column “headcount”: add it (found: {})", found()));
        }
        let is_ours = |at: usize| known.iter().any(|(_, ours)| *ours == at);
        let others = header.cells.iter().enumerate().filter(|(at, title)| !is_ours(*at) && !title.trim().is_empty());
        let passed_over = others.map(|(_, title)| shortened(title)).collect();
        if problems.is_empty() { Ok(Columns { known, passed_over, width: titles.len() }) } else { Err(problems) }
    }

    pub fn has(&self, measure: Measure) -> bool {
        self.known.iter().any(|(column, _)| *column == Column::Measure(measure))
    }
}
