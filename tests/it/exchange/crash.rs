//! The real program is killed (SIGKILL) at each step of the exchange and of sending.
//! A lock of the test's own makes it wait before a commit; the database itself tells
//! that the commit is there.

use crate::leaver::SHORT;
use crate::support::blinding::Blinding;
use crate::support::council::Council;
use crate::support::process::{Process, free_port};
use crate::support::{TestApp, Visitor, encoded};
use candour::db::schema::{invitation_code, spent_ticket};
use candour::db::{Backend, Conn};
use candour::response;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::io::Write;
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How long a request is given to get as far as the lock.
const THERE: Duration = Duration::from_millis(1_500);

struct Ground {
    app: TestApp,
    council: Council,
    codes: Vec<String>,
    port: u16,
}

impl Ground {
    fn new(app: TestApp) -> Ground {
        let council = Council::new(&app.app, "Westmere");
        let codes = council.codes(&app.app, 1);
        Ground { app, council, codes, port: free_port() }
    }

    fn serve(&self) -> Process {
        Process::start(&self.app, self.port, "warn", &[])
    }

    fn read<T>(&self, f: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
        self.app.app.db.read_blocking(f).unwrap()
    }

    fn exchanged(&self) -> i64 {
        self.read(|conn| invitation_code::table.filter(invitation_code::is_exchanged).count().get_result(conn))
    }

    fn spent(&self) -> i64 {
        self.read(|conn| spent_ticket::table.count().get_result(conn))
    }

    fn answers(&self) -> u64 {
        self.read(|conn| response::waiting(conn, &self.council.campaign.id))
    }

    /// Nobody else can write while `during` runs; nothing is written by the lock itself.
    fn locked<T>(&self, during: impl FnOnce() -> T) -> T {
        let (table, backend) = ("invitation_code, spent_ticket", self.app.app.settings.database.backend());
        let mut done = None;
        let undone: QueryResult<()> = self.app.app.db.write_blocking(|conn| {
            // On SQLite the transaction itself is the lock.
            if backend == Backend::Postgres {
                conn.batch_execute(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))?;
            }
            done = Some(during());
            Err(diesel::result::Error::RollbackTransaction)
        });
        assert!(undone.is_err());
        done.unwrap()
    }

    /// Sends a form and does not wait for what comes back.
    fn send(&self, path: &str, fields: &[(String, String)]) -> TcpStream {
        let body = encoded(fields);
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        stream
    }

    fn wait_until(&self, is_there: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_there() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it does not come");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&format!("http://127.0.0.1:{}", self.port))
    }
}

/// The whole form of the page before the last, as it would be sent.
fn form(leaver: &Visitor) -> Vec<(String, String)> {
    ["ticket", "campaign", "lang", "state"].map(|name| (name.to_owned(), leaver.field(name))).into()
}

on_both! {
    fn killed_before_the_exchange_is_committed_nothing_is_spent(app: TestApp) {
        let ground = Ground::new(app);
        let code = &ground.codes[0];
        let process = ground.serve();
        let mut leaver = ground.visitor();
        leaver.open(&format!("/i/{code}"));
        let blinding = Blinding::on_page(&mut leaver);
        ground.locked(|| {
            let waits = ground.send("/answer/exchange", &blinding.request(code));
            std::thread::sleep(THERE);
            let (tell, told) = mpsc::channel();
            std::thread::spawn(move || tell.send(waits.peek(&mut [0]).is_ok_and(|read| read > 0)));
            assert!(told.recv_timeout(Duration::from_millis(100)).is_err(), "it answered before it had committed");
            process.kill();
        });
        assert_eq!(ground.exchanged(), 0);
        let _process = ground.serve();
        // The very same, or another: both are free to go.
        let another = Blinding::on_page(leaver_on_page(&mut leaver, code));
        let signature = another.exchange(&mut leaver, code).unwrap();
        assert_eq!(blinding.exchange(&mut leaver, code).unwrap_err().status, 404);
        leaver.post("/answer/begin", &another.finished(&signature)).expect(200, "Your ticket");
    }

    fn killed_after_the_exchange_is_committed_the_same_gets_the_same(app: TestApp) {
        let ground = Ground::new(app);
        let code = &ground.codes[0];
        let process = ground.serve();
        let mut leaver = ground.visitor();
        leaver.open(&format!("/i/{code}"));
        let blinding = Blinding::on_page(&mut leaver);
        // The connection is gone before anybody has read the answer.
        drop(ground.send("/answer/exchange", &blinding.request(code)));
        ground.wait_until(|| ground.exchanged() == 1);
        process.kill();
        let process = ground.serve();
        let another = Blinding::new(ground.council.campaign.id.as_str(), &blinding.spki());
        assert_eq!(another.exchange(&mut leaver, code).unwrap_err().status, 404);
        let signature = blinding.exchange(&mut leaver, code).unwrap();
        process.kill();
        let _process = ground.serve();
        assert_eq!(blinding.exchange(&mut leaver, code).unwrap(), signature, "byte by byte, whichever process signs");
        leaver.post("/answer/begin", &blinding.finished(&signature)).expect(200, "Your ticket");
        leaver.press("Continue to the questions", &[]);
        leaver.answer(SHORT);
        leaver.send_answers();
        assert_eq!(ground.answers(), 1);
    }

    fn killed_before_the_response_is_committed_the_ticket_is_not_spent(app: TestApp) {
        let ground = Ground::new(app);
        let process = ground.serve();
        let mut leaver = ground.visitor();
        Blinding::whole(&mut leaver, &ground.codes[0]);
        leaver.press("Continue to the questions", &[]);
        leaver.answer(SHORT);
        ground.locked(|| {
            let _waits = ground.send("/answer/send", &form(&leaver));
            std::thread::sleep(THERE);
            process.kill();
        });
        assert_eq!((ground.spent(), ground.answers()), (0, 0));
        let _process = ground.serve();
        leaver.send_answers();
        assert_eq!((ground.spent(), ground.answers()), (1, 1));
    }

    fn killed_after_the_response_is_committed_it_is_there_once(app: TestApp) {
        let ground = Ground::new(app);
        let process = ground.serve();
        let mut leaver = ground.visitor();
        let ticket = Blinding::whole(&mut leaver, &ground.codes[0]);
        leaver.press("Continue to the questions", &[]);
        leaver.answer(SHORT);
        drop(ground.send("/answer/send", &form(&leaver)));
        ground.wait_until(|| ground.spent() == 1);
        process.kill();
        let _process = ground.serve();
        assert_eq!(ground.answers(), 1);
        leaver.press("Send my answers", &[]).expect(404, "they were counted, once");
        leaver.open("/");
        leaver.press("Continue", &[("code", &ticket)]).expect(404, "they were counted, once");
        assert_eq!((ground.spent(), ground.answers()), (1, 1));
    }
}

fn leaver_on_page<'a>(leaver: &'a mut Visitor, code: &str) -> &'a mut Visitor {
    leaver.open(&format!("/i/{code}")).expect(200, "No, thank you");
    leaver
}
