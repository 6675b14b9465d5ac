//! The promise in Welsh.

use super::words::Words;

pub(super) const CY: Words = Words {
    title: "Yr hyn a wyddom amdanoch, a'r hyn na allwn ei wybod",
    lead: "Gofynnwyd i chi beth yw eich barn am eich gwaith. Mae'r dudalen hon yn dweud pwy all ddod i wybod beth. “Ni” yw'r gwasanaeth hwn, Candour, a'r bobl sy'n ei redeg.",
    short_title: "Yn fyr",
    short: &[
        "Gwyddom eich bod wedi cael gwahoddiad. Ni wyddom pa atebion yw eich rhai chi.",
        "Mae'r hyn a gyhoeddir yn sôn am grwpiau o bobl, byth am un person.",
        "Gallai'r hyn a ysgrifennwch yn eich geiriau eich hun ddangos pwy ydych chi. Gallwch ei adael allan.",
    ],

    know_title: "Yr hyn a wyddom",
    know: &[
        (
            "Eich bod wedi cael gwahoddiad.",
            "Rhoddodd y sefydliad eich enw i ni, fel y gallai'r gwahoddiad eich cyrraedd.",
        ),
        (
            "A wnaethoch chi ddechrau, neu ddweud na.",
            "Fel na fyddwn yn eich atgoffa heb achos. Caiff y sefydliad wybod faint o bobl a wnaeth, ond byth pwy.",
        ),
        (
            "Yr hyn a atebodd pobl.",
            "Nid ydym yn cadw enw, amser na chyfeiriad cyfrifiadur gydag unrhyw ateb, ac nid ydym yn cadw atebion yn y drefn y daethant.",
        ),
        (
            "Sut i gysylltu â chi, os gofynnwch am gyfweliad.",
            "Fe'i cedwir dan glo nes bod y cyfweliad drosodd, ac yna caiff ei ddileu. Dim ond y cyfwelydd sy'n ei gymryd all ei ddarllen.",
        ),
    ],

    cannot_title: "Yr hyn na allwn ei wybod",
    cannot: "Pa atebion yw eich rhai chi. Mae sut y gwneir hynny yn dibynnu ar eich porwr. Mae'r dudalen lle cewch eich tocyn yn dweud pa un o'r ddau ydoedd.",
    scripted_title: "Os yw eich porwr yn rhedeg sgriptiau, fel y mae'r rhan fwyaf",
    scripted: &[
        "Meddyliwch am slip o bapur mewn amlen, gyda phapur carbon o'i gwmpas. Rydych yn ysgrifennu rhif cyfrinachol ar y slip ac yn cau'r amlen. Rydym yn gwirio eich gwahoddiad, yn stampio'r amlen o'r tu allan ac yn ei rhoi yn ôl. Mae'r stamp yn mynd drwodd i'r slip, ond nid ydym wedi gweld y rhif.",
        "Yn nes ymlaen rydych yn dod yn ôl gyda'r slip a heb yr amlen. Gwelwn ein stamp, felly gwyddom eich bod wedi cael gwahoddiad. Ni allwn weld ym mha amlen yr oedd y slip. Y slip yw eich tocyn, ac nid yw eich atebion yn dod gyda dim byd arall.",
        "Mae eich porwr yn gwneud hyn gyda rhifau mawr yn lle papur. Hyd yn oed pe bai rhywun yn newid ein gweinydd yn y dirgel, i nodi popeth a anfonir ato, ni allai ddweud pa atebion yw eich rhai chi. Yr unig bethau i ddyfalu wrthynt fyddai'r amser, y rhwydwaith rydych yn dod ohono, a pha fath o borwr ac iaith rydych yn eu defnyddio.",
    ],
    unscripted_title: "Os nad yw'n gwneud hynny",
    unscripted: &[
        "Yna mae ein gweinydd yn gwneud eich tocyn o'ch cod, heb wneud nodyn o hynny. Nid oes dim a gadwn yn cysylltu'r ddau. Ond gallai fod wedi gwneud nodyn, heb i chi allu gwybod. Felly yma mae'n rhaid i chi ymddiried yn y bobl sy'n rhedeg y gweinydd.",
    ],
    interviewed_title: "Os byddwch yn siarad â chyfwelydd",
    interviewed: &[
        "Maent yn gwybod pwy ydych chi a beth rydych yn ei ddweud. Maent yn cyflwyno eich atebion gyda thocyn, fel rhai pawb arall. O hynny ymlaen, nid oes dim a gadwn yn dweud pa atebion yw eich rhai chi.",
    ],

    could_title: "Yr hyn a allai ddangos pwy ydych chi o hyd",
    could: &[
        (
            "Yr hyn a ysgrifennwch.",
            "Enw, dyddiad, neu stori na allai neb ond chi ei hadrodd. Gall y sefydliad ddarllen yr hyn a ysgrifennwch, pan fydd digon o bobl wedi ateb.",
        ),
        (
            "Bod yn un o ychydig iawn.",
            "Os ychydig o bobl yn unig a adawodd eich tîm, gall pobl ddyfalu. Dyna pam nad yw unrhyw ffigur byth yn sôn am lai na phump o bobl, neu'r nifer a nodir yn eich gwahoddiad. Os yw cwestiwn yn ei gwneud yn rhy amlwg, dewiswch “Mae'n well gennyf beidio â dweud”.",
        ),
        (
            "Bod rhywun yn eich gwylio.",
            "Gall eich cyflogwr weld pa wefannau rydych yn ymweld â nhw ar ei rwydwaith, a phopeth a wnewch ar ei gyfrifiaduron. Defnyddiwch eich ffôn neu eich cyfrifiadur eich hun, a'ch cysylltiad eich hun.",
        ),
        (
            "Yr amser.",
            "Gall rhywun sy'n gwylio ein gweinydd, neu sy'n copïo ei ddata dro ar ôl tro a bod ei allwedd ganddo hefyd, weld pryd y defnyddiwyd cod a phryd y daeth atebion. Os chi oedd yr unig un yn yr awr honno, gallant roi dau a dau at ei gilydd.",
        ),
        (
            "Ei ddangos i rywun.",
            "Mae pwy bynnag sy'n gweld eich sgrin, eich cod neu eich tocyn yn gwybod yr hyn a wyddoch chi. Os cawsoch lythyr, argraffodd rhywun ef.",
        ),
        (
            "Yr hyn sy'n aros ar eich dyfais.",
            "Mae eich porwr yn cofio eich bod wedi bod yma, ac mae eich dolen yn yr e-bost. Os yw eraill yn defnyddio'r ddyfais, agorwch y ddolen mewn ffenestr breifat a'i chau wedyn.",
        ),
    ],

    check_title: "Sut y gallwch wirio",
    check: &[
        (
            "Cymharwch yr ôl bys.",
            "Mae'r stamp yr un fath i bawb mewn ymgyrch. Pe bai eich un chi yn wahanol, gallem eich adnabod wrtho. Felly mae'r dudalen lle rydych yn dechrau yn dangos ei ôl bys: wyth grŵp o bedwar nod, yn llythrennau a rhifau. Rhaid i dudalen gyhoeddus yr ymgyrch a throed pob adroddiad ddangos yr un peth. Gofynnwch i gydweithiwr ddarllen ei un yntau neu hithau yn uchel.",
        ),
        (
            "Edrychwch y tu ôl i'r dudalen.",
            "Gall eich porwr ddangos ffynhonnell pob tudalen (ar y rhan fwyaf o gyfrifiaduron gyda Ctrl ac U). Nid oes dim ynddi o wefannau eraill, na chwci sy'n dweud pwy ydych chi.",
        ),
        (
            "Gadewch amser rhwng y ddau.",
            "Dechreuwch heddiw, nodwch eich tocyn, ac atebwch yfory neu'r wythnos nesaf. Yna nid yw'r amser yn datgelu dim.",
        ),
        (
            "Defnyddiwch rwydwaith arall.",
            "Dechreuwch gartref, ac atebwch ar y ffôn neu mewn llyfrgell. Mae Tor Browser, sy'n cuddio o ble rydych yn dod, yn iawn hefyd.",
        ),
        (
            "Darllenwch y sgriptiau.",
            "Mae'r hyn a wna eich porwr yn fyr ac wedi'i esbonio fesul cam. Os nad ydych yn darllen pethau o'r fath, gofynnwch i rywun sydd yn gwneud. Gallai gweinydd a newidiwyd anfon sgript wedi'i newid hefyd. Ond ni all wybod pwy fydd yn edrych, ac mae un person sy'n edrych yn ddigon.",
        ),
    ],
    scripts: "Dyma'r cyfan:",

    rather_not_title: "Os byddai'n well gennych beidio",
    rather_not: "Yna dywedwch na, neu peidiwch â gwneud dim. Nid oes unrhyw ganlyniadau, ac ni ddywedir wrth neb mai chi ydoedd.",
};
