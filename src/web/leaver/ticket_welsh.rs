//! Leavers' pages about tickets in Welsh.

use super::ticket_words::TicketWords;

pub(super) const CY: TicketWords = TicketWords {
    before: "Cewch docyn yn gyntaf, wedi'i wneud gan eich porwr eich hun lle gall. Bydd angen y tocyn i ddod yn ôl ar bwy bynnag sy'n cau'r tab cyn pwyso Anfon.",
    working: "Mae eich porwr yn gwneud eich tocyn …",
    unable: "Ni all eich porwr wneud tocyn (mae'n rhy hen, neu ni ddaeth y dudalen hon dros https). Os ewch ymlaen, ni fydd yn ei wneud, heb gadw nodyn ohono.",
    away: "Ni chyrhaeddodd hwnnw. Nid oes dim wedi'i golli: yn y tab hwn, llwythwch y dudalen eto a phwyswch eto.",
    wrong_key: "Mae eich porwr wedi stopio, ac ni anfonwyd dim: nid yr allwedd a roddir i bawb yw hon, neu nid yr un a welodd y tab hwn o'r blaen. Drwy allwedd i chi yn unig gellid adnabod eich atebion. Llwythwch y dudalen eto; os daw hyn yn ôl, dywedwch wrth y sawl a ofynnodd am eich barn.",
    wrong_signature: "Mae eich porwr wedi stopio: nid yw ein llofnod yn dda, a gellid adnabod tocyn ag un gwael. Pwyswch eto; os daw hyn yn ôl, dywedwch wrth y sawl a ofynnodd am eich barn.",
    without_text: "Neu parhewch hebddo: yna ni fydd yn gwneud eich tocyn. Nid ydym yn cadw nodyn ohono; rhaid i chi ymddiried ynom am hynny.",
    without: "Parhau hebddo",

    key: "Yr allwedd y llofnodir tocynnau â hi, yr un i bawb:",
    key_page: "Cymharwch hi â'r dudalen gyhoeddus",
    key_checked: "Bydd eich porwr yn stopio os yw'n un arall.",

    made_there: "Eich porwr a wnaeth y tocyn hwn. Fe'i llofnodwyd gennym heb ei weld, felly ni allwn ddweud pwy biau ef.",
    made_here: "Ni a wnaeth eich tocyn, am na wnaeth sgript gennym ni ef yn eich porwr, ac ni chadwyd nodyn ohono.",

    title: "Eich tocyn",
    keep_text: "Cadwch hwn nes i chi anfon eich atebion. Os caewch y tab hwn cyn hynny, bydd ei angen arnoch i ddod yn ôl.",
    yours: "Nid yw eich dolen yn ei roi i chi eto, ac ni all neb ddod o hyd iddo i chi. Eich tocyn chi yn unig yw hwn: gall pwy bynnag sydd ag ef ateb yn eich lle.",
    scan: |url| {
        format!(
            "I ateb ar ddyfais arall, agorwch {url} yno a theipiwch y tocyn, neu sganiwch hwn i'w gopïo: y tocyn sydd yn y sgwâr, a dim arall."
        )
    },
    qr: "Eich tocyn fel cod QR",
    copy: "Copïo",
    copied: "Wedi'i gopïo.",
    keep: "Ei gadw yn y porwr hwn nes bod fy atebion wedi'u hanfon",
    kept: "Mae'r porwr hwn yn ei gadw. Gallai eraill sy'n defnyddio'r porwr hwn ddod o hyd iddo.",
    forget: "Ei anghofio",
    forgotten: "Mae'r porwr hwn wedi'i anghofio.",
    refused: "Nid yw eich porwr yn caniatáu hynny. Ysgrifennwch y tocyn, neu tynnwch lun ohono.",
    begin: "Parhau i'r cwestiynau",

    begun: "Rydych wedi dechrau eisoes, gyda thocyn a wnaed gan borwr: ni allwn ddweud pa un. Os ydych wedi anfon eich atebion, fe'u cyfrifwyd, ac nid oes dim arall i'w wneud. Os nad ydych, parhewch gyda'ch tocyn.",
    label: "Eich tocyn",
    hint: "Llythrennau a rhifau mewn grwpiau o bedwar, fel y'i cadwyd gennych. Nid yw priflythrennau, bylchau na llinellau yn bwysig.",
    filled: "Wedi'i lenwi o'r hyn y mae'r porwr hwn yn ei gadw.",
    lost: "Os yw ar goll, ni all neb ddod o hyd iddo eto: ni ŵyr neb pwy biau ef.",
    pending: "Yn y tab hwn roeddech ar ganol y gwaith:",
    go_on_here: "Parhau yn y tab hwn",
    ask_hint: "Rydych wedi dechrau gyda thocyn a wnaed gan eich porwr. Gydag ef y bydd eich cyfwelydd yn cyflwyno eich atebion, fel eu bod yn cyfrif unwaith.",
    ask_wrong: "Ysgrifennwch eich tocyn fel y'i cadwyd gennych: nid yw hwn yn un y gellir ei ddefnyddio yma",
};
