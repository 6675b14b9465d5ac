//! SQLite has one writer, and what costs it time is making sure that a commit is on the
//! disk. So all that waits to be written is written together: in one transaction, each
//! piece within a savepoint of its own, so that what fails undoes itself alone. Nobody
//! is told that theirs is kept before all of it is.
//!
//! This also hides order: of what came in one transaction nothing on the disk tells
//! which came first.

use super::pool::{Pool, Taken, WAIT};
use super::{Conn, Unavailable, in_taken, take};
use diesel::Connection;
use diesel::connection::TransactionManager;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use parking_lot::{Mutex, MutexGuard};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::{Duration, Instant};

/// Most that one transaction takes up, and for how long it takes more.
const MOST: usize = 512;
const LONGEST: Duration = Duration::from_millis(20);

type Manager = <Conn as Connection>::TransactionManager;
type Answer<T, E> = tokio::sync::oneshot::Sender<Result<T, E>>;

/// Does its part of the transaction, and gives back what tells whoever waits.
type Piece = Box<dyn FnOnce(&mut Conn) -> Part + Send>;

type Tell = Box<dyn FnOnce(Result<(), &QueryError>) + Send>;

struct Part {
    /// The transaction goes on: the part is in it, or undid itself.
    is_whole: bool,
    /// That all of the transaction is durable, or why not.
    tell: Tell,
}

/// The one connection that writes, for whoever's turn it is.
#[derive(Clone)]
pub(super) struct Writer {
    pool: Pool,
    /// Held by whoever writes. It is handed on in the order of asking: a thread that
    /// writes batch after batch would shut out all others.
    turn: Arc<Mutex<()>>,
    waiting: Arc<OnceLock<mpsc::Sender<Piece>>>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer(..)")
    }
}

/// The connection that writes, for as long as this is held.
pub(super) struct Turn<'a> {
    taken: Taken,
    turn: MutexGuard<'a, ()>,
}

impl Turn<'_> {
    pub(super) fn use_for<T>(self, f: impl FnOnce(&mut Taken) -> T) -> T {
        let Turn { mut taken, turn } = self;
        let done = f(&mut taken);
        // The connection is back before the next one's turn begins.
        drop(taken);
        MutexGuard::unlock_fair(turn);
        done
    }
}

impl Writer {
    pub(super) fn new(pool: Pool) -> Writer {
        Writer { pool, turn: Arc::default(), waiting: Arc::default() }
    }

    pub(super) fn turn(&self) -> Result<Turn<'_>, QueryError> {
        let turn = self.turn.try_lock_for(WAIT);
        let turn = turn.ok_or_else(|| Unavailable("somebody else writes for long".to_owned()))?;
        Ok(Turn { taken: take(&self.pool)?, turn })
    }

    /// Runs `f` with others that wait; `Ok` when it is durable.
    pub(super) async fn write<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<QueryError> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let sent = self.waiting.get_or_init(|| self.start()).send(Box::new(move |conn| part(conn, f, answer)));
        match answered.await {
            Ok(result) if sent.is_ok() => result,
            _ => Err(lost()),
        }
    }

    /// The thread ends with the last copy of the [`Writer`] that it serves.
    fn start(&self) -> mpsc::Sender<Piece> {
        let (waiting, pieces) = mpsc::channel::<Piece>();
        let writer = Writer { waiting: Arc::default(), ..self.clone() };
        std::thread::spawn(move || {
            while let Ok(first) = pieces.recv() {
                writer.write_batch(first, &pieces);
            }
        });
        waiting
    }

    fn write_batch(&self, first: Piece, more: &mpsc::Receiver<Piece>) {
        let (mut next, mut parts) = (Some(first), Vec::new());
        let kept = self.turn().and_then(|turn| {
            turn.use_for(|taken| {
                in_taken(taken, "BEGIN IMMEDIATE", |conn| write_all(conn, next.take(), more, &mut parts))
            })
        });
        for part in parts {
            (part.tell)(kept.as_ref().copied());
        }
        if let (Err(why), Some(_first)) = (kept, next) {
            tracing::warn!(%why, "nothing can be written");
            // It was found out for all who wait: they need not find out one by one.
            more.try_iter().for_each(drop);
        }
    }
}

fn write_all(
    conn: &mut Conn,
    mut next: Option<Piece>,
    more: &mpsc::Receiver<Piece>,
    parts: &mut Vec<Part>,
) -> Result<(), QueryError> {
    let begun = Instant::now();
    while let Some(piece) = next {
        let part = piece(conn);
        let is_whole = part.is_whole;
        parts.push(part);
        if !is_whole {
            return Err(QueryError::BrokenTransactionManager);
        }
        let is_full = parts.len() == MOST || begun.elapsed() > LONGEST;
        next = if is_full { None } else { more.try_recv().ok() };
    }
    Ok(())
}

fn part<T, E>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T, E>, answer: Answer<T, E>) -> Part
where
    T: Send + 'static,
    E: From<QueryError> + Send + 'static,
{
    if let Err(error) = Manager::begin_transaction(conn) {
        return Part { is_whole: false, tell: Box::new(|_| drop(answer.send(Err(E::from(error))))) };
    }
    let done = catch_unwind(AssertUnwindSafe(|| f(conn)));
    let ended = match &done {
        Ok(Ok(_)) => Manager::commit_transaction(conn),
        Ok(Err(_)) | Err(_) => Manager::rollback_transaction(conn),
    };
    Part {
        is_whole: ended.is_ok(),
        tell: Box::new(move |kept| match (done, kept) {
            (Ok(Ok(_)), Err(why)) => drop(answer.send(Err(undone(why)))),
            (Ok(result), _) => drop(answer.send(result)),
            // Whoever waits is told by the answer that never comes.
            (Err(_panic), _) => {}
        }),
    }
}

/// As the database said it; else it can be tried again.
fn undone<E: From<QueryError>>(why: &QueryError) -> E {
    match why {
        QueryError::DatabaseError(_, info) => {
            let said = info.message().to_owned();
            E::from(QueryError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(said)))
        }
        _ => lost(),
    }
}

fn lost<E: From<QueryError>>() -> E {
    E::from(Unavailable("what was to be written was not".to_owned()).into())
}

#[cfg(test)]
mod tests {
    use super::WAIT;
    use crate::db::{self, Conn, Db, schema::setting};
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use diesel::result::Error as QueryError;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    fn database() -> (tempfile::TempDir, Db) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("a.db").display()).parse().unwrap()).unwrap();
        db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
        (folder, db)
    }

    fn put(conn: &mut Conn, name: &str) -> QueryResult<()> {
        diesel::insert_into(setting::table)
            .values((setting::name.eq(name), setting::value.eq("")))
            .execute(conn)
            .map(drop)
    }

    fn there(db: &Db) -> Vec<String> {
        let names = setting::table.filter(setting::name.like("t%")).select(setting::name).order(setting::name);
        db.read_blocking(|conn| names.load(conn)).unwrap()
    }

    /// Keeps the writer busy until others wait.
    async fn held_up<T>(db: &Db, others: impl Future<Output = T>) -> T {
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let held = db.write(move |_| {
            wait.recv().unwrap();
            Ok::<(), QueryError>(())
        });
        let others = async {
            let release = async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                go.send(()).unwrap();
            };
            tokio::join!(others, release).0
        };
        tokio::join!(held, others).1
    }

    #[tokio::test]
    async fn whoever_fails_beside_others_is_undone_alone() {
        let (_folder, db) = database();
        let writes = (0..9).map(|n| {
            db.write(move |conn| {
                put(conn, &format!("t{n}"))?;
                match n {
                    3 => Err(QueryError::NotFound),
                    5 => panic!("a fault"),
                    _ => Ok(n),
                }
            })
        });
        let done = held_up(&db, join_all(writes)).await;
        let ok: Vec<i32> = done.iter().filter_map(|one| one.as_ref().ok().copied()).collect();
        assert_eq!(ok, [0, 1, 2, 4, 6, 7, 8]);
        assert!(matches!(done[3], Err(QueryError::NotFound)));
        assert_eq!(there(&db), ["t0", "t1", "t2", "t4", "t6", "t7", "t8"]);
    }

    #[tokio::test]
    async fn nobody_is_told_that_theirs_is_kept_when_the_commit_fails() {
        let (_folder, db) = database();
        let writes = (0..3).map(|n| {
            db.write(move |conn| {
                if n == 1 {
                    // What hangs in the air is found out when all is committed.
                    conn.batch_execute(
                        "PRAGMA defer_foreign_keys = ON;
                         INSERT INTO imported_file (campaign_id, file_hash) VALUES ('none', 'none')",
                    )?;
                }
                put(conn, &format!("t{n}"))
            })
        });
        let done = held_up(&db, join_all(writes)).await;
        let says_why = |error: &QueryError| error.to_string().contains("FOREIGN KEY");
        assert!(done.iter().all(|one| one.as_ref().is_err_and(says_why)), "{done:?}");
        assert!(there(&db).is_empty());
        db.write(|conn| put(conn, "t9")).await.unwrap();
        assert_eq!(there(&db), ["t9"], "and the next are written");
    }

    #[tokio::test]
    async fn what_was_undone_by_the_database_itself_takes_all_of_its_transaction_along() {
        let (_folder, db) = database();
        let writes = (0..3).map(|n| {
            db.write(move |conn| {
                put(conn, &format!("t{n}"))?;
                // As SQLite does when the disk is full.
                if n == 1 { conn.batch_execute("ROLLBACK") } else { Ok(()) }
            })
        });
        let done = held_up(&db, join_all(writes)).await;
        assert!(done[..2].iter().all(Result::is_err), "{done:?}");
        assert_eq!(there(&db).contains(&"t2".to_owned()), done[2].is_ok());
        assert!(!there(&db).contains(&"t0".to_owned()));
        db.write(|conn| put(conn, "t9")).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_waits_for_somebody_who_writes_for_long_is_told_to_come_again() {
        let (_folder, db) = database();
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let long = db.clone();
        let writes = tokio::task::spawn_blocking(move || {
            long.write_blocking(|_| {
                wait.recv_timeout(3 * WAIT).unwrap();
                Ok::<(), QueryError>(())
            })
        });
        tokio::time::sleep(Duration::from_millis(200)).await;
        let begun = Instant::now();
        let told = join_all((0..20).map(|_| db.write(|_| Ok::<(), QueryError>(())))).await;
        assert!(told.iter().all(|one| one.as_ref().is_err_and(db::is_unavailable)), "{told:?}");
        assert!(begun.elapsed() < 2 * WAIT, "all of them at once");
        go.send(()).unwrap();
        writes.await.unwrap().unwrap();
        db.write(|_| Ok::<(), QueryError>(())).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_writes_alone_gets_a_turn_among_many() {
        let (_folder, db) = database();
        let is_over = AtomicBool::new(false);
        let busy = join_all((0..20).map(|_| async {
            while !is_over.load(Ordering::Relaxed) {
                db.write(|_| Ok::<(), QueryError>(())).await.unwrap();
            }
        }));
        let alone = async {
            let alone = db.clone();
            let begun = Instant::now();
            let turns = tokio::task::spawn_blocking(move || {
                (0..20).all(|_| alone.write_blocking(|_| Ok::<(), QueryError>(())).is_ok())
            });
            assert!(turns.await.unwrap());
            is_over.store(true, Ordering::Relaxed);
            begun.elapsed()
        };
        let (_, took) = tokio::join!(busy, alone);
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
}
