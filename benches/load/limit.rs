//! What the same machine can do at most, to measure against: a route of actix-web that
//! sends a fixed page, and a database that is written to and nothing else.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Binary, Text};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Serves the bytes of `file` at every address until it is killed.
pub fn serve_fixed(address: SocketAddr, file: &Path) -> anyhow::Result<()> {
    let page = actix_web::web::Bytes::from(std::fs::read(file)?);
    let serve = move || {
        let page = page.clone();
        let answer = move || {
            let page = page.clone();
            async move { actix_web::HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page) }
        };
        actix_web::App::new().default_service(actix_web::web::to(answer))
    };
    actix_web::rt::System::new().block_on(actix_web::HttpServer::new(serve).bind(address)?.run())?;
    Ok(())
}

/// Rows a second: as many clients as `clients` each wait until their row is durable and
/// come with the next; what waits is committed together.
pub fn insert_into_sqlite(file: &Path, clients: usize, bytes: usize, span: Duration) -> anyhow::Result<f64> {
    let mut conn = SqliteConnection::establish(&file.display().to_string())?;
    conn.batch_execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         CREATE TABLE row (campaign TEXT NOT NULL, id TEXT NOT NULL, body BLOB,
                           PRIMARY KEY (campaign, id)) WITHOUT ROWID;",
    )?;
    let (send, receive) = mpsc::channel::<mpsc::SyncSender<()>>();
    let ends = Instant::now() + span;
    for _ in 0..clients {
        let send = send.clone();
        std::thread::spawn(move || {
            let (done, is_done) = mpsc::sync_channel(1);
            while Instant::now() < ends && send.send(done.clone()).is_ok() && is_done.recv().is_ok() {}
        });
    }
    drop(send);
    let (begun, mut rows) = (Instant::now(), 0_u32);
    let body = vec![7_u8; bytes];
    while let Ok(first) = receive.recv() {
        let mut waiting = vec![first];
        conn.batch_execute("BEGIN IMMEDIATE")?;
        loop {
            insert(&mut conn, &body)?;
            match receive.try_recv() {
                Ok(next) => waiting.push(next),
                Err(_nobody) => break,
            }
        }
        conn.batch_execute("COMMIT")?;
        for one in waiting {
            rows += 1;
            let _gone = one.send(());
        }
    }
    Ok(f64::from(rows) / begun.elapsed().as_secs_f64())
}

fn insert(conn: &mut SqliteConnection, body: &[u8]) -> QueryResult<usize> {
    diesel::sql_query("INSERT INTO row (campaign, id, body) VALUES (?, ?, ?)")
        .bind::<Text, _>("c7l5dnrsp0")
        .bind::<Text, _>(candour::id::random())
        .bind::<Binary, _>(body)
        .execute(conn)
}

/// The same on PostgreSQL, each client with a connection and a transaction of its own:
/// the server commits together what waits.
pub fn insert_into_postgres(url: &str, clients: usize, bytes: usize, span: Duration) -> anyhow::Result<f64> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(
        "CREATE TABLE bench_row (campaign TEXT NOT NULL, id TEXT NOT NULL, body BYTEA, PRIMARY KEY (campaign, id))",
    )?;
    let begun = Instant::now();
    let threads: Vec<_> = (0..clients)
        .map(|_| {
            let (url, body) = (url.to_owned(), vec![7_u8; bytes]);
            std::thread::spawn(move || -> anyhow::Result<u32> {
                let mut conn = PgConnection::establish(&url)?;
                let mut rows = 0;
                while begun.elapsed() < span {
                    diesel::sql_query("INSERT INTO bench_row (campaign, id, body) VALUES ($1, $2, $3)")
                        .bind::<Text, _>("c7l5dnrsp0")
                        .bind::<Text, _>(candour::id::random())
                        .bind::<Binary, _>(&body)
                        .execute(&mut conn)?;
                    rows += 1;
                }
                Ok(rows)
            })
        })
        .collect();
    let mut rows = 0;
    for thread in threads {
        rows += thread.join().map_err(|_panic| anyhow::anyhow!("a client broke off"))??;
    }
    let took = begun.elapsed();
    conn.batch_execute("DROP TABLE bench_row")?;
    Ok(f64::from(rows) / took.as_secs_f64())
}
