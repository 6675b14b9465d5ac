use super::super::figures::{Share, figures};
use super::super::support;
use super::{ods, xlsx};
use crate::release::sample;
use crate::survey::Survey;
use calamine::{Data, Ods, Reader, Xlsx};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::io::Cursor;

type Sheets = Vec<(String, Vec<Vec<Data>>)>;

/// Every sheet and its cells, as an independent reader finds them.
fn read<R: Reader<Cursor<Vec<u8>>>>(bytes: Vec<u8>) -> Sheets
where
    R::Error: Debug,
{
    let mut file = R::new(Cursor::new(bytes)).unwrap();
    let names = file.sheet_names();
    let sheet = |name: String| {
        let range = file.worksheet_range(&name).unwrap();
        (name, range.rows().map(<[Data]>::to_vec).collect())
    };
    names.into_iter().map(sheet).collect()
}

/// The same in both formats.
fn both(survey: &Survey) -> [Sheets; 2] {
    support::of(&sample::release(), survey, |source| [read::<Xlsx<_>>(xlsx(source)), read::<Ods<_>>(ods(source))])
}

/// What is under the heads of a sheet's table.
fn rows(sheet: &[Vec<Data>]) -> &[Vec<Data>] {
    let head = sheet.iter().position(|row| row.get(1).is_some_and(|cell| *cell != Data::Empty)).unwrap();
    &sheet[head + 1..]
}

fn written(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[test]
fn every_figure_is_in_its_row_with_the_same_digits_in_both_formats() {
    for survey in [sample::survey(), support::hostile()] {
        let expected = support::of(&sample::release(), &survey, figures).into_iter().map(|line| {
            let share = match line.share {
                Some(Share::Percent { percent, low, high }) => {
                    Some([percent, low, high].map(|value| value.to_string()))
                }
                Some(Share::Difference { points, low, high }) => {
                    Some([points, low, high].map(|value| value.to_string()))
                }
                Some(Share::Mean { mean, low, high }) => Some([mean, low, high].map(|value| value.to_string())),
                Some(Share::Rate(_)) | None => None,
            };
            let mark = if line.count.is_none() && share.is_none() { "[c]" } else { "[z]" };
            let number = |number: Option<u64>| number.map_or(mark.to_owned(), |number| number.to_string());
            let whole = |text: String| text.strip_suffix(".0").map_or(text.clone(), str::to_owned);
            let share = share.unwrap_or([mark; 3].map(str::to_owned)).map(whole);
            [number(line.base), number(line.count), share[0].clone(), share[1].clone(), share[2].clone()]
        });
        let expected: Vec<_> = expected.collect();
        assert!(expected.len() > 50 && expected.iter().flatten().any(|cell| cell == "33.3"));
        for sheets in both(&survey) {
            let tables = sheets.iter().skip(4).flat_map(|(_, sheet)| rows(sheet));
            let found: Vec<_> = tables.map(|row| [3, 4, 5, 6, 7].map(|column| written(&row[column]))).collect();
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn both_formats_have_the_same_cells_and_numbers_are_numbers() {
    for survey in [sample::survey(), support::hostile()] {
        let [xlsx, ods] = both(&survey).map(|sheets| {
            let text = |(name, rows): (String, Vec<Vec<Data>>)| {
                let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(written).collect()).collect();
                (name, rows)
            };
            sheets.into_iter().map(text).collect::<Vec<_>>()
        });
        for (one, other) in xlsx.iter().zip(&ods) {
            assert_eq!(one, other);
        }
        assert_eq!(xlsx.len(), ods.len());
    }
    for sheets in both(&sample::survey()) {
        let reasons = sheets.iter().find(|(name, _)| name.ends_with("_reasons")).unwrap();
        let first = &rows(&reasons.1)[0];
        assert!(matches!(first[4], Data::Float(15.0)) && matches!(first[5], Data::Float(50.0)), "{first:?}");
        let formula = rows(&reasons.1).iter().find(|row| row[2] == Data::String("=Career".to_owned()));
        assert!(formula.is_some(), "a label that begins like a formula is a text");
    }
}

/// The checklist of the Analysis Function, as far as a program can tell.
#[test]
fn sheets_keep_to_the_rules_for_official_statistics() {
    for sheets in both(&support::hostile()) {
        let names: BTreeSet<String> = sheets.iter().map(|(name, _)| name.to_lowercase()).collect();
        assert_eq!(names.len(), sheets.len());
        let first: Vec<&str> = sheets.iter().take(4).map(|(name, _)| name.as_str()).collect();
        assert_eq!(first, ["Cover", "Contents", "Notes", "Release"]);
        for (name, sheet) in &sheets {
            assert!(name.len() <= 31 && !sheet[0][0].to_string().is_empty(), "{name}");
            if name == "Cover" {
                continue;
            }
            assert!(sheet[1][0].to_string().starts_with("This worksheet contains one table of "), "{name}");
            let table = &sheet[sheet.len() - rows(sheet).len() - 1..];
            let heads: BTreeSet<String> = table[0].iter().map(written).collect();
            assert_eq!(heads.len(), table[0].len(), "{name}: {heads:?}");
            assert!(table.iter().flatten().all(|cell| !written(cell).is_empty()), "{name} has an empty cell");
        }
        let contents: Vec<String> = rows(&sheets[1].1).iter().map(|row| written(&row[0])).collect();
        assert!(sheets.iter().all(|(name, _)| name == "Contents" || contents.contains(name)), "{contents:?}");
    }
}

#[test]
fn files_are_well_formed_the_same_twice_and_tables_are_tables() {
    support::of(&sample::release(), &support::hostile(), |source| {
        assert!(xlsx(source) == xlsx(source) && ods(source) == ods(source));
        for bytes in [xlsx(source), ods(source)] {
            for (path, bytes) in support::unpacked(&bytes).iter().filter(|(path, _)| *path != "mimetype") {
                let text = std::str::from_utf8(bytes).unwrap();
                roxmltree::Document::parse(text).map_err(|error| format!("{path}: {error}")).unwrap();
                assert!(!text.contains("<mergeCell") && !text.contains("number-columns-spanned"));
                assert!(!text.contains("<f>") && !text.contains("table:formula"), "{path} has a formula");
            }
        }
        let ods = ods(source);
        assert_eq!(&ods[30..84], b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    });
    support::of(&sample::release(), &sample::survey(), |source| {
        let files = support::unpacked(&xlsx(source));
        let table = String::from_utf8(files["xl/tables/table4.xml"].clone()).unwrap();
        assert!(table.contains("name=\"table_1\" displayName=\"table_1\" ref=\"A4:J"), "{table}");
        let content = String::from_utf8(support::unpacked(&ods(source))["content.xml"].clone()).unwrap();
        assert!(content.contains("table:target-range-address=\"'1_uptake'.A4:'1_uptake'.J"), "{content}");
    });
}

#[test]
fn what_is_before_the_tables_says_what_is_in_them() {
    let [sheets, _] = both(&sample::survey());
    let text = sheets.iter().map(|(name, rows)| {
        let line = |row: &Vec<Data>| row.iter().map(written).collect::<Vec<_>>().join(" | ");
        format!("== {name}\n{}", rows.iter().map(line).collect::<Vec<_>>().join("\n"))
    });
    insta::assert_snapshot!(text.collect::<Vec<_>>().join("\n"));
}
