//! Leavers' pages in Welsh.

use super::words::Words;
use crate::survey::Lang;
use crate::survey::form::Wrong;

pub(super) const CY: Words = Words {
    start_title: "Ateb yn gyfrinachol",
    start_lead: "Gofynnwyd am eich barn mewn llythyr neu e-bost, neu fe wnaethoch chi ddechrau'n gynharach a nodi eich tocyn.",
    code_label: "Eich cod neu eich tocyn",
    code_hint: "Llythrennau a rhifau mewn grwpiau o bedwar, fel ABCD-EFGH-JKMN. Nid yw priflythrennau, bylchau na llinellau yn bwysig.",
    go_on: "Parhau",
    no_code: "Dim cod? Gofynnwch i'r sawl a ofynnodd am eich barn anfon un atoch. Ni ellir defnyddio'r tudalennau hebddo, fel bod pawb yn ateb unwaith.",

    asks: |organisation| format!("Hoffai {organisation} glywed gennych chi."),
    minutes: |minutes| format!("Mae'n cymryd tua {minutes} munud."),
    until: |date| format!("Gallwch ddechrau hyd at {date}."),
    what_happens: "Beth sy'n digwydd i'ch atebion",
    nobody_sees: |organisation| {
        format!(
            "Nid oes neb yn {organisation} yn gweld eich atebion fel eich rhai chi. Fe'u cedwir heb eich enw, eich cyfeiriad na'r amser."
        )
    },
    least_people: |k| format!("Dim ond ffigurau am o leiaf {k} o bobl a gyhoeddir, byth am lai na hynny."),
    own_words: |organisation, least| {
        format!(
            "Cedwir yr hyn a ysgrifennwch yn eich geiriau eich hun ar wahân i'ch atebion eraill. Gall rhywun yn {organisation} sydd wedi cael yr hawl ganddynt ei ddarllen pan fydd o leiaf {least} o bobl wedi ateb, a gall adroddiad ei ddyfynnu heb yr hyn a fyddai'n dangos pwy ydych chi. Felly peidiwch â chynnwys enwau nac unrhyw beth arall a fyddai'n dangos hynny."
        )
    },
    knows_offered: |organisation| {
        format!(
            "Mae {organisation} yn gwybod eich bod wedi cael gwahoddiad. Caiff wybod faint o bobl a gymerodd ran, ond nid pwy."
        )
    },
    your_choice: "Eich dewis chi yw hwn. Nid oes unrhyw ganlyniadau i ddweud na, ac ni ddywedir wrth neb mai chi ydoedd.",
    may_skip: "Gallwch ddewis peidio ag ateb unrhyw gwestiwn.",
    how_title: "Sut y cedwir eich enw a'ch atebion ar wahân",
    how_apart: "Pan fyddwch yn dechrau, cyfnewidir eich cod am docyn. Gyda'r tocyn yn unig y mae eich atebion yn teithio. Nid oes dim yn yr hyn y mae'r gwasanaeth yn ei gadw sy'n cysylltu cod â thocyn.",
    how_nothing_else: "Dim cwcis sy'n eich dilyn, dim nodyn o gyfeiriad eich cyfrifiadur. Nes i chi bwyso Anfon, yn eich porwr eich hun yn unig y mae eich atebion, wedi'u selio, ac nid ar ein cyfrifiaduron.",
    how_blind: "Lle mae eich porwr yn rhedeg ein sgript, mae'n gwneud y tocyn ei hun, ac rydym yn ei lofnodi heb ei weld. Yna ni allai hyd yn oed gwasanaeth a newidiwyd i nodi popeth ddweud pwy biau ef, ond drwy'r amser a'ch rhwydwaith.",
    how_limits: "Heb sgript mae'r cyfnewid yn digwydd ar gyfrifiadur y gwasanaeth ei hun, nad yw'n gwneud nodyn ohono. Rydych yn ymddiried yn y sawl sy'n ei redeg i'w redeg fel y'i cyhoeddwyd. Os byddai'n well gennych beidio, dywedwch na.",
    answer_online: "Ateb ar-lein",
    no_thanks: "Dim diolch",
    open_again: "Nid yw agor y dudalen hon yn dechrau dim. Gallwch ddod yn ôl ati.",
    already_begun: "Rydych wedi dechrau eisoes. Os nad ydych wedi anfon eich atebion, gallwch barhau. Os gwnaethoch eu hanfon, fe'u cyfrifwyd, ac nid oes dim arall i'w wneud.",

    decline_title: "Ydych chi am ddweud na?",
    decline_text: "Ni chewch unrhyw nodyn atgoffa. Os byddwch yn newid eich meddwl, agorwch y ddolen neu deipiwch y cod eto: mae'n dal i weithio cyhyd ag y bydd yr arolwg ar agor.",
    decline_yes: "Dweud na",
    decline_no: "Mynd yn ôl",
    declined_title: "Rydych wedi dweud na",
    declined_text: "Diolch am roi gwybod i ni. Ni chewch eich atgoffa. Os byddwch yn newid eich meddwl, agorwch eich dolen eto. Gallwch gau'r dudalen hon.",

    section_of: |at, of| format!("Adran {at} o {of}"),
    next: "Parhau",
    back: "Yn ôl",
    needs_answer: "(mae angen ateb)",
    choose_all: "Dewiswch bob un sy'n berthnasol.",
    prefer_not: "Mae'n well gennyf beidio â dweud",
    month: "Mis",
    year: "Blwyddyn",
    months: Lang::Cy.months(),
    at_most: |max| format!("Hyd at {max} o nodau."),
    careful: "Peidiwch â chynnwys enwau nac unrhyw beth a fyddai'n dangos pwy ydych chi.",
    wrong: |wrong| {
        match wrong {
        Wrong::Missing => "Atebwch hwn, neu dewiswch “Mae'n well gennyf beidio â dweud”".to_owned(),
        Wrong::NotAnOption => "Dewiswch un o'r atebion ar y dudalen".to_owned(),
        Wrong::MoreThanOne => "Dewiswch un ateb yn unig".to_owned(),
        Wrong::ExclusiveWithOthers => {
            "Ni all “Dim un” na “Mae'n well gennyf beidio â dweud” sefyll wrth ochr atebion eraill: dewiswch y naill neu'r llall".to_owned()
        }
        Wrong::NotANumber => "Ysgrifennwch rif cyfan mewn digidau, fel 12".to_owned(),
        Wrong::OutOfRange { min, max } => format!("Ysgrifennwch rif o {min} i {max}"),
        Wrong::NotAMonth => "Dewiswch fis ac ysgrifennwch y flwyddyn mewn pedwar digid".to_owned(),
        Wrong::TooLong { max, length } => {
            format!("Gwnewch y testun yn fyrrach: mae ynddo {length} o nodau, ac mae lle i {max}")
        }
    }
    },
    ticket_title: "Stopio yma a dod yn ôl, neu barhau ar ddyfais arall",
    ticket_text: "Teipiwch y tocyn hwn ar dudalen gyntaf y wefan hon: mae hynny'n gweithio nes i chi anfon eich atebion. Lle gwnaethom ni'r tocyn, mae eich dolen yn gweithio hefyd. Eich tocyn chi yn unig yw hwn: gall pwy bynnag sydd ag ef ateb yn eich lle.",
    ticket_unsent: "Yn y porwr hwn yn unig y mae'r hyn rydych wedi'i ateb hyd yma, wedi'i selio, ac nid ar ein cyfrifiaduron. Os byddwch yn cau'r porwr, neu'n parhau yn rhywle arall, byddwch yn dechrau gyda thudalennau gwag.",
    lost_title: "Ni ellid cadw rhai atebion",
    lost_text: "Roedd y dudalen a anfonwyd gennych yn anghyflawn neu'n hen iawn. Mae'r hyn a atebwyd arni yma o hyd. Edrychwch drwy'r adrannau eraill eto.",

    check_title: "Gwirio eich atebion",
    check_text: "Nid oes dim wedi'i anfon eto. Newidiwch beth bynnag a fynnwch.",
    change: "Newid",
    send_title: "Anfon eich atebion",
    send_text: "Ar ôl eu hanfon, ni ellir newid atebion na'u tynnu'n ôl, oherwydd ni all neb ddweud pa rai yw eich rhai chi.",
    send: "Anfon fy atebion",

    thanks_title: "Diolch. Mae eich atebion wedi'u hanfon",
    thanks_text: "Maent yn cyfrif unwaith, ynghyd ag atebion pawb arall. Ni all neb ddweud pa rai yw eich rhai chi.",
    thanks_next: "Pan fydd digon o bobl wedi ateb, bydd y sefydliad yn cael y ffigurau, a gall eu cyhoeddi.",
    thanks_close: "Nid oes dim arall i'w wneud. Os yw eraill yn defnyddio'r ddyfais hon, caewch y ffenestr hon.",

    refused_title: "Ni ellir defnyddio'r cod neu'r tocyn hwn",
    refused_sent: "Os ydych wedi anfon eich atebion, neu wedi cael cyfweliad, fe'u cyfrifwyd, unwaith. Nid oes dim arall i'w wneud.",
    refused_else: "Os nad ydych:",
    refused_typed: "Gwiriwch ei fod wedi'i deipio fel yn y llythyr neu'r e-bost.",
    refused_newer: "Os cawsoch fwy nag un llythyr neu e-bost a dechrau gydag un arall, defnyddiwch hwnnw.",
    refused_late: "Efallai fod yr arolwg wedi cau.",
    refused_ask: "Gofynnwch i'r sawl a ofynnodd am eich barn am god newydd.",

    away_title: "Ni allwn dderbyn hwn ar hyn o bryd",
    away_text: "Cedwir eich atebion yn y dudalen hon. Arhoswch hanner munud, yna rhowch gynnig arall arni. Peidiwch â chau'r dudalen.",
    fault_title: "Aeth rhywbeth o'i le ar ein hochr ni",
    fault_text: "Cedwir eich atebion yn y dudalen hon. Rhowch gynnig arall arni ymhen ychydig. Os yw'n parhau, rhowch y cyfeirnod isod i'r sawl sy'n rhedeg y gwasanaeth hwn.",
    reference: "Cyfeirnod",
    try_again: "Rhoi cynnig arall arni",

    interview: super::interview_welsh::CY,
    ticket: super::ticket_welsh::CY,
};
