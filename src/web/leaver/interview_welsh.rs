//! Leavers' pages about interviews in Welsh.

use super::interview_words::{InterviewWords, Suits, Wrong};
use crate::interview::Channel;
use crate::invitation::DeclineReason;

pub(super) const CY: InterviewWords = InterviewWords {
    how: "Sut hoffech chi ateb?",
    online_text: "Ar y tudalennau hyn, heb i neb wybod pwy ydych chi.",
    independent_title: "Siarad â chyfwelydd annibynnol",
    independent_who: |organisation| {
        format!("Nid ydynt yn gweithio i {organisation}, ac nid ydynt yn ei adran Adnoddau Dynol.")
    },
    independent_knows: "Maent yn gwybod yr hyn a adewch er mwyn cysylltu â chi, a'r hyn a ddywedwch. Maent yn rhoi eich atebion i'r un cwestiynau ag ar-lein, heb eich enw.",
    independent_tells: |organisation| {
        format!("Nid ydynt yn dweud wrth neb yn {organisation} eu bod wedi siarad â chi, na beth a ddywedoch.")
    },
    who_they_are: |names| format!("Pwy ydyn nhw: {names}"),
    nobody_yet: "Nid oes neb i'w gymryd ar hyn o bryd. Gallwch ofyn yr un fath: aiff at y cyntaf a all.",
    ask_independent: "Gofyn am gyfweliad annibynnol",
    hr_title: |post| match post {
        Some(post) => format!("Siarad â: {post}"),
        None => "Siarad ag Adnoddau Dynol".to_owned(),
    },
    hr_text: |organisation| {
        format!(
            "Mae hyn yn gyfrinachol, ond nid yn ddienw: mae'r sawl y byddwch yn siarad â nhw yn gweithio i {organisation}, ac yn gwybod pwy ydych chi."
        )
    },
    hr_knows: "Maent yn rhoi eich atebion i'r un cwestiynau ag ar-lein, heb eich enw, ac yn cadw'n gyfrinachol mai eich rhai chi ydynt.",
    ask_hr: |post| match post {
        Some(post) => format!("Gofyn am gael siarad â: {post}"),
        None => "Gofyn am gael siarad ag Adnoddau Dynol".to_owned(),
    },
    kept_apart: "Sut bynnag yr atebwch, cedwir eich atebion heb eich enw, eich cyfeiriad na'r amser.",
    begun: "Rydych wedi dechrau eisoes. Os gwnaethoch anfon eich atebion, neu os cawsoch gyfweliad, fe'u cyfrifwyd, ac nid oes dim arall i'w wneud. Os naddo, gallwch barhau, neu ddewis eto.",
    how_held: "Mae un eithriad, tra bydd yn para: os gofynnwch am gyfweliad, cedwir yr hyn a adewch, dan glo, gyda'r tocyn y bydd eich atebion yn teithio gydag ef. Caiff y cyfan ei ddileu pan gaiff y cyfweliad ei gyflwyno neu ei ganslo.",

    why: "Os hoffech ddweud: pam?",
    why_hint: "Caiff ei gyfrif, heb eich enw. Gadewch ef yn wag os byddai'n well gennych beidio â dweud.",
    reason: |reason| match reason {
        DeclineReason::NoTime => "Nid oes gennyf amser",
        DeclineReason::NotAnonymous => "Nid wyf yn ymddiried ei fod yn ddienw",
        DeclineReason::NothingChanges => "Ni fyddai dim yn newid",
        DeclineReason::SaidAlready => "Rwyf wedi ei ddweud eisoes",
        DeclineReason::Other => "Rheswm arall",
    },

    form_text: |days| {
        format!(
            "Dim ond y cyfwelydd sy'n ei gymryd sy'n gweld eich enw, sut i gysylltu â chi a'r hyn a fyddai'n ei gwneud yn haws. Mae pwy bynnag y cynigir ef iddynt cyn hynny yn gweld sut, pryd ac ym mha iaith yr hoffech siarad. Cedwir yr hyn a adewch dan glo, a'i ddileu pan fydd y cyfweliad wedi'i gynnal, pan fyddwch yn tynnu'n ôl, neu ar ôl {days} diwrnod fan bellaf."
        )
    },
    name: "Beth ddylen nhw eich galw chi?",
    name_hint: "Mae enw cyntaf yn ddigon.",
    channel_label: "Sut hoffech chi siarad?",
    channel: |channel| match channel {
        Channel::Telephone => "Dros y ffôn",
        Channel::Video => "Drwy alwad fideo",
        Channel::Email => "Drwy e-bost",
        Channel::InPerson => "Wyneb yn wyneb",
    },
    reach: "Ble gallant gysylltu â chi?",
    reach_hint: "Ar gyfer y ffôn, rhif; ar gyfer fideo neu e-bost, cyfeiriad e-bost; wyneb yn wyneb, lle, gyda rhif neu gyfeiriad i'w drefnu. Gorau oll un sy'n eiddo i chi, ac nid o'r gwaith.",
    times: "Pryd mae'n gyfleus i chi?",
    suits: |suits| match suits {
        Suits::Mornings => "Boreau",
        Suits::Afternoons => "Prynhawniau",
        Suits::Evenings => "Gyda'r nos",
        Suits::Weekends => "Penwythnosau",
    },
    times_else: "Unrhyw beth arall am amserau (dewisol)",
    times_hint: "Er enghraifft: nid ar ddydd Mawrth; dim ond ar ôl fy niwrnod olaf.",
    lang: "Ym mha iaith?",
    access: "A oes unrhyw beth a fyddai'n ei gwneud yn haws i chi? (dewisol)",
    access_hint: "Er enghraifft cyfieithydd neu iaith arall, capsiynau, dim grisiau, rhywun gyda chi.",
    avoid: "Ydych chi'n adnabod un ohonynt? (dewisol)",
    avoid_hint: "Ticiwch bwy bynnag na ddylai ei gael. Ni ddywedir wrthynt.",
    directorate_hint: "Dewisol. Mae rhai cyfwelwyr wedi enwi rhan o'r sefydliad sy'n rhy agos atynt: ni ofynnir iddynt. Heb eich ateb, ni ofynnir i'r un ohonynt.",
    rather_not: "Byddai'n well gennyf beidio â dweud",
    ask: "Gofyn am y cyfweliad",
    wrong: |wrong| match wrong {
        Wrong::NoName => "Ysgrifennwch beth ddylen nhw eich galw chi".to_owned(),
        Wrong::NoChannel => "Dewiswch sut hoffech chi siarad".to_owned(),
        Wrong::NoReach => "Ysgrifennwch ble gallant gysylltu â chi".to_owned(),
        Wrong::NoNumber => "Ysgrifennwch rif ffôn mewn digidau, fel 01632 960 123".to_owned(),
        Wrong::NoEmail => "Ysgrifennwch gyfeiriad e-bost, fel enw@example.org".to_owned(),
        Wrong::NoPlace => "Ysgrifennwch le, a rhif ffôn neu gyfeiriad e-bost i'w drefnu".to_owned(),
        Wrong::TooLong { most } => format!("Gwnewch ef yn fyrrach: mae lle i {most} o nodau"),
        Wrong::NoTicket => super::ticket_welsh::CY.ask_wrong.to_owned(),
        Wrong::NobodyLeft => {
            "Nid oes neb ar ôl felly. Gadewch un ohonynt, neu ewch yn ôl a dewis ffordd arall".to_owned()
        }
    },

    asked_title: "Rydych wedi gofyn am gyfweliad",
    asked_next: "Beth sy'n digwydd nesaf",
    asked_found: "Deuir o hyd i gyfwelydd. Gall hynny gymryd ychydig ddyddiau.",
    asked_reach: |channel| match channel {
        Channel::Telephone => "Byddant yn eich ffonio i gytuno ar amser, neu i siarad ar unwaith os yw'n gyfleus.",
        Channel::Video | Channel::Email => "Byddant yn ysgrifennu atoch drwy e-bost i gytuno ar amser.",
        Channel::InPerson => "Byddant yn cysylltu â chi i gytuno ar amser a lle i gwrdd.",
    },
    asked_told: |organisation| {
        format!("Ni ddywedir wrth {organisation} pwy a ofynnodd. Ni chewch ragor o nodiadau atgoffa.")
    },
    asked_told_hr: |organisation| {
        format!(
            "Yn {organisation}, dim ond y sawl sy'n ei gymryd gaiff wybod pwy a ofynnodd. Ni chewch ragor o nodiadau atgoffa."
        )
    },
    asked_mind: |is_online| match is_online {
        true => {
            "Os byddwch yn newid eich meddwl, agorwch yr un ddolen, neu deipiwch yr un cod, eto: gallwch adael amserau eraill, ateb ar-lein yn lle hynny, neu dynnu'n ôl."
        }
        false => {
            "Os byddwch yn newid eich meddwl, agorwch yr un ddolen, neu deipiwch yr un cod, eto: gallwch adael amserau eraill, neu dynnu'n ôl."
        }
    },

    standing_title: "Eich cyfweliad",
    waiting: "Rydych wedi gofyn am gyfweliad. Nid oes neb i'w gymryd ar hyn o bryd: aiff at y cyntaf a all.",
    offered: "Rydych wedi gofyn am gyfweliad. Mae wedi'i gynnig i gyfwelydd, nad yw wedi'i gymryd eto.",
    taken: |name| format!("Mae {name} wedi cymryd eich cyfweliad."),
    agreed: |date, time, minutes| format!("Cytunwyd ar {date} am {time}, am tua {minutes} munud."),
    not_agreed: |channel| match channel {
        Channel::Telephone => "Nid oes amser wedi'i nodi eto. Byddant yn eich ffonio.",
        Channel::Video | Channel::Email => "Nid oes amser wedi'i nodi eto. Byddant yn ysgrifennu atoch drwy e-bost.",
        Channel::InPerson => "Nid oes amser wedi'i nodi eto. Byddant yn cysylltu â chi.",
    },
    mind_title: "Os oes rhywbeth wedi newid",
    change: "Gadael amserau neu fanylion eraill",
    change_text: "Ni ddangosir yr hyn a adawsoch, fel na all neb arall sydd â'r ddolen hon ei weld. Mae'r hyn a adewch yn wag yn aros fel yr oedd.",
    save: "Cadw",
    changed: "Wedi'i gadw. Mae'r cyfwelydd yn ei weld fel y mae nawr.",
    same_channel: "Fel o'r blaen",
    somebody_else: "Gofyn am rywun arall",
    instead_text: |is_online| match is_online {
        true => {
            "Os byddwch yn ateb ar-lein neu'n tynnu'n ôl, caiff y cyfweliad ei ganslo a chaiff yr hyn a adawsoch ei ddileu."
        }
        false => "Os byddwch yn tynnu'n ôl, caiff y cyfweliad ei ganslo a chaiff yr hyn a adawsoch ei ddileu.",
    },
    online_instead: "Ateb ar-lein yn lle hynny",
    withdraw: "Tynnu'n ôl",
    withdraw_title: "Ydych chi am dynnu'n ôl?",
    withdraw_text: "Caiff y cyfweliad ei ganslo, a chaiff yr hyn a adawsoch ac a ddywedoch hyd yma ei ddileu. Os byddwch yn newid eich meddwl, agorwch y ddolen eto: mae'n dal i weithio cyhyd ag y bydd yr arolwg ar agor.",
    withdraw_yes: "Tynnu'n ôl",
    withdrawn_title: "Rydych wedi tynnu'n ôl",
    withdrawn_text: "Mae'r hyn a adawsoch wedi'i ddileu, ac ni chewch eich atgoffa. Os byddwch yn newid eich meddwl, agorwch eich dolen eto. Gallwch gau'r dudalen hon.",

    read_title: "Yr hyn a ysgrifennwyd",
    read_text: "Dyma'r hyn y mae eich cyfwelydd wedi'i ysgrifennu. Nid oes dim wedi'i gyflwyno eto. Mae'r dudalen hon yn gweithio unwaith.",
    read_right: "Mae hyn yn gywir",
    read_wrong: "Os nad yw rhywbeth yn gywir: beth?",
    read_wrong_hint: "Mae eich cyfwelydd yn ei ddarllen, a neb arall.",
    read_send: "Anfon hwn at y cyfwelydd",
    read_empty: "Ysgrifennwch beth nad yw'n gywir, neu pwyswch “Mae hyn yn gywir”",
    read_both: "Rydych wedi ysgrifennu beth nad yw'n gywir: anfonwch ef, neu gwagiwch y blwch",
    confirmed_title: "Diolch: mae'n gywir",
    confirmed_text: "Gall eich cyfwelydd gyflwyno eich atebion nawr. Fe'u cyfrifir ynghyd ag atebion pawb arall. Gallwch gau'r dudalen hon.",
    corrected_title: "Diolch: bydd eich cyfwelydd yn ei gywiro",
    corrected_text: "Byddant yn darllen yr hyn a ysgrifennoch, ac efallai y byddant yn cysylltu. Gallwch gau'r dudalen hon.",
    gone_title: "Nid oes dim i'w weld yma",
    gone_text: "Mae'r ddolen hon yn gweithio unwaith, a dim ond cyhyd ag y bydd y cyfweliad yn parhau. Os nad ydych wedi ateb eto, gofynnwch i'ch cyfwelydd am un newydd.",
};
