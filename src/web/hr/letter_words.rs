//! What a letter says, in the survey's languages. The first letter and a later
//! one say the same: nobody knows who has answered, so everybody gets one.

use super::letter::Sheet;
use crate::survey::{Kind, Lang};
use chrono::NaiveDate;

/// Before the code: why, and what to do.
pub(super) fn before(sheet: &Sheet, name: &str, lang: Lang) -> Vec<String> {
    let (organisation, minutes, site) = (sheet.organisation, sheet.survey.minutes, sheet.site);
    match lang {
        Lang::En => vec![
            format!("Dear {name},"),
            english_why(sheet.campaign.kind, organisation),
            format!("It takes about {minutes} minutes, on a phone or a computer. You need no account and no password."),
            format!("Point your phone’s camera at the square, or go to {site} and type this code:"),
        ],
        Lang::Cy => vec![
            format!("Annwyl {name},"),
            welsh_why(sheet.campaign.kind, organisation),
            format!(
                "Mae’n cymryd tua {minutes} munud, ar ffôn neu gyfrifiadur. Nid oes angen cyfrif na chyfrinair arnoch."
            ),
            format!("Anelwch gamera eich ffôn at y sgwâr, neu ewch i {site} a theipio’r cod hwn:"),
        ],
    }
}

/// After the code: what happens to the answers, and that nobody has to.
pub(super) fn after(sheet: &Sheet, lang: Lang) -> Vec<String> {
    let (organisation, k) = (sheet.organisation, sheet.campaign.min_base);
    let last = sheet.campaign.closes_on.map(|last| last_day(last, lang));
    let rest = match lang {
        Lang::En => [
            format!(
                "Your answers are kept without your name, your address or the time. {organisation} sees how many people \
                 answered and never who, and no figure about fewer than {k} people is shown to anybody."
            ),
            "You do not have to answer: there you can also say no. If you have answered with an earlier letter, there is \
             nothing more to do: everybody gets the same letter, because nobody knows who has answered."
                .to_owned(),
        ],
        Lang::Cy => [
            format!(
                "Cedwir eich atebion heb eich enw, eich cyfeiriad na’r amser. Mae {organisation} yn gweld faint o bobl a \
                 atebodd a byth pwy, ac ni ddangosir unrhyw ffigur am lai na {k} o bobl i neb."
            ),
            "Nid oes rhaid i chi ateb: gallwch ddweud na yno hefyd. Os ydych wedi ateb gyda llythyr cynharach, nid oes dim \
             mwy i’w wneud: mae pawb yn cael yr un llythyr, gan nad oes neb yn gwybod pwy sydd wedi ateb."
                .to_owned(),
        ],
    };
    last.into_iter().chain(rest).collect()
}

fn english_why(kind: Kind, organisation: &str) -> String {
    match kind {
        Kind::Exit => format!(
            "You are leaving {organisation}. We ask everybody who leaves to say why, in confidence, so that things can be \
             put right for those who stay and those who come after you."
        ),
        Kind::Retention => format!(
            "You work for {organisation}. We would like to know what makes you want to stay, and what makes you think of \
             leaving, while something can still be done about it."
        ),
    }
}

fn welsh_why(kind: Kind, organisation: &str) -> String {
    match kind {
        Kind::Exit => format!(
            "Rydych chi’n gadael {organisation}. Rydym yn gofyn i bawb sy’n gadael ddweud pam, yn gyfrinachol, er mwyn \
             gwella pethau i’r rhai sy’n aros a’r rhai a ddaw ar eich ôl."
        ),
        Kind::Retention => format!(
            "Rydych chi’n gweithio i {organisation}. Hoffem wybod beth sy’n gwneud i chi fod eisiau aros, a beth sy’n \
             gwneud i chi feddwl am adael, tra bo modd gwneud rhywbeth am y peth."
        ),
    }
}

fn last_day(last: NaiveDate, lang: Lang) -> String {
    let day = lang.date(last);
    match lang {
        Lang::En => format!("The last day to begin is {day}."),
        Lang::Cy => format!("Y diwrnod olaf i ddechrau yw {day}."),
    }
}
