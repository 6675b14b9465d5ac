//! Holds the code to `src/ARCHITECTURE.md`. The table of who may import whom is
//! the privacy argument, so it is read from the document itself.

mod paths;
mod rules;

use crate::columns::Tables;
use crate::support::sources;
use rules::{Ban, Source};

/// Files that may be longer than 300 lines (without their tests), and why.
const MAY_BE_LONG: &[(&str, &str)] = &[("src/survey/model.rs", "the whole vocabulary of a survey, and nothing else")];

fn all_sources() -> Vec<Source> {
    let files = sources::files("src", "rs");
    assert!(files.len() > 15, "the sources were not found");
    files
        .iter()
        .filter(|file| !file.ends_with("tests.rs"))
        .map(|file| {
            let name = file.to_string_lossy();
            Source::new(&name, &sources::read(&name))
        })
        .collect()
}

fn bans() -> Vec<Ban> {
    rules::bans(&sources::read("src/ARCHITECTURE.md"))
}

fn assert_none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn nobody_imports_what_the_table_forbids() {
    let (bans, tables) = (bans(), Tables::read());
    assert!(bans.len() >= 8, "the table of ARCHITECTURE.md has shrunk: {bans:?}");
    assert_none(all_sources().iter().flat_map(|source| rules::forbidden_imports(source, &bans, &tables)).collect());
}

#[test]
fn no_file_looks_at_both_sides_of_the_wall() {
    let tables = Tables::read();
    assert_none(all_sources().iter().flat_map(|source| rules::tables_of_both_sides(source, &tables)).collect());
}

#[test]
fn every_part_is_used_where_it_belongs() {
    assert_none(all_sources().iter().flat_map(rules::misplaced_parts).collect());
}

#[test]
fn the_core_is_pure() {
    assert_none(all_sources().iter().flat_map(rules::impure).collect());
}

#[test]
fn files_are_short_and_named_for_what_they_are() {
    let sources = all_sources();
    assert_none(sources.iter().flat_map(|source| rules::shapeless(source, MAY_BE_LONG)).collect());
    for (file, _why) in MAY_BE_LONG {
        assert!(
            sources.iter().any(|source| source.file == *file && source.lines > 300),
            "{file} no longer needs its exception"
        );
    }
}

#[test]
fn nothing_hides_behind_the_root() {
    assert_none(all_sources().iter().flat_map(rules::hidden_root).collect());
}

mod the_rules_can_fail {
    use super::*;

    fn forbidden(file: &str, text: &str) -> usize {
        rules::forbidden_imports(&Source::new(file, text), &bans(), &Tables::read()).len()
    }

    #[test]
    fn on_every_way_to_write_an_import() {
        for text in [
            "use crate::invitation::Code;",
            "use crate::{clock::Time, invitation};",
            "use crate::{clock, invitation::{self, store}};",
            "fn f() { crate::invitation::store::get(); }",
            "fn f() { let x: Vec<crate::invitation::Code> = vec![crate::clock::now()]; }",
            "fn f() { println!(\"{}\", crate::invitation::NAME); }",
            "use super::super::invitation;",
            "mod inner { use super::super::super::invitation::Code; }",
            "use candour::invitation;",
            "pub use ::candour::invitation as harmless;",
            "use crate::db::schema::invitation_code;",
            "use crate::db::schema::{campaign, invitation};",
        ] {
            assert!(forbidden("src/ticket/store.rs", text) > 0, "{text}");
        }
    }

    #[test]
    fn but_not_on_what_is_allowed() {
        for text in [
            "use crate::campaign::Campaign;",
            "use crate::db::schema::spent_ticket;",
            "// crate::invitation\nfn f() { \"crate::invitation\"; }",
            "fn invitation() { other::invitation::x(); }",
            "#[cfg(test)] mod tests { use crate::invitation; }",
        ] {
            assert_eq!(forbidden("src/ticket/store.rs", text), 0, "{text}");
        }
        assert_eq!(forbidden("src/mail/letter.rs", "use crate::invitation;"), 0);
    }

    #[test]
    fn on_parts_in_the_wrong_place() {
        let misplaced = |file: &str, text: &str| rules::misplaced_parts(&Source::new(file, text)).len();
        assert_eq!(misplaced("src/campaign/mod.rs", "use actix_web::web;"), 1);
        assert_eq!(misplaced("src/web/leaver/mod.rs", "use actix_web::web;"), 0);
        assert_eq!(misplaced("src/mail/text.rs", "fn f() { maud::html! { p { } } }"), 1);
        assert_eq!(misplaced("src/web/hr/people.rs", "use diesel::prelude::*;"), 1);
        assert_eq!(misplaced("src/web/hr/people.rs", "fn f() -> diesel::QueryResult<()> { Ok(()) }"), 0);
        assert_eq!(misplaced("src/campaign/store.rs", "use diesel::prelude::*;"), 0);
        assert_eq!(misplaced("src/campaign/mod.rs", "use crate::db::schema::campaign;"), 1);
        assert_eq!(misplaced("src/cli.rs", "fn f() { std::env::var(\"HOME\"); }"), 1);
    }

    #[test]
    fn on_both_sides_of_the_wall_in_one_file() {
        let both = |text: &str| {
            rules::tables_of_both_sides(&Source::new("src/campaign/store.rs", text), &Tables::read()).len()
        };
        assert_eq!(both("use crate::db::schema::{invitation, response};"), 1);
        assert_eq!(both("use crate::db::schema; fn f() { schema::mail::table; schema::comment::table; }"), 1);
        assert_eq!(both("use crate::db::schema::*;"), 1);
        assert_eq!(both("use crate::db::schema::{invitation, campaign};"), 0);
    }

    #[test]
    fn on_impure_cores_long_files_and_hidden_roots() {
        let source = |file: &str, text: &str| Source::new(file, text);
        assert_eq!(rules::impure(&source("src/survey/parse.rs", "use std::fs::read;")).len(), 1);
        assert_eq!(rules::impure(&source("src/release/tables.rs", "use crate::db::Conn;")).len(), 1);
        assert_eq!(rules::impure(&source("src/release/store.rs", "use crate::db::Conn;")).len(), 0);
        assert_eq!(rules::shapeless(&source("src/web/utils.rs", ""), &[]).len(), 1);
        assert_eq!(rules::shapeless(&source("src/web/pages.rs", &"\n".repeat(301)), &[]).len(), 1);
        assert_eq!(rules::hidden_root(&source("src/ticket/mod.rs", "use crate as all;")).len(), 1);
        assert_eq!(rules::hidden_root(&source("src/ticket/mod.rs", "use crate::*;")).len(), 1);
    }
}
