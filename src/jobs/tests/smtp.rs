//! A mail server that does what the recipient's address says. (The one that speaks
//! TLS and asks for a password is in tests/it.)

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub(super) struct Smtp {
    pub port: u16,
    /// To whom it has taken a message, whether it said so or not.
    taken: Arc<Mutex<Vec<String>>>,
}

impl Smtp {
    pub fn start() -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let shared = taken.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = shared.clone();
                std::thread::spawn(move || talk(stream.unwrap(), &shared));
            }
        });
        Smtp { port, taken }
    }

    pub fn recipients(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Where nobody listens.
    pub fn closed_port() -> u16 {
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
    }
}

/// None, as soon as either side has gone.
fn talk(mut stream: TcpStream, taken: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let mut to = String::new();
    stream.write_all(b"220 test\r\n").ok()?;
    loop {
        let line = lines.next()?.ok()?;
        let reply = match line.split([' ', ':']).next()? {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1)?.to_owned();
                match to.split('@').next()? {
                    "refused" => "550 5.1.1 No such person here".to_owned(),
                    "busy" => "451 4.3.0 Try again later".to_owned(),
                    "gone-early" => return None,
                    _ => "250 OK".to_owned(),
                }
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").ok()?;
                let message: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                if to.starts_with("late-refused") {
                    let link = message.iter().find(|line| line.contains("/i/"))?;
                    format!("554-5.7.1 Not wanted\r\n554 spam: {}", link.split("example.org").nth(1)?)
                } else {
                    taken.lock().ok()?.push(to.clone());
                    if to.starts_with("gone-late") {
                        return None;
                    }
                    "250 OK".to_owned()
                }
            }
            _ => "250 test".to_owned(),
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).ok()?;
    }
}
