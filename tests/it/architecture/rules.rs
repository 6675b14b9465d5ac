//! The rules, as functions from one source file to what is wrong with it.

use super::paths::{Reference, references};
use crate::columns::{Side, Tables};
use std::collections::BTreeSet;
use std::path::Path;

/// A source file as the rules see it.
pub struct Source {
    /// From the root of the repository.
    pub file: String,
    /// `["web", "leaver", "pages"]`; the file's stem included, `mod` not.
    pub module: Vec<String>,
    pub references: Vec<Reference>,
    pub lines: usize,
}

impl Source {
    pub fn new(file: &str, text: &str) -> Source {
        let module = module_of(file);
        let references = references(&module, text);
        Source { file: file.to_owned(), module, references, lines: lines_without_tests(text) }
    }

    /// Whether the file belongs to a module, given as `web::leaver`.
    pub fn is_in(&self, module: &str) -> bool {
        let mut path = self.module.iter();
        module.split("::").all(|segment| path.next().is_some_and(|is| is == segment))
    }

    fn is_store(&self) -> bool {
        self.module.iter().any(|segment| segment == "store")
    }

    fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or_default()
    }

    fn refuse(&self, reference: &Reference, why: &str) -> String {
        format!("{}:{}: {} {why}", self.file, reference.line, reference.path.join("::"))
    }
}

fn module_of(file: &str) -> Vec<String> {
    let path = Path::new(file.strip_prefix("src/").unwrap_or(file)).with_extension("");
    let mut module: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
        module.pop();
    }
    module
}

/// Tests stand at the end of a file and do not count.
fn lines_without_tests(text: &str) -> usize {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count()
}

/// One row of ARCHITECTURE.md's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    pub module: String,
    pub never: Vec<String>,
}

/// Reads the rows below the heading "| module | must never import |".
pub fn bans(architecture: &str) -> Vec<Ban> {
    let in_backticks = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    architecture
        .lines()
        .skip_while(|line| line.trim() != "| module | must never import |")
        .skip(2)
        .map_while(|line| line.trim().strip_prefix('|')?.strip_suffix('|')?.split_once('|'))
        .map(|(module, never)| Ban { module: in_backticks(module).concat(), never: in_backticks(never) })
        .collect()
}

/// Who may import whom; a table counts as a part of the module that owns it.
pub fn forbidden_imports(source: &Source, bans: &[Ban], tables: &Tables) -> Vec<String> {
    let mut wrong = Vec::new();
    for ban in bans.iter().filter(|ban| source.is_in(&ban.module)) {
        for reference in &source.references {
            let owner = table_of(reference).and_then(|table| tables.owner(table));
            let breaks = |module: &String| {
                reference.starts_with(&format!("crate::{module}")) || owner.is_some_and(|owner| owner == module)
            };
            if ban.never.iter().any(breaks) {
                wrong.push(source.refuse(reference, &format!("is never imported by {}", ban.module)));
            }
        }
    }
    wrong
}

/// No file looks at tables of both sides of the wall, and none takes tables by
/// `*`, which would hide which.
pub fn tables_of_both_sides(source: &Source, tables: &Tables) -> Vec<String> {
    if source.file == "src/db/schema.rs" {
        return Vec::new();
    }
    let mut wrong: Vec<String> = source
        .references
        .iter()
        .filter(|reference| table_of(reference) == Some("*"))
        .map(|reference| source.refuse(reference, "hides which tables are used: name them"))
        .collect();
    let sides: BTreeSet<Side> =
        source.references.iter().filter_map(|reference| tables.side(table_of(reference)?)).collect();
    if sides.contains(&Side::Person) && sides.contains(&Side::Answer) {
        wrong.push(format!("{}: uses tables of both sides of the wall", source.file));
    }
    wrong
}

/// `crate::db::schema::mail::table` is about `mail`.
fn table_of(reference: &Reference) -> Option<&str> {
    let schema = reference.path.iter().position(|segment| segment == "schema")?;
    reference.path.get(schema + 1).map(String::as_str)
}

/// Which parts may be used where, and why only there.
pub fn misplaced_parts(source: &Source) -> Vec<String> {
    let web = source.is_in("web") || source.is_in("server");
    let database = source.is_store() || source.is_in("db") || source.file == "src/app.rs";
    let newtype = matches!(source.file.as_str(), "src/id.rs" | "src/clock.rs");
    let mut wrong = Vec::new();
    for reference in &source.references {
        let is = |prefix: &str| reference.starts_with(prefix);
        let part = reference.path.first().map_or("", String::as_str);
        // What came of a query, and how a row becomes a type, are not queries.
        let outcome =
            is("diesel::result") || is("diesel::NotFound") || is("diesel::QueryResult") || is("diesel::Queryable");
        let refusal = match part {
            _ if part.starts_with("actix") && !web => "belongs in web",
            "maud" if !web && !source.is_in("report") => "belongs in web and report",
            "diesel" if !database && !newtype && !outcome => "belongs in a stage's store.rs",
            "diesel_derive_newtype" if !newtype && !database => "belongs in id.rs and clock.rs",
            "r2d2" | "diesel_migrations" if !source.is_in("db") => "belongs in db",
            "crate" if is("crate::db::schema") && !database => "is used by a stage's store.rs only",
            "std" if is("std::env::var") || is("std::env::var_os") || is("std::env::vars") => {
                if source.is_in("config") {
                    continue;
                }
                "is read in config.rs only"
            }
            _ => continue,
        };
        wrong.push(source.refuse(reference, refusal));
    }
    wrong
}

/// `survey`, `release` and `report` are pure: values in, values out. The store
/// is not, nor is the operation that reads, computes and writes.
pub fn impure(source: &Source) -> Vec<String> {
    let stage = ["survey", "release", "report"].into_iter().any(|stage| source.is_in(stage));
    if !stage || source.is_store() {
        return Vec::new();
    }
    let is_operation = source.is_in("release::create") || source.is_in("release::draft");
    let is_door = source.module == ["survey"] || source.module == ["release"] || is_operation;
    let outside = ["std::fs", "std::net", "std::env", "std::time", "tokio", "crate::clock::Clock", "crate::config"];
    source
        .references
        .iter()
        .filter(|reference| {
            outside.iter().any(|prefix| reference.starts_with(prefix))
                || (reference.starts_with("crate::db") && !is_door)
        })
        .map(|reference| source.refuse(reference, "has no place in a module that is pure"))
        .collect()
}

/// Names that say nothing, and files that have become two things.
pub fn shapeless(source: &Source, may_be_long: &[(&str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    if ["utils.rs", "util.rs", "helpers.rs", "common.rs", "misc.rs"].contains(&source.name()) {
        wrong.push(format!("{}: name it for what it is about", source.file));
    }
    if source.lines > 300 && !may_be_long.iter().any(|(file, _why)| *file == source.file) {
        wrong.push(format!("{}: {} lines; look for the second thing that it has become", source.file, source.lines));
    }
    wrong
}

/// `use crate as c` or `use crate::*` would let anything in unseen.
pub fn hidden_root(source: &Source) -> Vec<String> {
    source
        .references
        .iter()
        .filter(|reference| reference.path == ["crate"] || reference.path == ["crate", "*"])
        .map(|reference| source.refuse(reference, "hides what is imported"))
        .collect()
}
