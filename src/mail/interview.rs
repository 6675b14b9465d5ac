//! Messages about interviews. To an interviewer: that one waits, and nothing of
//! whose. To whoever asked for it, in their language: when it is, and what was
//! written down.

use super::write::{Block, CannotBeWritten, Outside, Written, compose};
use crate::survey::Lang;
use chrono::NaiveDateTime;

/// An interview, as its person is told of it. It does not print.
#[derive(Clone, Copy)]
pub struct Meeting<'a> {
    pub lang: Lang,
    pub organisation: &'a str,
    /// Whoever holds it; none: nobody has it just now.
    pub interviewer: Option<&'a str>,
    /// When, as the clock on the wall says it, and where; none: what was agreed
    /// holds no longer.
    pub at: Option<(NaiveDateTime, &'a str)>,
}

impl std::fmt::Debug for Meeting<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Meeting([secret])")
    }
}

/// `url`: of the interviewer's own list.
pub fn case_offered(outside: Outside<'_>, url: &str) -> Result<Written, CannotBeWritten> {
    let body = vec![
        text(format!("Hello {},", outside.name)),
        text(
            "Somebody has asked for an interview, and it is offered to you. Sign in to see it, and take it or pass it on:",
        ),
        Block::Link(url.to_owned()),
        text("If you do nothing, it goes to another interviewer in a few days."),
    ];
    compose(outside, "An interview waits for you", &[(Lang::En, body)])
}

/// When the interview is to be, or that no time is agreed any more.
pub fn interview_time(outside: Outside<'_>, meeting: &Meeting<'_>) -> Result<Written, CannotBeWritten> {
    let (subject, words) = match meeting.lang {
        Lang::En => time_in_english(meeting),
        Lang::Cy => time_in_welsh(meeting),
    };
    let body = [greeting(meeting.lang, outside.name)].into_iter().chain(words.into_iter().map(text)).collect();
    compose(outside, subject, &[(meeting.lang, body)])
}

fn time_in_english(meeting: &Meeting<'_>) -> (&'static str, Vec<String>) {
    let Meeting { organisation, .. } = meeting;
    let who = meeting.interviewer.unwrap_or("an interviewer");
    let change = "To change how you are reached, or to withdraw, open the link of your invitation again. Everything \
                  that you left is erased when the interview is done or withdrawn."
        .to_owned();
    let Some((at, place)) = meeting.at else {
        let gone = format!(
            "The time that was agreed for your interview about working for {organisation} holds no longer. An \
             interviewer will write to you about another."
        );
        return ("Your interview: the time has changed", vec![gone, change]);
    };
    let mut words = vec![format!(
        "Your interview about working for {organisation} is on {} at {}, with {who}.",
        Lang::En.date(at.date()),
        at.format("%H:%M")
    )];
    words.extend((!place.is_empty()).then(|| format!("Where, or how: {place}")));
    words.push(change);
    ("Your interview: when it is", words)
}

fn time_in_welsh(meeting: &Meeting<'_>) -> (&'static str, Vec<String>) {
    let Meeting { organisation, .. } = meeting;
    let who = meeting.interviewer.unwrap_or("chyfwelydd");
    let change = "I newid sut i gysylltu â chi, neu i dynnu'n ôl, agorwch ddolen eich gwahoddiad eto. Caiff popeth a \
                  adawsoch ei ddileu pan fydd y cyfweliad wedi'i gynnal neu wedi'i dynnu'n ôl."
        .to_owned();
    let Some((at, place)) = meeting.at else {
        let gone = format!(
            "Nid yw'r amser a gytunwyd ar gyfer eich cyfweliad am weithio i {organisation} yn sefyll mwyach. Bydd \
             cyfwelydd yn ysgrifennu atoch am amser arall."
        );
        return ("Eich cyfweliad: mae'r amser wedi newid", vec![gone, change]);
    };
    let mut words = vec![format!(
        "Bydd eich cyfweliad am weithio i {organisation} ar {} am {}, gyda {who}.",
        Lang::Cy.date(at.date()),
        at.format("%H:%M")
    )];
    words.extend((!place.is_empty()).then(|| format!("Ble, neu sut: {place}")));
    words.push(change);
    ("Eich cyfweliad: pryd y bydd", words)
}

/// What was written down, behind a link that works once.
pub fn read_back(outside: Outside<'_>, meeting: &Meeting<'_>, url: &str) -> Result<Written, CannotBeWritten> {
    let Meeting { lang, organisation, .. } = *meeting;
    let (subject, why, how) = match lang {
        Lang::En => (
            "Your interview: please check what was written down",
            format!(
                "Here is what was written down in your interview about working for {organisation}. Read it, and say \
                 whether it is right or what should be put right:"
            ),
            "The link works once, until your answers are handed in. It is for you alone: please do not pass this \
             message on.",
        ),
        Lang::Cy => (
            "Eich cyfweliad: gwiriwch yr hyn a ysgrifennwyd",
            format!(
                "Dyma'r hyn a ysgrifennwyd yn eich cyfweliad am weithio i {organisation}. Darllenwch ef, a dywedwch a \
                 yw'n gywir neu beth y dylid ei gywiro:"
            ),
            "Mae'r ddolen yn gweithio unwaith, nes i'ch atebion gael eu cyflwyno. Mae i chi yn unig: peidiwch â rhannu'r \
             neges hon.",
        ),
    };
    let body = vec![greeting(lang, outside.name), text(why), Block::Link(url.to_owned()), text(how)];
    compose(outside, subject, &[(lang, body)])
}

fn greeting(lang: Lang, name: &str) -> Block {
    text(match lang {
        Lang::En => format!("Hello {name},"),
        Lang::Cy => format!("Helo {name},"),
    })
}

fn text(words: impl Into<String>) -> Block {
    Block::Paragraph(words.into())
}
