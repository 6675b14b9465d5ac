//! A workbook, whatever it is written as.

use super::super::xml::clean;
use crate::workforce::Number;
use chrono::NaiveDate;

#[derive(Debug)]
pub struct Workbook {
    pub title: String,
    pub subject: String,
    pub organisation: String,
    pub date: NaiveDate,
    pub sheets: Vec<Sheet>,
}

/// Lines of text in the first column, the title first, and a table under them.
#[derive(Debug)]
pub struct Sheet {
    /// On its tab.
    pub name: String,
    pub title: String,
    pub lines: Vec<Cell>,
    pub table: Option<Table>,
    /// How wide the lines may be where no table says so, in characters.
    pub width: u16,
}

#[derive(Debug)]
pub struct Table {
    /// Letters, digits and underscores; no other table has it.
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub head: &'static str,
    /// In characters.
    pub width: u16,
    /// Its figures stand at its right edge, and so does its head.
    pub is_figures: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// Above several lines of text.
    Heading(String),
    Link {
        text: String,
        to: Target,
    },
    Whole(u32),
    /// With one decimal: 369 is 36.9.
    Tenths(i32),
    /// With two decimals at most, as full-time equivalents have.
    Amount(Number),
    NotPublished,
    /// There is no such figure.
    NotApplicable,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The first cell of a sheet, by name.
    Sheet(String),
    Address(String),
}

/// "Confidential", as the Government Statistical Service marks it.
pub const NOT_PUBLISHED: &str = "[c]";
pub const NOT_APPLICABLE: &str = "[z]";

/// So many characters, of four bytes at most, fit into a cell of every program.
const LONGEST: usize = 16_000;

/// As it is in a cell: one line, its words one space apart.
pub fn text(words: &str) -> String {
    let words: Vec<String> = words.split_whitespace().map(clean).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

impl Sheet {
    /// The row of the table's heads, from 0.
    pub fn head_row(&self) -> usize {
        self.lines.len() + 1
    }

    /// The columns, and how wide they are.
    pub fn widths(&self) -> Vec<u16> {
        match &self.table {
            Some(table) => table.columns.iter().map(|column| column.width).collect(),
            None => vec![self.width],
        }
    }
}

impl Column {
    pub fn new(head: &'static str, width: u16) -> Column {
        Column { head, width, is_figures: false }
    }

    pub fn figures(head: &'static str, width: u16) -> Column {
        Column { is_figures: true, ..Column::new(head, width) }
    }
}

impl Cell {
    /// No cell is empty: what has no words is marked.
    pub fn text(words: &str) -> Cell {
        let words = text(words);
        if words.is_empty() { Cell::NotApplicable } else { Cell::Text(words) }
    }

    pub fn heading(words: &str) -> Cell {
        Cell::Heading(text(words))
    }

    pub fn to_sheet(words: &str, name: &str) -> Cell {
        Cell::Link { text: text(words), to: Target::Sheet(name.to_owned()) }
    }

    /// The words alone, if the address is none that a spreadsheet can open.
    pub fn to_address(words: &str, address: &str) -> Cell {
        const LONGEST: usize = 2_000;
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        if is_web && address.len() <= LONGEST {
            Cell::Link { text: text(words), to: Target::Address(clean(address)) }
        } else {
            Cell::text(words)
        }
    }

    pub fn whole(number: u64) -> Cell {
        u32::try_from(number).map_or_else(|_| Cell::Text(number.to_string()), Cell::Whole)
    }

    /// How many lines its words take in a column of that width; letters differ, so a
    /// tenth of it is left over.
    pub fn lines(&self, width: u16) -> u16 {
        let characters = self.words().map_or(1, |words| words.chars().count());
        let fit = usize::from(width) * 9 / 10;
        u16::try_from(characters.div_ceil(fit.max(1))).unwrap_or(u16::MAX).max(1)
    }

    /// What is in it, if that is text.
    pub fn words(&self) -> Option<&str> {
        match self {
            Cell::Text(text) | Cell::Heading(text) | Cell::Link { text, .. } => Some(text),
            Cell::NotPublished => Some(NOT_PUBLISHED),
            Cell::NotApplicable => Some(NOT_APPLICABLE),
            Cell::Whole(_) | Cell::Tenths(_) | Cell::Amount(_) => None,
        }
    }
}
