//! Official code lists that ship with the program: files of `surveys/codelists`.

use super::model::{Choice, Text};
use super::read;
use std::sync::LazyLock;

/// Options that somebody else maintains, under the codes that a statutory return
/// or a standard gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// What survey files call it: `code_list = "dfe-reason-leave"`.
    pub name: String,
    pub title: Text,
    /// Where it was taken from, and of which year it is.
    pub source: String,
    pub options: Vec<Choice>,
}

pub fn find(name: &str) -> Option<&'static CodeList> {
    all().iter().find(|list| list.name == name)
}

/// In the order of their names. A list that could not be read is left out; a test
/// sees to it that there is none.
pub fn all() -> &'static [CodeList] {
    static LISTS: LazyLock<Vec<CodeList>> =
        LazyLock::new(|| FILES.iter().filter_map(|(_, source)| read::code_list(source).ok()).collect());
    &LISTS
}

macro_rules! files {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../surveys/codelists/", $name, ".toml")))),+]
    };
}

/// Name and content.
const FILES: &[(&str, &str)] = files! {
    "asc-wds-reason-leave"
    "dfe-leaver-destination"
    "dfe-org-role"
    "dfe-reason-leave"
    "hesa-actleave"
    "nhs-reason-leave"
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_list_can_be_read_and_has_the_name_of_its_file() {
        for (name, source) in FILES {
            let list = read::code_list(source).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
            assert_eq!(list.name, *name);
        }
    }

    #[test]
    fn every_file_in_the_folder_ships() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/surveys/codelists");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()))
            .collect();
        there.sort();
        let shipped: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(there, shipped);
    }
}
