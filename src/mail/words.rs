//! What the messages say. Short sentences, no threats, no promise that the
//! product does not keep.

use super::write::{Ask, Block, Form};
use crate::staff::link::LinkPurpose;
use crate::survey::{Kind, Lang};

pub(super) fn subject(ask: &Ask<'_>, is_welsh: bool) -> String {
    let is_reminder = ask.form == Form::Reminder;
    let (en, cy) = match (ask.kind, is_reminder) {
        (Kind::Exit, false) => ("Your views on leaving, in confidence", "Eich barn am adael, yn gyfrinachol"),
        (Kind::Exit, true) => ("A reminder: your views on leaving", "Nodyn atgoffa: eich barn am adael"),
        (Kind::Retention, false) => {
            ("Your views on working here, in confidence", "Eich barn am weithio yma, yn gyfrinachol")
        }
        (Kind::Retention, true) => {
            ("A reminder: your views on working here", "Nodyn atgoffa: eich barn am weithio yma")
        }
    };
    if is_welsh { format!("{en} / {cy} – {}", ask.organisation) } else { format!("{en} – {}", ask.organisation) }
}

pub(super) fn body(ask: &Ask<'_>, lang: Lang) -> Vec<Block> {
    match lang {
        Lang::En => english(ask),
        Lang::Cy => welsh(ask),
    }
}

fn english(ask: &Ask<'_>) -> Vec<Block> {
    let Ask { organisation, name, minutes, min_base, .. } = *ask;
    let why = match (ask.kind, ask.form == Form::Reminder) {
        (Kind::Exit, false) => format!(
            "You are leaving {organisation}. We ask everybody who leaves to say why, in their own words and in \
             confidence, so that things can be put right for those who stay and those who come after you."
        ),
        (Kind::Exit, true) => format!(
            "A while ago we asked you to say why you are leaving {organisation}. There is still time, and what you \
             have to say still matters."
        ),
        (Kind::Retention, false) => format!(
            "You work for {organisation}. We would like to know what makes you want to stay, and what makes you think \
             of leaving, while something can still be done about it."
        ),
        (Kind::Retention, true) => format!(
            "A while ago we asked you what makes you want to stay with {organisation}, and what makes you think of \
             leaving. There is still time, and what you have to say still matters."
        ),
    };
    let how =
        format!("It takes about {minutes} minutes, on a phone or a computer. You need no account and no password:");
    let mut blocks = vec![Block::Paragraph(format!("Hello {name},")), Block::Paragraph(why)];
    blocks.extend(way_in(ask, how, ask.link(), ["Or go to", "and type this code"]));
    if let Some(last) = ask.closes_on {
        blocks.push(Block::Paragraph(format!("The last day to begin is {}.", Lang::En.date(last))));
    }
    blocks.extend([
        Block::Heading("Nobody will know what you said"),
        Block::Paragraph(format!(
            "Your answers are kept without your name, your address or the time. {organisation} sees how many people \
             answered and never who. No figure about fewer than {min_base} people is shown to anybody. Take care only \
             with what you write in your own words: leave out names."
        )),
        Block::Heading("You do not have to answer"),
        Block::Paragraph(
            "If you would rather not, say so on the first page, or do nothing. Once you have said so, no reminder follows."
                .to_owned(),
        ),
    ]);
    blocks.push(Block::Paragraph(
        match ask.form {
            Form::Invitation => {
                "The code is for you alone: please do not pass this message on. Nothing in it tells us whether you read it."
            }
            Form::Reminder => {
                "This reminder went out by itself because your code has not been used. Nobody was told who gets one. The \
                 code is for you alone: please do not pass this message on."
            }
        }
        .to_owned(),
    ));
    blocks
}

fn welsh(ask: &Ask<'_>) -> Vec<Block> {
    let Ask { organisation, name, minutes, min_base, .. } = *ask;
    let why = match (ask.kind, ask.form == Form::Reminder) {
        (Kind::Exit, false) => format!(
            "Rydych chi'n gadael {organisation}. Rydym yn gofyn i bawb sy'n gadael ddweud pam, yn eu geiriau eu hunain \
             ac yn gyfrinachol, er mwyn gwella pethau i'r rhai sy'n aros a'r rhai a ddaw ar eich ôl."
        ),
        (Kind::Exit, true) => format!(
            "Beth amser yn ôl, gofynnwyd i chi ddweud pam rydych chi'n gadael {organisation}. Mae amser o hyd, ac mae \
             eich barn yn dal i gyfrif."
        ),
        (Kind::Retention, false) => format!(
            "Rydych chi'n gweithio i {organisation}. Hoffem wybod beth sy'n gwneud i chi fod eisiau aros, a beth sy'n \
             gwneud i chi feddwl am adael, tra bo modd gwneud rhywbeth am y peth."
        ),
        (Kind::Retention, true) => format!(
            "Beth amser yn ôl, gofynnwyd i chi beth sy'n gwneud i chi fod eisiau aros gyda {organisation}, a beth sy'n \
             gwneud i chi feddwl am adael. Mae amser o hyd, ac mae eich barn yn dal i gyfrif."
        ),
    };
    let how = format!("Mae'n cymryd tua {minutes} munud, ar ffôn neu gyfrifiadur. Nid oes angen cyfrif na chyfrinair:");
    let link = format!("{}?lang=cy", ask.link());
    let mut blocks = vec![Block::Paragraph(format!("Helo {name},")), Block::Paragraph(why)];
    blocks.extend(way_in(ask, how, link, ["Neu ewch i", "a theipio'r cod hwn"]));
    if let Some(last) = ask.closes_on {
        blocks.push(Block::Paragraph(format!("Y diwrnod olaf i ddechrau yw {}.", Lang::Cy.date(last))));
    }
    blocks.extend([
        Block::Heading("Ni fydd neb yn gwybod beth ddywedoch chi"),
        Block::Paragraph(format!(
            "Cedwir eich atebion heb eich enw, eich cyfeiriad na'r amser. Mae {organisation} yn gweld faint o bobl \
             atebodd, ond byth pwy. Ni ddangosir i neb unrhyw ffigur am lai na {min_base} o bobl. Cymerwch ofal gyda'r \
             hyn a ysgrifennwch yn eich geiriau eich hun yn unig: peidiwch â chynnwys enwau."
        )),
        Block::Heading("Nid oes rhaid i chi ateb"),
        Block::Paragraph(
            "Os byddai'n well gennych beidio, dywedwch hynny ar y dudalen gyntaf, neu peidiwch â gwneud dim. Ar ôl i chi \
             ddweud, ni fydd nodyn atgoffa."
                .to_owned(),
        ),
    ]);
    blocks.push(Block::Paragraph(
        match ask.form {
            Form::Invitation => {
                "Mae'r cod i chi yn unig: peidiwch â rhannu'r neges hon. Nid oes dim ynddi sy'n dweud wrthym a ydych wedi'i \
                 darllen."
            }
            Form::Reminder => {
                "Anfonwyd y nodyn atgoffa hwn yn awtomatig am nad yw eich cod wedi'i ddefnyddio. Ni ddywedwyd wrth neb pwy \
                 sy'n cael un. Mae'r cod i chi yn unig: peidiwch â rhannu'r neges hon."
            }
        }
        .to_owned(),
    ));
    blocks
}

/// How to begin: by the link, or by typing the code.
fn way_in(ask: &Ask<'_>, how: String, link: String, [or_go_to, type_it]: [&str; 2]) -> [Block; 4] {
    [
        Block::Paragraph(how),
        Block::Link(link),
        Block::Paragraph(format!("{or_go_to} {} {type_it}:", ask.public_url)),
        Block::Code(ask.code.to_owned()),
    ]
}

/// The subject and the text of a one-time link for a member of staff.
pub(super) fn link(purpose: LinkPurpose, name: &str, url: &str) -> (&'static str, Vec<Block>) {
    let hello = Block::Paragraph(format!("Hello {name},"));
    let (subject, why, unasked) = match purpose {
        LinkPurpose::SignIn => (
            "Sign in to Candour",
            format!(
                "Here is your link to sign in to Candour. It works once, within {} minutes:",
                purpose.life().num_minutes()
            ),
            "If you did not ask for it, do nothing: nobody can sign in without this message.",
        ),
        LinkPurpose::Password => (
            "Choose a password for Candour",
            format!(
                "Here is your link to choose a password for Candour. It works once, within {} hours:",
                purpose.life().num_hours()
            ),
            "If you did not expect it, do nothing: your account stays as it is.",
        ),
    };
    let blocks = vec![hello, Block::Paragraph(why), Block::Link(url.to_owned()), Block::Paragraph(unasked.to_owned())];
    (subject, blocks)
}
