//! Reports: a release rendered. Pure: a release and its survey in, bytes out,
//! and every figure as the release has it. The JSON is the frozen release itself.

mod chart;
mod crossing;
pub mod csv;
#[cfg(test)]
mod hidden_tests;
pub mod html;
mod made;
mod marks;
mod question;
mod split;
#[cfg(test)]
mod tests;
mod uptake;
mod uptake_words;
pub mod view;
