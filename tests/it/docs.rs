//! What the documents say is so: commands, settings and links.

use crate::support::sources;
use candour::config::Settings;
use std::collections::BTreeSet;
use std::path::Path;

/// Every document in the repository.
fn documents() -> Vec<(String, String)> {
    let mut files = vec![Path::new("README.md").to_owned()];
    for folder in ["deploy", "migrations", "src", "surveys", "docs"] {
        if sources::root().join(folder).is_dir() {
            files.extend(sources::files(folder, "md"));
        }
    }
    files
        .into_iter()
        .filter(|file| sources::root().join(file).exists())
        .map(|file| (file.display().to_string(), sources::read(&file.display().to_string())))
        .collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut wrong = Vec::new();
    for (file, text) in documents() {
        let folder = sources::root().join(&file).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap();
            let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !elsewhere && !folder.join(target).exists() {
                wrong.push(format!("{file}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "links that lead nowhere:\n{}", wrong.join("\n"));
}

#[test]
fn every_variable_that_is_named_is_a_setting() {
    let mut named: BTreeSet<(String, String)> = BTreeSet::new();
    let mut texts = documents();
    for file in ["deploy/Containerfile", "deploy/candour.service", "deploy/candour.example.toml"] {
        texts.push((file.to_owned(), sources::read(file)));
    }
    for (file, text) in &texts {
        for rest in text.split("CANDOUR_").skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            if !name.is_empty() {
                named.insert((file.clone(), format!("CANDOUR_{name}")));
            }
        }
    }
    assert!(named.len() > 5, "the variables were not found: {named:?}");
    for (file, name) in named {
        let error = Settings::load(None, vec![(name.clone(), "x".to_owned())], vec![]).err();
        let unknown = error.is_some_and(|e| e.to_string().contains("is not a setting"));
        assert!(!unknown, "{file} names {name}, which is not a setting");
    }
}

#[test]
fn the_example_settings_are_settings() {
    let file = sources::root().join("deploy/candour.example.toml");
    let settings = Settings::load(Some(&file), vec![], vec![]).unwrap();
    assert!(settings.is_https() && settings.behind_proxy);
    // What is commented out is right too.
    let all = sources::read("deploy/candour.example.toml").replace("# smtp_url", "smtp_url");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("all.toml"), all).unwrap();
    Settings::load(Some(&folder.path().join("all.toml")), vec![], vec![]).unwrap();
}

#[test]
fn every_command_that_is_shown_is_one() {
    let mut shown = 0;
    for (file, text) in documents() {
        let text = text.replace("\\\n", " ");
        for line in text.lines().filter(|line| line.starts_with("    ")) {
            let Some(arguments) = arguments(line.trim()) else { continue };
            // Asked for help at the end, it reads all that stands before and does nothing.
            let help =
                std::process::Command::new(env!("CARGO_BIN_EXE_candour")).args(&arguments).arg("--help").output();
            let help = help.unwrap();
            assert!(help.status.success(), "{file}: {line}\n{}", String::from_utf8_lossy(&help.stderr));
            shown += 1;
        }
    }
    assert!(shown > 10, "only {shown} commands were found");
}

/// What follows `candour` on a line of shell; a remark stands three spaces off.
fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.split("   ").next()?;
    let rest = ["candour ", "target/release/candour ", "cargo run --release -- "]
        .iter()
        .find_map(|program| line.strip_prefix(program))?;
    let quoted = rest.split('"').enumerate();
    let words = quoted.flat_map(|(at, part)| {
        if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    });
    Some(words.collect())
}
