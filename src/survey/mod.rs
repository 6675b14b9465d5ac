//! Questionnaires: what is asked, in which order, of whom, and what counts as an
//! answer. Pure but for [`store`]; knows nothing of who answers.

pub mod answer;
pub mod model;

pub use answer::{Answer, Answers, Missing};
pub use model::{
    Band, Choice, Clause, Code, Condition, Kind, Lang, Question, QuestionKind, Scale, Section, Survey, Text,
};
