use super::*;
use encoding_rs::WINDOWS_1252;

fn good(text: &[u8]) -> Vec<(String, Option<String>, Option<String>)> {
    let people = parse_csv(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    people
        .into_iter()
        .map(|p| {
            let email = p.email().map(|email| email.as_str().to_owned());
            (p.name, email, p.leaving_on.map(|date| date.to_string()))
        })
        .collect()
}

fn bad(text: &str) -> Vec<String> {
    parse_csv(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
}

fn row(name: &str, email: &str, date: &str) -> (String, Option<String>, Option<String>) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (name.to_owned(), some(email), some(date))
}

#[test]
fn a_file_of_any_office_is_read() {
    let expected = vec![row("Siân Tudur", "Sian.Tudur@milbury.gov.uk", "2026-11-30"), row("Alex O'Neill", "", "")];
    let comma = "Name,E-mail,Leaving date\nSiân Tudur,Sian.Tudur@MILBURY.gov.uk,30/11/2026\nAlex O'Neill,letter,\n";
    assert_eq!(good(comma.as_bytes()), expected);
    assert_eq!(good(format!("\u{feff}{comma}").as_bytes()), expected);
    assert_eq!(good(comma.replace(',', ";").replace('\n', "\r\n").as_bytes()), expected);
    assert_eq!(good(comma.replace(',', "\t").as_bytes()), expected);
    assert_eq!(good(&WINDOWS_1252.encode(comma).0), expected);
    let utf16: Vec<u8> = format!("\u{feff}{comma}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(good(&utf16), expected);
    let excel = "sep=;\nPayroll no;EMAIL ADDRESS;Surname;First Name;Last working day\n\
                 7;Sian.Tudur@milbury.gov.uk;Tudur;Siân;2026-11-30 00:00:00\n;;;;\n8;Letter;\"O'Neill\";\" Alex\n\";\n";
    assert_eq!(good(excel.as_bytes()), expected);
}

#[test]
fn every_bad_line_is_reported_with_what_to_do() {
    let text = "name,email,leaving date\n,a@example.org,\nBo,,\nCy,not-an-address,31/31/2026\n\nDi,di@example.org,2026-12-01\n\
         \"E\nE\",letter,soon\nFay,fay@example.org,,Smith\n";
    let problems = bad(text);
    for end in ["\n", "\r\n", "\r"] {
        let problems = bad(&text.replace('\n', end));
        let lines: Vec<&str> = problems.iter().map(|p| p.split(' ').nth(1).unwrap()).collect();
        assert_eq!(lines, ["2", "3", "4", "4", "7", "9"], "{end:?}: {problems:#?}");
    }
    assert!(problems[1].contains("letter") && problems[2].contains("not-an-address"), "{problems:#?}");
    assert!(problems[4].contains("day first") && problems[5].contains("more cells"), "{problems:#?}");
}

#[test]
fn a_file_without_titles_or_people_is_told_what_it_needs() {
    assert!(bad("").concat().contains("empty"));
    assert!(bad("\n \n").concat().contains("empty"));
    assert!(bad("name,email\n").concat().contains("no line with a person"));
    let problems = bad("Bo Li,bo@example.org\nCy,cy@example.org");
    assert_eq!(problems.len(), 2);
    assert!(problems[0].contains("name,email,leaving date") && problems[0].contains("Bo Li"), "{problems:#?}");
    assert!(bad("name,email,E-Mail\nA,a@example.org,b@example.org").concat().contains("two columns"));
    assert!(parse_csv(b"PK\x03\x04rest").unwrap_err()[0].message.contains("CSV UTF-8"));
}

#[test]
fn addresses_that_cannot_be_meant_are_refused() {
    for text in ["a b@example.org", "a@", "@example.org", "a@example", "a@exam ple.org", "a@b.org\r\nBcc: c@d.org", "x"]
    {
        assert!(Email::read(text).is_err(), "{text}");
    }
    assert!(Email::read(&format!("{}@example.org", "a".repeat(250))).is_err());
    assert_eq!(Email::read(" Bo.Li+x@EXAMPLE.org ").unwrap().as_str(), "Bo.Li+x@example.org");
}

#[test]
fn a_name_stays_on_one_line() {
    assert_eq!(Person::read("Bo\r\nBcc: x", "letter", "").unwrap().name, "Bo Bcc: x");
    assert!(Person::read("B\u{0}o", "letter", "").is_err());
    assert!(Person::read(&"B".repeat(201), "letter", "").is_err());
    assert!(!format!("{:?}", Person::read("Bo", "bo@example.org", "").unwrap()).contains("bo@"));
}

#[test]
fn too_many_people_are_refused() {
    let mut text = "name,email\n".to_owned();
    text.extend((0..=MAX_ROWS).map(|n| format!("P{n},p{n}@example.org\n")));
    assert!(bad(&text).concat().contains("in parts"));
}
