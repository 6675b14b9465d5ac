//! What the parser says about files, right and wrong.

use crate::survey::{Problem, Severity, parse};

fn problems(source: &str) -> Vec<Problem> {
    match parse(source) {
        Ok(checked) => checked.warnings,
        Err(problems) => problems,
    }
}

#[test]
fn shipped_surveys_have_no_problem() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/surveys");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let source = std::fs::read_to_string(&path).unwrap();
            let problems: Vec<String> = problems(&source).iter().map(Problem::to_string).collect();
            assert!(problems.is_empty(), "{}:\n{}", path.display(), problems.join("\n"));
        }
    }
}

#[test]
fn a_mistake_of_syntax_has_its_place() {
    let problems = problems("code = \"a\"\ntitle = \"x\nkind = \"exit\"\n");
    assert_eq!((problems[0].line, problems[0].severity), (2, Severity::Error), "{problems:#?}");
}
