//! The real HTTP server, on a port of its own, for as long as a test runs.

use candour::app::App;
use candour::web::server;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread::JoinHandle;

pub struct Server {
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start(app: App, listener: TcpListener) -> Server {
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            server::run(async move {
                let server = server::start(app, listener, None).unwrap();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Server { handle: told.recv().unwrap(), thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The stop is under way once it is asked for; the answer comes when it is done.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}
