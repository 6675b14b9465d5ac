//! A campaign's public page in Welsh.

use super::words::Words;
use crate::survey::Kind;

pub(super) const CY: Words = Words {
    asks: |organisation, kind| match kind {
        Kind::Exit => {
            format!("Mae {organisation} yn gofyn i'r rhai sy'n gadael pam, a beth fyddai wedi eu cadw.")
        }
        Kind::Retention => {
            format!("Mae {organisation} yn gofyn i'r rhai sy'n gweithio yno beth sy'n gwneud iddynt aros.")
        }
    },
    who: "Pwy sy'n gofyn",
    about: "Am beth",
    kind: |kind| match kind {
        Kind::Exit => "Gadael",
        Kind::Retention => "Aros",
    },
    since: "Ers",
    until: "Hyd at",
    least: "Y grŵp lleiaf",
    people: |k| format!("{k} o bobl"),
    least_means: |k, comments| {
        format!(
            "Dim ond ffigurau am o leiaf {k} o bobl a gyhoeddir, byth am lai na hynny. Darllenir yr hyn y mae pobl yn ei ysgrifennu yn eu geiriau eu hunain pan fydd o leiaf {comments} wedi ateb."
        )
    },
    hidden: |w| {
        format!(
            "Ni ellir cyfrifo ffigur sydd wedi'i guddio o'r rhai nad ydynt: ystod o {w} o bobl o leiaf sy'n weddill i bwy bynnag sy'n ceisio. Mae'r rhaglen yn ymosod ar ei ffigurau ei hun cyn eu cyhoeddi."
        )
    },
    strict: "Gwneir y ffigurau hyn i'r byd eu gweld: o fewn grŵp, mae atebion a roddwyd gan ychydig o bobl yn unig hefyd yn cael eu cuddio, neu eu rhoi gyda'i gilydd ag eraill.",

    key_title: "Allwedd yr ymgyrch hon",
    key_for: "Gyda'r allwedd hon mae'r gwasanaeth yn stampio'r tocynnau y mae porwyr pobl yn eu gwneud, heb eu gweld. Pan ddaw un yn ôl gydag atebion, mae'n gwybod bod rhywun wedi cael gwahoddiad, ac ni all wybod pwy.",
    key_one: "Mae un ar gyfer yr ymgyrch gyfan. Gellid adnabod pwy bynnag a gâi allwedd ei hun wrthi, a dyna pam y gall pawb gymharu.",
    fingerprint: "Ei hôl bys",
    check_title: "Sut i'w gwirio",
    check: &[
        "Os gofynnwyd i chi ateb: mae'r dudalen lle rydych yn dechrau yn dangos ôl bys. Rhaid mai hwn ydyw.",
        "Mae pob adroddiad yn ei ddweud wrth ei droed. Rhaid mai hwn ydyw yno hefyd.",
        "Agorwch y dudalen hon eto ar rwydwaith arall, neu ar ffôn rhywun arall. Ni fyddai tudalen a luniwyd i chi'n unig yn eich dilyn yno.",
        "Darllenwch ef yn uchel i gydweithiwr y gofynnwyd iddo hefyd. Rhaid i bob un o'r wyth grŵp fod yr un fath.",
    ],
    whole_key: "Yr allwedd gyfan, i'r rhai sydd am ei gyfrifo",
    whole_key_text: "Yr ôl bys yw 32 digid cyntaf SHA-256 yr allwedd hon ar ffurf ddeuaidd. Gyda'r allwedd mewn ffeil o'r enw key.pem:",
    as_json: "Yr allwedd fel JSON",

    releases_title: "Ffigurau a gyhoeddwyd",
    no_releases: "Dim hyd yma.",
    release: |number, day| format!("Datganiad {number}, {day}"),
    promise: "Yr hyn sy'n hysbys am y rhai sy'n ateb, a'r hyn na ellir ei wybod",
};
