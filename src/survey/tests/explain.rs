use crate::survey::explain::explain;

#[test]
fn problems_are_printed_with_their_place_and_hint() {
    let source = include_str!("whole.toml").replace("kind = \"exit\"", "kind = \"exist\"");
    let said = explain("surveys/whole.toml", source.as_bytes());
    assert!(said.has_errors);
    assert_eq!(
        said.text,
        "surveys/whole.toml:3:8: error: there is no kind `exist`\n  did you mean `exit`?\n\
         surveys/whole.toml: 1 error: cannot be published\n"
    );
}

#[test]
fn a_good_file_is_summed_up() {
    let said = explain("whole.toml", include_bytes!("whole.toml"));
    assert!(!said.has_errors);
    assert_eq!(said.text, "whole.toml: good: 3 sections, 8 questions, 8 minutes (English, Cymraeg)\n");
}

#[test]
fn warnings_do_not_stop_a_file() {
    let source = include_str!("whole.toml").replace("{ en = \"Pay\", cy = \"Cyflog\" }", "\"Pay\"");
    let said = explain("whole.toml", source.as_bytes());
    assert!(!said.has_errors);
    assert!(
        said.text.contains("whole.toml:18:27: warning: `label` is not translated into Welsh\n  add cy = "),
        "{}",
        said.text
    );
    assert!(said.text.contains("good, with 1 warning: 3 sections"), "{}", said.text);
}

#[test]
fn another_encoding_has_its_place() {
    let said = explain("old.toml", b"code = \"a\"\ntitle = \"Caf\xe9\"\n");
    assert!(said.has_errors);
    assert!(said.text.starts_with("old.toml:2:13: error: the file is not in UTF-8\n  save it again"), "{}", said.text);
}
