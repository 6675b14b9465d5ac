//! What is wrong with a form, by field: for the summary above it and for the
//! fields themselves.

use super::ui;
use crate::survey::Lang;
use actix_web::http::StatusCode;
use maud::Markup;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(String, String)>);

impl Problems {
    pub fn add(&mut self, field: &str, message: impl std::fmt::Display) {
        self.0.push((field.to_owned(), message.to_string()));
    }

    /// One problem.
    pub fn one(field: &str, message: impl std::fmt::Display) -> Problems {
        let mut problems = Problems::default();
        problems.add(field, message);
        problems
    }

    /// Keeps what is right, and what is wrong with what is not.
    pub fn check<T, E: std::fmt::Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|why| self.add(field, why)).ok()
    }

    /// The first problem of a field.
    pub fn on(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, message)| message.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Of the page that shows them.
    pub fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The error summary; nothing if there is nothing.
    pub fn summary(&self) -> Markup {
        ui::error_summary(Lang::En, &self.0)
    }
}
