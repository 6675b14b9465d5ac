//! Reading back what was written down.

use super::*;
use crate::interview::Draft;
use crate::survey::form;
use crate::web::visitor::link_to;

/// Keeps one answer in the case, to the survey's first single choice; its label.
fn enter(app: &App, by: &Account, id: &InterviewId, option: usize) -> String {
    let source = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap().1;
    let survey = survey::parse(source).unwrap().survey;
    let section = &survey.sections[0];
    let question = section.questions.iter().find(|question| question.type_name() == "single").unwrap();
    let choice = question.choices().iter().filter(|choice| choice.missing.is_none()).nth(option).unwrap();
    let page = vec![(form::field(&question.code), choice.code.to_string())];
    let draft = Draft { pages: [(section.code.clone(), page)].into(), ..Draft::default() };
    app.db
        .write_blocking(|conn| {
            let version = interview::open(conn, &app.keys, &by.id, id)?.unwrap().case.draft_version;
            interview::save_draft(conn, &app.keys, &by.id, id, version, &draft).unwrap();
            Ok::<_, diesel::result::Error>(())
        })
        .unwrap();
    choice.label.en.clone()
}

fn version_on(page: &str) -> String {
    let after = page.split("name=\"version\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn what_was_said_is_read_out_and_noted_for_what_the_page_showed() {
    let app = app();
    let (mut visitor, _, ines, id) = ines(&app);
    visitor.post(&format!("/interviews/{id}/taking"), &[]).await;
    let label = enter(&app, &ines, &id, 0);
    let back = format!("/interviews/{id}/read-back");
    let page = visitor.get(&back).await.body;
    assert!(
        page.contains(&maud::html! { (label) }.0) && page.contains("Not asked") && page.contains("were not asked."),
        "{page}"
    );
    let version = version_on(&page);
    enter(&app, &ines, &id, 1);
    let changed = visitor.post(&back, &[("version", &version)]).await.location;
    let page = visitor.get(&changed).await.body;
    assert!(page.contains("changed after you opened this page"), "{page}");
    assert!(!page.contains("You have read out what you wrote."));
    let to = visitor.post(&back, &[("version", &version_on(&page))]).await.location;
    assert!(visitor.get(&to).await.body.contains("You have read out what you wrote."));
    assert!(visitor.get(&format!("/interviews/{id}")).await.body.contains("You have read out what you wrote."));
    enter(&app, &ines, &id, 2);
    assert!(!visitor.get(&back).await.body.contains("You have read out what you wrote."), "it says something else now");
    assert_eq!(visitor.post(&back, &[("version", "x")]).await.status, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn a_link_is_shown_once_and_what_they_write_on_it_comes_back() {
    let app = app();
    let (mut visitor, _, ines, id) = ines(&app);
    visitor.post(&format!("/interviews/{id}/taking"), &[]).await;
    enter(&app, &ines, &id, 0);
    let back = format!("/interviews/{id}/read-back");
    let shown = visitor.post(&format!("{back}/links"), &[]).await.body;
    let url = link_to(&shown, &app.settings.public_url);
    let token = url.rsplit('/').next().unwrap();
    let page = visitor.get(&back).await.body;
    assert!(page.contains("It was sent to them") && !page.contains(token));
    let wish = "Pay was <b>not</b> the reason";
    assert!(app.db.write_blocking(|conn| interview::correct(conn, &app.keys, token, wish)).unwrap());
    let page = visitor.get(&back).await.body;
    assert!(page.contains("They want something put right.") && page.contains("&lt;b&gt;not"), "{page}");
    let shown = visitor.post(&format!("{back}/links"), &[]).await.body;
    let url = link_to(&shown, &app.settings.public_url);
    assert!(!url.ends_with(token));
    let token = url.rsplit('/').next().unwrap();
    assert!(app.db.write_blocking(|conn| interview::confirm(conn, &app.keys, token)).unwrap());
    assert!(visitor.get(&back).await.body.contains("They have confirmed what you wrote."));
}

#[actix_web::test]
async fn a_link_goes_by_e_mail_to_whoever_is_reached_so_and_to_nobody_else() {
    let app = app();
    let (mut visitor, milbury, ines, by_telephone) = ines(&app);
    let lee = request("Lee", Channel::Email, "lee@example.org");
    let by_mail = ask(&app, &milbury, Mode::Independent, lee, &ines);
    for id in [&by_telephone, &by_mail] {
        visitor.post(&format!("/interviews/{id}/taking"), &[]).await;
    }
    let page = visitor.get(&format!("/interviews/{by_telephone}/read-back")).await.body;
    assert!(!page.contains("by e-mail"), "{page}");
    let refused = visitor.post(&format!("/interviews/{by_telephone}/read-back/mails"), &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(visitor.get(&format!("/interviews/{by_mail}/read-back")).await.body.contains("Send it to them by e-mail"));
    let to = visitor.post(&format!("/interviews/{by_mail}/read-back/mails"), &[]).await.location;
    assert!(visitor.get(&to).await.body.contains("is on its way"));
}
