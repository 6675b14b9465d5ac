//! What administrators of the installation do: organisations, accounts,
//! interviewers and surveys. They see no campaign and no figure that is not public.

pub mod account;
mod account_form;
pub mod administrator;
pub mod interviewer;
mod interviewer_form;
pub mod organisation;
pub mod survey;
#[cfg(test)]
mod tests;
