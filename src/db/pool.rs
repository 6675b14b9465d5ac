//! Connections that are kept, and what is known of the database behind them: while it
//! is away, one caller at a time finds out whether it is back, and the others are told
//! no within a moment. Two hundred people do not each wait for what one has just waited
//! for in vain.

use super::Unavailable;
use super::connection::Manager;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long somebody waits for a connection while the database is there.
pub(super) const WAIT: Duration = Duration::from_secs(10);
/// How often who waits looks whether the database has gone meanwhile.
const LOOK: Duration = Duration::from_millis(500);
/// How long who comes while it is away waits for whoever is finding out, and for a
/// connection if that is they.
const MOMENT: Duration = Duration::from_secs(1);
/// R2d2 tries to connect again after half of this at the latest.
const RECONNECT: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub(super) struct Pool {
    connections: r2d2::Pool<Manager>,
    presence: Arc<Presence>,
}

impl Pool {
    pub(super) fn new(manager: &Manager, size: u32) -> Pool {
        let presence = Arc::new(Presence::default());
        let connections = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(RECONNECT)
            .error_handler(Box::new(Refusals(Arc::clone(&presence))))
            .build_unchecked(manager.clone());
        Pool { connections, presence }
    }

    /// A connection that answered just now.
    pub(super) fn take(&self) -> Result<Taken, Unavailable> {
        let turn = Presence::enter(&self.presence)?;
        let (begun, refused) = (Instant::now(), self.presence.refused.load(Ordering::SeqCst));
        let wait = if turn.finds_out { MOMENT } else { WAIT };
        loop {
            let why = match self.connections.get_timeout(LOOK) {
                Ok(connection) => return Ok(Taken { connection, turn }),
                Err(error) => error.to_string(),
            };
            // Not one is left, and none could be made since: it is not only busy.
            let is_refused =
                self.connections.state().connections == 0 && self.presence.refused.load(Ordering::SeqCst) > refused;
            if is_refused || begun.elapsed() >= wait {
                return Err(turn.lost(why));
            }
            if self.presence.is_away() && !turn.finds_out {
                return Err(Unavailable(why));
            }
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({})", if self.presence.is_away() { "away" } else { "there" })
    }
}

/// A connection, and the right to say what became of it.
pub(super) struct Taken {
    pub(super) connection: r2d2::PooledConnection<Manager>,
    turn: Turn,
}

impl Taken {
    /// The database does what it is asked.
    pub(super) fn is_there(&self) {
        self.turn.presence.found();
    }

    /// It does not: others need not find out by waiting.
    pub(super) fn is_away(&self, why: &dyn fmt::Display) {
        self.turn.presence.lost(why);
    }
}

/// Whether the database is there, as far as anybody knows.
#[derive(Default)]
struct Presence {
    known: Mutex<Known>,
    changed: Condvar,
    /// How many connections could not be made, ever.
    refused: AtomicU64,
}

#[derive(Default)]
struct Known {
    away_since: Option<Instant>,
    /// Somebody is finding out whether it is back.
    is_tried: bool,
}

impl Presence {
    /// Everybody may ask the database while it is there; while it is away, one at a time.
    fn enter(presence: &Arc<Presence>) -> Result<Turn, Unavailable> {
        let turn = |finds_out| Turn { presence: Arc::clone(presence), finds_out };
        let waits = |known: &mut Known| known.away_since.is_some() && known.is_tried;
        let known = presence.known();
        let waited = presence.changed.wait_timeout_while(known, MOMENT, waits);
        let (mut known, late) = waited.unwrap_or_else(PoisonError::into_inner);
        if known.away_since.is_none() {
            return Ok(turn(false));
        }
        if late.timed_out() || known.is_tried {
            return Err(Unavailable("it was away a moment ago".to_owned()));
        }
        known.is_tried = true;
        Ok(turn(true))
    }

    fn found(&self) {
        let mut known = self.known();
        if let Some(since) = known.away_since.take() {
            tracing::info!(seconds = since.elapsed().as_secs(), "the database is back");
            self.changed.notify_all();
        }
    }

    fn lost(&self, why: &dyn fmt::Display) {
        let mut known = self.known();
        if known.away_since.is_none() {
            tracing::error!(%why, "the database is away");
            known.away_since = Some(Instant::now());
        }
    }

    fn is_away(&self) -> bool {
        self.known().away_since.is_some()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Turn {
    presence: Arc<Presence>,
    finds_out: bool,
}

impl Turn {
    fn lost(self, why: String) -> Unavailable {
        self.presence.lost(&why);
        Unavailable(why)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.finds_out {
            self.presence.known().is_tried = false;
            self.presence.changed.notify_all();
        }
    }
}

/// Hears from r2d2 of each connection that could not be made.
struct Refusals(Arc<Presence>);

impl fmt::Debug for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refusals")
    }
}

impl r2d2::HandleError<diesel::r2d2::Error> for Refusals {
    fn handle_error(&self, error: diesel::r2d2::Error) {
        if matches!(error, diesel::r2d2::Error::ConnectionError(_)) {
            self.0.refused.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn while_it_is_away_one_finds_out_and_the_others_are_told_at_once() {
        let presence = Arc::new(Presence::default());
        assert!(!Presence::enter(&presence).unwrap().finds_out);
        presence.lost(&"gone");
        let one = Presence::enter(&presence).unwrap();
        assert!(one.finds_out);
        let begun = Instant::now();
        let others: Vec<_> = (0..50)
            .map(|_| {
                let presence = Arc::clone(&presence);
                thread::spawn(move || Presence::enter(&presence).is_err())
            })
            .collect();
        assert!(others.into_iter().all(|other| other.join().unwrap()));
        assert!(begun.elapsed() >= MOMENT);
        // In vain: the next one tries, and it is there.
        drop(one);
        let next = Presence::enter(&presence).unwrap();
        let waits = {
            let presence = Arc::clone(&presence);
            thread::spawn(move || Presence::enter(&presence).is_ok_and(|turn| !turn.finds_out))
        };
        presence.found();
        assert!(waits.join().unwrap());
        drop(next);
        assert!(!Presence::enter(&presence).unwrap().finds_out);
    }
}
