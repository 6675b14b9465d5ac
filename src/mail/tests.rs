use super::interview::{Meeting, interview_time, read_back};
use super::write::{Ask, Form, Outside, ask, link};
use super::*;
use crate::clock::Time;
use crate::id::MailId;
use crate::survey::{Kind, Lang};
use chrono::{DateTime, NaiveDate};

const NAME: &str = "Siân \"Bo\" Tudur\r\nBcc: victim@example.org";

fn outside(id: &MailId) -> Outside<'_> {
    let now = Time::new("2026-11-22T09:30:00Z".parse::<DateTime<chrono::Utc>>().unwrap());
    Outside { id, now, from: "Candour <candour@milbury.gov.uk>", name: NAME, email: "sian@example.org" }
}

fn request<'a>(languages: &'a [Lang], form: Form, kind: Kind) -> Ask<'a> {
    Ask {
        form,
        organisation: "Milbury & District Council",
        kind,
        minutes: 8,
        min_base: 5,
        closes_on: NaiveDate::from_ymd_opt(2026, 11, 30),
        languages,
        name: NAME,
        public_url: "https://candour.milbury.gov.uk",
        code: "ABCD-EFGH-JKMN",
    }
}

/// The header lines (unfolded) and the decoded text and HTML of a message.
fn read(written: &write::Written) -> (Vec<String>, String, String) {
    let bytes = written.text();
    assert!(bytes.is_ascii(), "what goes out is ASCII, for servers of any age");
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ").lines().map(str::to_owned).collect();
    let boundary = text.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
    let decoded = |kind: &str| {
        let part = body.split(boundary).find(|part| part.contains(kind)).unwrap();
        let (head, body) = part.split_once("\r\n\r\n").unwrap();
        if head.contains("quoted-printable") { unquoted(body) } else { body.to_owned() }
    };
    (head, decoded("text/plain"), decoded("text/html"))
}

fn unquoted(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        if *first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&more[..2]).unwrap(), 16).unwrap());
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_invitation_says_what_somebody_needs_to_trust_it() {
    let id = MailId::claimed("mailid");
    let written = ask(outside(&id), &request(&[Lang::En], Form::Invitation, Kind::Exit)).unwrap();
    let (head, text, html) = read(&written);
    for line in [
        "From: Candour <candour@milbury.gov.uk>",
        "Auto-Submitted: auto-generated",
        "Message-ID: <mailid@milbury.gov.uk>",
        "Date: Sun, 22 Nov 2026 09:30:00 +0000",
    ] {
        assert!(head.iter().any(|h| h == line), "{line} in {head:#?}");
    }
    for words in [
        "Milbury & District Council",
        "https://candour.milbury.gov.uk/i/ABCD-EFGH-JKMN",
        "about 8 minutes",
        "fewer than 5 people",
        "30 November 2026",
        "say so on the first page",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(html.contains("Milbury &amp; District") && html.contains("&quot;Bo&quot;"), "{html}");
    assert!(!text.contains("Cymraeg") && !text.contains("Helo"), "{text}");
    for loaded in ["<img", "<link", "<script", "src=", "url("] {
        assert!(!html.contains(loaded), "{loaded}");
    }
}

#[test]
fn every_message_can_be_read_in_welsh_where_the_survey_can() {
    let id = MailId::random();
    let all = [Kind::Exit, Kind::Retention].map(|kind| [Form::Invitation, Form::Reminder].map(|form| (kind, form)));
    for (kind, form) in all.concat() {
        let both = ask(outside(&id), &request(&Lang::ALL, form, kind)).unwrap();
        let (_, text, html) = read(&both);
        assert!(text.contains("Hello Siân") && text.contains("Helo Siân") && text.contains("30 Tachwedd 2026"));
        assert!(html.contains("<div lang=\"cy\">") && html.contains("/i/ABCD-EFGH-JKMN?lang=cy"));
        assert_eq!(text.contains("This reminder went out by itself"), form == Form::Reminder);
    }
}

#[test]
fn a_name_never_begins_a_header() {
    let id = MailId::random();
    let written = ask(outside(&id), &request(&[Lang::En], Form::Invitation, Kind::Exit)).unwrap();
    let (head, ..) = read(&written);
    assert!(!head.iter().any(|line| line.to_lowercase().starts_with("bcc")), "{head:#?}");
    assert_eq!(head.iter().filter(|line| line.starts_with("To:")).count(), 1);
    assert_eq!(written.to.to_string(), "sian@example.org");
    assert!(!format!("{written:?} {:?}", outside(&id)).contains("sian"));
}

#[test]
fn a_link_says_how_long_it_is_good_and_what_to_do_if_it_was_not_asked_for() {
    let id = MailId::random();
    let url = "https://candour.milbury.gov.uk/sign-in/links/abc";
    for (purpose, life) in [(LinkPurpose::SignIn, "15 minutes"), (LinkPurpose::Password, "24 hours")] {
        let (_, text, _) = read(&link(outside(&id), purpose, url).unwrap());
        assert!(text.contains(url) && text.contains(life) && text.contains("do nothing"), "{text}");
    }
}

#[test]
fn wrong_settings_are_said_at_the_start_and_without_the_password() {
    let base = crate::config::Settings::default();
    let with = |url: &str| {
        let smtp_url = Some(crate::secret::Secret::new(url.to_owned()));
        Transport::from_settings(&crate::config::Settings { smtp_url, ..base.clone() })
    };
    for good in ["smtp://mail.example.org", "smtps://u:p%40ss@mail.example.org", "smtp://127.0.0.1:25?tls=none"] {
        assert!(matches!(with(good), Ok(Transport::Smtp(_))), "{good}");
    }
    for bad in ["mail.example.org", "http://u:swordfish@x", "smtp://u@x", "smtp://u:swordfish@x?tls=maybe", "smtp:///"]
    {
        let message = with(bad).unwrap_err().to_string();
        assert!(message.contains("smtp_url") && !message.contains("swordfish"), "{message}");
    }
    let from = Transport::from_settings(&crate::config::Settings { mail_from: "nobody".to_owned(), ..base });
    assert!(from.unwrap_err().to_string().contains("mail_from"));
}

#[test]
fn an_interview_s_time_and_link_are_said_in_the_person_s_language() {
    let id = MailId::random();
    let meeting =
        |lang, at| Meeting { lang, organisation: "Milbury & District Council", interviewer: Some("Ivor"), at };
    let at = NaiveDate::from_ymd_opt(2026, 11, 30).and_then(|day| day.and_hms_opt(9, 5, 0)).unwrap();
    let (url, place) = ("https://candour.milbury.gov.uk/read-back/abc", "The café");
    for (lang, words) in [
        (Lang::En, ["30 November 2026 at 09:05", "with Ivor", "holds no longer", "Hello Siân", "works once"]),
        (Lang::Cy, ["30 Tachwedd 2026 am 09:05", "gyda Ivor", "sefyll mwyach", "Helo Siân", "gweithio unwaith"]),
    ] {
        let (_, time, html) = read(&interview_time(outside(&id), &meeting(lang, Some((at, place)))).unwrap());
        let (_, gone, _) = read(&interview_time(outside(&id), &meeting(lang, None)).unwrap());
        let (_, link, _) = read(&read_back(outside(&id), &meeting(lang, None), url).unwrap());
        assert!(time.contains(words[0]) && time.contains(words[1]) && time.contains(place), "{time}");
        assert!(gone.contains(words[2]) && !gone.contains("2026"), "{gone}");
        assert!(link.contains(words[3]) && link.contains(words[4]) && link.contains(url), "{link}");
        assert!(html.contains(&format!("<div lang=\"{}\">", lang.tag())) && html.contains("Milbury &amp; District"));
    }
}
