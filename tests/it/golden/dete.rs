//! What 822 people told the Queensland Department of Education, Training and Employment
//! when they left: a release of that public data under the rules for what goes to
//! everybody. Their answers are no part of Candour; what was cleared of them is, as
//! `dete-release.json`, and `tests/real-data` makes the same of the answers.

use super::compare;
use candour::release::freeze;
use candour::report::{self, Format, Source, Template};
use candour::survey;

const FROZEN: &str = include_str!("../fixtures/dete-release.json");
const SURVEY: &str = include_str!("../../../surveys/examples/dete.toml");

#[test]
fn the_papers_of_real_data_are_those_that_were_looked_at() {
    let release = freeze::verify(FROZEN).unwrap();
    let survey = survey::parse(SURVEY).unwrap().survey;
    let template = Template { title: Some("Why people leave".to_owned()), ..Template::default() };
    let source = Source {
        release: &release,
        survey: &survey,
        earlier: &[],
        stayers: None,
        annex: None,
        workforce: None,
        template: &template,
        about: "/campaigns/leavers",
    };
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        let bytes = report::write(format, &source, FROZEN, "").unwrap();
        assert!(report::write(format, &source, FROZEN, "").unwrap() == bytes, "{format:?} is another file");
        let file = folder.path().join(format!("paper.{}", format.extension()));
        std::fs::write(&file, bytes).unwrap();
        compare("dete", format, &file);
    }
}
