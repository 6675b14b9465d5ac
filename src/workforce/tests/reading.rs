//! Files that HR uploads.

use crate::workforce::{By, Measure, Upload, read, template};
use encoding_rs::WINDOWS_1252;

fn good(text: &str) -> Upload {
    read(text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn bad(text: &str) -> Vec<String> {
    read(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
}

const FILE: &str = "Directorate,Role,Headcount,Headcount at start,New starters,Leavers,Stayed,FTE,Vacancies,Agency,Sickness days\n\
                    Children's services,Social worker,\"1,310\",1297,58,45,1252,1262.5,21.25,14,2618.5\n\
                    Gwasanaethau oedolion,Rheolwr tîm,12,11,2,1,10,11.6,0,0,40\n";

#[test]
fn a_file_of_any_office_is_read() {
    let expected = good(FILE);
    assert_eq!(expected.warnings, Vec::<String>::new());
    let of_ten = |measure: Measure| expected.rows[0].counts.get(measure).unwrap().to_string();
    let printed = Measure::ALL.map(of_ten);
    assert_eq!(printed, ["1310", "1297", "58", "45", "1252", "1262.5", "21.25", "14", "2618.5"]);
    assert_eq!(expected.rows[1].name(By::Role), Some("Rheolwr tîm"));
    let read_as = |bytes: &[u8]| assert_eq!(read(bytes).unwrap(), expected);
    read_as(format!("\u{feff}{FILE}").as_bytes());
    read_as(&WINDOWS_1252.encode(FILE).0);
    read_as(FILE.replace("\"1,310\"", "1310").replace(',', ";").replace('\n', "\r\n").as_bytes());
    read_as(FILE.replace("\"1,310\"", "1 310").replace(',', "\t").replace('\n', "\r").as_bytes());
    let utf16: Vec<u8> = format!("\u{feff}{FILE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    read_as(&utf16);
    read_as(format!("{FILE},,,,,,,,,,\n").as_bytes());
}

#[test]
fn the_template_names_every_column_and_no_figure() {
    assert_eq!(bad(&template()), ["Line 1 names the columns, but no line with figures follows"]);
    let filled = good(&format!("{}Adults,Nurse,10,9,2,1,8,9.5,1,0.5,30\r\n", template()));
    assert!(Measure::ALL.into_iter().all(|measure| filled.rows[0].counts.get(measure).is_some()));
}

#[test]
fn columns_come_in_any_order_and_may_be_left_out() {
    let read = good("LEAVERS;role;head_count;Starters\n3;Nurse;20;5\n");
    assert_eq!(read.rows[0].name(By::Directorate), None);
    let start = read.rows[0].counts.people(Measure::HeadcountStart);
    assert_eq!(start, Some(18), "20 at the end, without 5 who came, with 3 who left");
    assert_eq!(read.rows[0].counts.get(Measure::Fte), None);
}

#[test]
fn every_problem_is_told_at_once_with_its_place() {
    let file = "directorate,headcount,leavers,fte\n,5,1,5\nAdults,12.5,-1,1.234\n\"Total\",17,x,\nadults ,1,2,3,4\nHealth,1,0,1\nHEALTH,2,0,2\n";
    assert_eq!(
        bad(file),
        [
            "Line 2, column “directorate”: has no name: write Unknown where it is not known",
            "Line 3, column “headcount”: \"12.5\" is not a number of people: write a whole number, as in 1234",
            "Line 3, column “leavers”: \"-1\" is less than nothing: write how many there are",
            "Line 3, column “fte”: \"1.234\" has more than two decimals: round it to two",
            "Line 4, column “directorate”: \"Total\" is a total: leave the line out, Candour adds up by itself",
            "Line 4, column “leavers”: \"x\" is not a number of people: write a whole number, as in 1234",
            "Line 4, column “fte”: has no number: write 0 where there is none",
            "Line 5 has more cells than the first line has columns: put a value with a comma in it between quotes",
            "Line 7 is about the same as line 6: add the two up, or leave one of them",
        ]
    );
}

#[test]
fn a_file_that_is_another_one_is_told_so() {
    let first = |text: &str| bad(text).remove(0);
    assert!(first("PK\u{3}\u{4}").contains("spreadsheet"));
    assert!(first(" \n").contains("empty"));
    let none_of_ours = bad("name,email\nPat,pat@example.org\n");
    assert!(none_of_ours[0].contains("“directorate”") && none_of_ours[0].contains("“email”"), "{none_of_ours:?}");
    assert!(none_of_ours[1].contains("“headcount”"));
    assert!(first("role,headcount,Staff in post\nNurse,1,2\n").contains("two columns for headcount"));
    assert!(first("role,headcount,starters,leavers\nNurse,1,9,2\n").contains("more starters than"));
    let long = format!("role,headcount\n{}", (0..5_001).map(|n| format!("r{n},9\n")).collect::<String>());
    assert!(first(&long).contains("more than 5000 rows"));
    assert!(first(&format!("role,headcount\n{},1\n", "x".repeat(121))).contains("120"));
}

#[test]
fn what_is_odd_is_a_warning() {
    let read = good(
        "role,headcount,headcount_start,starters,leavers,stayed,fte,Notes\n\
         Nurse,10,9,1,12,11,12,ill\nCook,10,10,3,3,7,9.5,\n",
    );
    assert_eq!(
        read.warnings,
        [
            "The column “Notes” is passed over and not kept.",
            "Line 2: 12 left, of 10 who were there at the start or came.",
            "Line 2: 11 stayed, of 9 who were there at the start.",
            "Line 2: 11 stayed, and 10 are there at the end.",
            "Line 2: 12 full-time equivalents are 10 people.",
            "In all, 19 at the start with 4 starters and without 15 leavers are not the 20 at the end.",
        ]
    );
}
