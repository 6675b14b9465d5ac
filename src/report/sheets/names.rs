//! What is on the tabs.

/// Excel has room for so many.
const LONGEST: usize = 31;

/// A name from the number of a table, which no other has, and a word for what it is of.
pub fn sheet(number: usize, word: &str) -> String {
    let word = word.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    format!("{number}_").chars().chain(word).take(LONGEST).collect::<String>().trim_end_matches('_').to_owned()
}

/// Like the name of a cell it must not be, and other than that of a sheet.
pub fn table(number: usize) -> String {
    format!("table_{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_fit_for_every_program() {
        assert_eq!(sheet(7, "reasons"), "7_reasons");
        assert_eq!(sheet(12, "a very long name of a question that goes on"), "12_a_very_long_name_of_a_questi");
        assert_eq!(sheet(3, "[a]:*?/\\'b'"), "3__a_______b");
        assert_eq!(sheet(4, "\u{9aa}\u{1f600}"), "4");
    }

    #[test]
    fn names_that_begin_alike_differ_by_their_numbers() {
        let long = "why_did_you_leave_the_service_so_early_a";
        assert_ne!(sheet(1, long), sheet(2, long));
        assert!(sheet(1234, long).len() == 31 && sheet(1234, long).starts_with("1234_why"));
    }
}
