//! Clients that are slow, many, or send too much.

use super::{all_at_once, leavers};
use crate::support::TestApp;
use crate::support::process::{Process, free_port};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

fn connect(process: &Process) -> TcpStream {
    let stream = TcpStream::connect(process.url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    stream
}

/// The answer's status, and all that came until the server hung up; none if it said nothing.
fn answer(mut stream: &TcpStream) -> (Option<u16>, String) {
    let mut bytes = Vec::new();
    let _until_it_hangs_up = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (text.split(' ').nth(1).and_then(|status| status.parse().ok()), text)
}

/// Sends a byte of it now and then, until the server has hung up; how long that took.
fn drip(stream: &TcpStream, every: Duration) -> (Duration, Option<u16>) {
    let begun = Instant::now();
    let mut stream = stream.try_clone().unwrap();
    stream.set_nonblocking(true).unwrap();
    let mut came = Vec::new();
    loop {
        assert!(begun.elapsed() < Duration::from_secs(240), "the server still listens to a byte a second");
        std::thread::sleep(every);
        let _closed = stream.write(b"x");
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer) {
            Ok(length) if length > 0 => came.extend(buffer.get(..length).unwrap()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
            Ok(_) | Err(_) => {
                let said = String::from_utf8_lossy(&came).into_owned();
                return (begun.elapsed(), said.split(' ').nth(1).and_then(|status| status.parse().ok()));
            }
        }
    }
}

fn head(length: usize) -> String {
    format!(
        "POST /answer HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
    )
}

#[test]
fn a_body_of_a_hundred_megabytes_is_refused_before_it_is_read() {
    let app = TestApp::on_sqlite();
    leavers(&app, 0);
    let process = Process::start(&app, free_port(), "info", &[]);
    let before = process.memory("VmHWM");
    for path in ["/answer", "/", "/sign-in", "/nowhere", "/hr/workforce/uploads"] {
        let stream = connect(&process);
        let head = head(100_000_000).replace("/answer", path);
        (&stream).write_all(head.as_bytes()).unwrap();
        // As much as it takes.
        let (mut writing, chunk) = (stream.try_clone().unwrap(), vec![b'x'; 64 * 1024]);
        let writer = std::thread::spawn(move || (0..1600).take_while(|_| writing.write_all(&chunk).is_ok()).count());
        // What is not to be read is thrown away, so that the answer is seen, for a few seconds.
        let (status, _) = answer(&stream);
        drop(stream);
        writer.join().unwrap();
        // Who is not signed in, or asks for nothing that is there, hears that first.
        assert!(matches!(status, Some(413 | 303 | 404) | None), "{path}: {status:?}");
    }
    // The head alone is enough to know.
    let stream = connect(&process);
    (&stream).write_all(head(100_000_000).as_bytes()).unwrap();
    let mut first = [0; 12];
    (&stream).read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 413");
    let grown = process.memory("VmHWM") - before;
    println!("memory grew by {grown} MB");
    assert!(grown < 40, "{grown} MB");
}

#[test]
fn more_headers_than_anybody_sends_are_refused() {
    let app = TestApp::on_sqlite();
    leavers(&app, 0);
    let process = Process::start(&app, free_port(), "info", &[]);
    let before = process.memory("VmHWM");
    let many: String = (0..2_000).map(|n| format!("X-{n}: y\r\n")).collect();
    for headers in [many, format!("X-Long: {}\r\n", "y".repeat(10_000_000))] {
        let stream = connect(&process);
        let request = format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        let mut writing = stream.try_clone().unwrap();
        let writer = std::thread::spawn(move || writing.write_all(request.as_bytes()).is_ok());
        let (status, _) = answer(&stream);
        drop(stream);
        writer.join().unwrap();
        assert!(matches!(status, None | Some(400 | 431)), "{status:?}");
    }
    assert_eq!(all_at_once(&process.url, 1, "/").0, [200]);
    assert!(process.memory("VmHWM") - before < 40);
}

/// Two thousand who drip, each in the head or in the body, hold nobody else up and are cut off.
#[test]
#[ignore = "long: tests/run --long"]
fn a_byte_a_second_gets_nobody_far_and_holds_nobody_up() {
    allow_files(std::process::id(), 12_000);
    let app = TestApp::on_sqlite();
    let (_, codes) = leavers(&app, 1);
    let process = Process::start(&app, free_port(), "info", &[]);
    let many: Vec<TcpStream> = (0..2_000)
        .map(|n| {
            let stream = connect(&process);
            let begin = if n % 2 == 0 { "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned() } else { head(200_000) };
            (&stream).write_all(begin.as_bytes()).unwrap();
            stream
        })
        .collect();
    let second = Duration::from_secs(1);
    let dripping: Vec<_> = [&many[0], &many[1], &many[2], &many[3]]
        .map(|stream| stream.try_clone().unwrap())
        .map(|stream| std::thread::spawn(move || drip(&stream, second)))
        .into();
    let (statuses, took) = all_at_once(&process.url, 50, &format!("/i/{}", codes[0]));
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    println!("50 others were served within {took:?} beside 2000 slow ones; memory {} MB", process.memory("VmRSS"));
    for (n, one) in dripping.into_iter().enumerate() {
        let (lasted, status) = one.join().unwrap();
        println!("{}: cut off after {lasted:?} with {status:?}", if n % 2 == 0 { "head" } else { "body" });
        assert!(matches!(status, None | Some(408)), "{status:?}");
    }
    assert_eq!(all_at_once(&process.url, 20, "/").0, [200; 20]);
}

/// A chunked body that nobody reads, because there is no such page, ends too.
#[test]
#[ignore = "long: tests/run --long"]
fn a_body_that_nobody_reads_is_not_listened_to_for_ever() {
    let app = TestApp::on_sqlite();
    leavers(&app, 0);
    let process = Process::start(&app, free_port(), "info", &[]);
    let mut lasted = Vec::new();
    for path in ["/nowhere", "/sign-in"] {
        let stream = connect(&process);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        (&stream).write_all(head.as_bytes()).unwrap();
        (&stream).write_all(b"fffffff\r\n").unwrap();
        lasted.push(std::thread::spawn(move || drip(&stream, Duration::from_millis(500))));
    }
    for one in lasted {
        let (took, status) = one.join().unwrap();
        println!("cut off after {took:?} with {status:?}");
        assert!(took < Duration::from_secs(100), "{took:?}");
    }
}

#[test]
#[ignore = "long: tests/run --long"]
fn ten_thousand_open_connections_leave_room_for_others() {
    const MANY: usize = 10_000;
    let app = TestApp::on_sqlite();
    let (_, codes) = leavers(&app, 1);
    let process = Process::start(&app, free_port(), "info", &[]);
    allow_files(process.pid(), 15_000);
    allow_files(std::process::id(), 15_000);
    let path = format!("/i/{}", codes[0]);
    assert_eq!(all_at_once(&process.url, 10, &path).0, [200; 10]);
    let before = process.memory("VmRSS");
    let begun = Instant::now();
    // Half have begun to ask.
    let open: Vec<TcpStream> = (0..MANY)
        .map(|n| {
            let stream = connect(&process);
            if n % 2 == 0 {
                (&stream).write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-More: ").unwrap();
            }
            stream
        })
        .collect();
    let (statuses, took) = all_at_once(&process.url, 50, &path);
    let grown = process.memory("VmRSS") - before;
    println!(
        "{MANY} connections in {:?}: 50 others within {took:?}, and {grown} MB more than {before} MB",
        begun.elapsed()
    );
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    assert!(grown < 200, "{grown} MB for {MANY} connections");
    drop(open);
    assert_eq!(all_at_once(&process.url, 50, &path).0, [200; 50]);
}

/// How many files a process may have open, connections among them.
fn allow_files(pid: u32, most: u32) {
    let done = Command::new("prlimit").arg(format!("--pid={pid}")).arg(format!("--nofile={most}:")).output();
    let done = done.expect("prlimit is missing: apt-get install util-linux");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}: {most} open files must be allowed (ulimit -Hn)");
}
