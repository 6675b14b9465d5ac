//! Every format by its address, sent once to whoever keeps it, and to nobody else.

use super::{ask, everything, get, make, press, released};
use crate::backup::installation::import;
use crate::support::TestApp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use candour::report::Format;
use flate2::read::GzDecoder;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn paths(app: &TestApp) -> (String, String) {
    let council = released(app);
    let (_, secret) = make(app, everything(&council));
    (format!("/api/v1/campaigns/{}/releases", council.campaign.id), secret)
}

on_both! {
    fn the_latest_release_is_had_by_one_address_whatever_its_number(app: TestApp) {
        let council = released(&app);
        let (_, secret) = make(&app, everything(&council));
        let at = format!("/api/v1/campaigns/{}/releases", council.campaign.id);
        let first = get(&app, &format!("{at}/latest.csv"), &secret);
        assert_eq!(first.header("content-location"), Some(&*format!("{at}/1.csv")));
        assert_eq!(first.bytes, get(&app, &format!("{at}/1.csv"), &secret).bytes);
        assert_eq!(get(&app, &format!("{at}/latest"), &secret).bytes, get(&app, &format!("{at}/1"), &secret).bytes);
        import(&app, 12);
        press(&app, &council);
        let second = get(&app, &format!("{at}/latest.csv"), &secret);
        assert_eq!(second.header("content-location"), Some(&*format!("{at}/2.csv")));
        assert_eq!(second.header("content-disposition"), Some("attachment; filename=\"release-2.csv\""));
        assert_ne!(second.bytes, first.bytes);
        // Whoever had the first asks for the latest, and is sent the second.
        let tag = first.header("etag").unwrap();
        let bearer = format!("Bearer {secret}");
        let again = |path: &str| ask(&app, "GET", path, &[("authorization", &bearer), ("if-none-match", tag)]);
        assert_eq!((again(&format!("{at}/latest.csv")).status, again(&format!("{at}/1.csv")).status), (200, 304));
    }

    fn every_format_is_there_by_address_and_as_the_report_page_gives_it(app: TestApp) {
        let (at, secret) = paths(&app);
        for format in Format::ALL {
            let path = format!("{at}/latest.{}", format.extension());
            let reply = get(&app, &path, &secret);
            assert_eq!(reply.status, 200, "{path}");
            assert_eq!(reply.header("content-type"), Some(format.content_type()));
            assert_eq!(reply.header("cache-control"), Some("private, no-cache"));
            let vary: Vec<&String> = reply.headers.iter().filter(|(name, _)| name == "vary").map(|(_, value)| value).collect();
            assert!(vary.contains(&&"Authorization, Accept".to_owned()), "a shared cache must not mix them up: {vary:?}");
            assert_eq!(reply.bytes, get(&app, &path, &secret).bytes, "the same bytes every time: {path}");
            let begins: &[u8] = match format {
                Format::Html => b"<!DOCTYPE html>",
                Format::Pdf => b"%PDF-1.7",
                Format::Docx | Format::Xlsx | Format::Ods => b"PK",
                Format::Csv => b"question,",
                Format::Json => b"{\"organisation\":",
            };
            assert!(reply.bytes.starts_with(begins), "{path}");
        }
    }

    fn whoever_has_it_already_is_told_so_and_a_head_has_no_body(app: TestApp) {
        let (at, secret) = paths(&app);
        let bearer = format!("Bearer {secret}");
        for path in ["/1", "/1.csv", "/latest.xlsx", "/latest.html"].map(|rest| format!("{at}{rest}")) {
            let whole = get(&app, &path, &secret);
            let tag = whole.header("etag").unwrap();
            let head = ask(&app, "HEAD", &path, &[("authorization", &bearer)]);
            assert_eq!((head.status, head.bytes.len(), head.header("etag")), (200, 0, Some(tag)));
            assert_eq!(head.header("content-length"), Some(&*whole.bytes.len().to_string()));
            for method in ["GET", "HEAD"] {
                let known = [("authorization", bearer.as_str()), ("if-none-match", tag)];
                let reply = ask(&app, method, &path, &known);
                assert_eq!((reply.status, reply.bytes.len(), reply.header("etag")), (304, 0, Some(tag)), "{method} {path}");
                assert_eq!(reply.header("cache-control"), Some("private, no-cache"));
            }
            // The tag is no key.
            let without = ask(&app, "GET", &path, &[("if-none-match", tag)]);
            assert_eq!((without.status, without.header("cache-control")), (401, Some("no-store")));
        }
    }

    fn a_token_is_taken_as_a_password_too_and_a_browser_is_told_how(app: TestApp) {
        let (at, secret) = paths(&app);
        for user in ["", "Ann Rees", "ann@example.org"] {
            let basic = format!("Basic {}", BASE64.encode(format!("{user}:{secret}")));
            assert_eq!(ask(&app, "GET", &format!("{at}/latest.csv"), &[("authorization", &basic)]).status, 200, "{user}");
        }
        let as_user = format!("Basic {}", BASE64.encode(format!("{secret}:")));
        assert_eq!(ask(&app, "GET", &at, &[("authorization", &as_user)]).status, 401);
        let reply = ask(&app, "GET", &at, &[]);
        let challenges: Vec<&String> =
            reply.headers.iter().filter(|(name, _)| name == "www-authenticate").map(|(_, value)| value).collect();
        assert_eq!(challenges, ["Bearer realm=\"candour\"", "Basic realm=\"candour\", charset=\"UTF-8\""]);
    }

    fn whatever_is_asked_wrongly_is_answered_with_a_problem(app: TestApp) {
        let (at, secret) = paths(&app);
        for rest in ["/0", "/2", "/99999999999999999999", "/-1", "/+1", "/01", "/%2B1.csv", "/1.5", "/1.", "/.csv", "/Latest", "/1.csv.csv", "/1.exe", "/%00",
            "/latest.CSV", "/latest/1.csv"] {
            let reply = get(&app, &format!("{at}{rest}"), &secret);
            assert_eq!((reply.status, reply.error().as_str()), (404, "not_found"), "{rest}");
        }
        let malformed = get(&app, &format!("{at}/1?format=exe"), &secret);
        assert_eq!((malformed.status, malformed.error().as_str()), (400, "malformed"));
        let bearer = format!("Bearer {secret}");
        for method in ["POST", "DELETE", "PUT"] {
            let reply = ask(&app, method, &format!("{at}/1"), &[("authorization", &bearer)]);
            assert_eq!((reply.status, reply.error().as_str()), (405, "method_not_allowed"), "{method}");
        }
        let from_elsewhere = ask(&app, "POST", &at, &[("sec-fetch-site", "cross-site")]);
        assert_eq!((from_elsewhere.status, from_elsewhere.error().as_str()), (403, "method_not_allowed"));
        for accept in ["", "*/*", "text/html", "image/png;q=0.9, */*", "text/csv;q=0", "\u{e9}", "application/json, text/csv"] {
            let reply = ask(&app, "GET", &format!("{at}/1"), &[("authorization", &bearer), ("accept", accept)]);
            let csv = accept.starts_with("text/csv");
            assert_eq!(reply.media_type(), if csv { "text/csv" } else { "application/json" }, "{accept}");
        }
        let long = format!("Bearer candour_{}", "x".repeat(60_000));
        assert_eq!(ask(&app, "GET", &at, &[("authorization", &long)]).status, 401);
        let ten_megabytes = first_line(&app, &format!("GET {at} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}", "x".repeat(10 << 20)));
        assert!(!ten_megabytes.contains("200"), "{ten_megabytes}");
        assert_eq!(get(&app, &at, &secret).status, 200, "it serves on");
    }

    fn whoever_can_unpack_it_is_sent_less_and_the_same(app: TestApp) {
        let (at, secret) = paths(&app);
        let bearer = format!("Bearer {secret}");
        for (rest, is_text) in [("/1", true), ("/1.csv", true), ("/latest.html", true), ("/latest.xlsx", false)] {
            let plain = get(&app, &format!("{at}{rest}"), &secret);
            let both = [("authorization", bearer.as_str()), ("accept-encoding", "gzip")];
            let sent = ask(&app, "GET", &format!("{at}{rest}"), &both);
            assert_eq!((plain.header("content-encoding"), sent.header("etag")), (None, plain.header("etag")));
            if !is_text {
                assert_eq!(sent.bytes, plain.bytes, "{rest}");
                continue;
            }
            assert_eq!(sent.header("content-encoding"), Some("gzip"), "{rest}");
            let mut unpacked = Vec::new();
            GzDecoder::new(&sent.bytes[..]).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == plain.bytes && sent.bytes.len() < plain.bytes.len() / 2, "{rest}");
        }
    }

    fn the_page_explains_every_column_and_every_problem(app: TestApp) {
        let (at, secret) = paths(&app);
        let csv = String::from_utf8(get(&app, &format!("{at}/1.csv"), &secret).bytes).unwrap();
        let columns: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        let mut anybody = app.visitor();
        let page = anybody.open("/api").expect(200, "Figures for other programs").clone();
        assert!(page.has(&format!("{}/api/v1/campaigns/CAMPAIGN/releases/latest.csv", app.url())));
        let explained = page.all("th code").join(", ");
        let explained: Vec<&str> = explained.split(", ").collect();
        assert!(columns.len() > 12 && columns.iter().all(|column| explained.contains(column)), "{columns:?} {explained:?}");
        let reply = ask(&app, "GET", "/api/v1/campaigns", &[]);
        let problem = reply.json()["type"].as_str().unwrap().to_owned();
        let anchor = problem.strip_prefix("/api#").unwrap();
        assert!(page.attributes("dl div", "id").contains(&anchor.to_owned()), "{problem}");
        for link in page.attributes("main a", "href").iter().filter(|link| link.starts_with("/api")) {
            assert_eq!(ask(&app, "GET", link, &[]).status, 200, "{link}");
        }
    }
}

/// What the service says to bytes that no client of ours would send; nothing, if it hangs up.
fn first_line(app: &TestApp, request: &str) -> String {
    let mut stream = TcpStream::connect(app.url().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // It may hang up in the middle.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = [0; 64];
    let length = stream.read(&mut answer).unwrap_or(0);
    String::from_utf8_lossy(&answer[..length]).lines().next().unwrap_or_default().to_owned()
}
