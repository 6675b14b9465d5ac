//! What an interviewer says before the first question: who they are, what is kept
//! of it, and that the other may stop.

use super::Setting;
use crate::interview::Mode;
use crate::survey::Lang;

/// In the language of the interview, a paragraph each. `minutes`: as agreed.
pub(super) fn sentences(setting: &Setting, mode: Mode, lang: Lang, name: &str, minutes: Option<u32>) -> Vec<String> {
    let (organisation, k) = (setting.organisation.as_str(), setting.campaign.min_base);
    match lang {
        Lang::En => english(organisation, mode, name, minutes, k),
        Lang::Cy => welsh(organisation, mode, name, minutes, k),
    }
}

fn english(organisation: &str, mode: Mode, name: &str, minutes: Option<u32>, k: u32) -> Vec<String> {
    let who = match mode {
        Mode::Independent => format!(
            "My name is {name}. I am an independent interviewer: I talk to people from {organisation}, and I am not in \
             its HR. I tell nobody there what you say, nor that it was you."
        ),
        Mode::Hr => format!(
            "My name is {name}, and I talk to you for {organisation}. This is confidential. It is not anonymous: I know \
             who you are."
        ),
    };
    vec![
        who,
        format!(
            "{}You need not answer anything that you would rather not, and you can stop whenever you like.",
            minutes.map(|n| format!("We have set aside {n} minutes. ")).unwrap_or_default()
        ),
        format!(
            "I write down what you say. It goes in without your name, to be counted with what others said; no figure is \
             about fewer than {k} people. How to reach you and my notes are erased when we are done."
        ),
        "At the end I read out what I wrote, so that you can put it right. Is that all right with you?".to_owned(),
    ]
}

fn welsh(organisation: &str, mode: Mode, name: &str, minutes: Option<u32>, k: u32) -> Vec<String> {
    let who = match mode {
        Mode::Independent => format!(
            "Fy enw i yw {name}. Cyfwelydd annibynnol ydw i: rwy'n siarad â phobl o {organisation}, ac nid wyf yn ei adran \
             Adnoddau Dynol. Nid wyf yn dweud wrth neb yno beth a ddywedwch, na mai chi oedd yno."
        ),
        Mode::Hr => format!(
            "Fy enw i yw {name}, ac rwy'n siarad â chi ar ran {organisation}. Mae hyn yn gyfrinachol. Nid yw'n ddienw: \
             rwy'n gwybod pwy ydych chi."
        ),
    };
    vec![
        who,
        format!(
            "{}Nid oes rhaid i chi ateb unrhyw beth y byddai'n well gennych beidio â'i ateb, a gallwch stopio pryd bynnag y \
             dymunwch.",
            minutes.map(|n| format!("Rydym wedi neilltuo {n} munud. ")).unwrap_or_default()
        ),
        format!(
            "Rwy'n ysgrifennu'r hyn a ddywedwch. Mae'n cael ei gyflwyno heb eich enw, i'w gyfrif gyda'r hyn a ddywedodd \
             eraill; nid oes unrhyw ffigur am lai na {k} o bobl. Caiff eich manylion cyswllt a'm nodiadau eu dileu pan \
             fyddwn wedi gorffen."
        ),
        "Ar y diwedd byddaf yn darllen yr hyn a ysgrifennais, er mwyn i chi allu ei gywiro. Ydy hynny'n iawn gyda chi?"
            .to_owned(),
    ]
}
