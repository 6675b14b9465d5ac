//! The counts that all processes share.

use super::{Attempt, Counter, Guard, Network, WINDOW_MINUTES, budgets, links};
use crate::app::App;
use crate::clock::Time;
use crate::db::Conn;
use crate::secret::{Keys, Purpose};
use crate::staff::EmailAddress;
use crate::staff::store::guess;
use chrono::TimeDelta;
use diesel::QueryResult;

/// What undoes the transaction when a budget is used up, so that it takes nothing from
/// the others.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("too many were wrong")]
    UsedUp,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

impl Guard {
    /// Whether the attempt may be made; it counts as failed until it is
    /// [forgiven](Guard::forgive), so that many at once do not slip through.
    pub async fn admits(&self, app: &App, now: Time, attempt: &Attempt) -> QueryResult<bool> {
        self.spend(app, now, &budgets(attempt)).await
    }

    /// Whether a sign-in link may be sent; counts it.
    pub async fn admits_link(&self, app: &App, now: Time, email: &EmailAddress, network: Network) -> QueryResult<bool> {
        self.spend(app, now, &links(email, network)).await
    }

    /// The attempt was right: it was no guess.
    pub async fn forgive(&self, app: &App, attempt: &Attempt) -> QueryResult<()> {
        self.forgive_here(attempt);
        let counters: Vec<_> =
            budgets(attempt).iter().map(|(counter, _)| (name(&app.keys, counter), counter.is_of_one())).collect();
        let forgive = move |conn: &mut Conn| {
            counters.iter().try_for_each(|(counter, is_of_one)| match is_of_one {
                true => guess::delete(conn, counter),
                false => guess::give_back(conn, counter),
            })
        };
        app.db.write(forgive).await
    }

    async fn spend(&self, app: &App, now: Time, budgets: &[(Counter, u32)]) -> QueryResult<bool> {
        if !self.spend_here(now, budgets) {
            return Ok(false);
        }
        let counters: Vec<_> = budgets.iter().map(|(counter, budget)| (name(&app.keys, counter), *budget)).collect();
        let spend = move |conn: &mut Conn| {
            counters.iter().try_for_each(|(counter, budget)| {
                let number = guess::count(conn, counter, now, begun_by(now))?;
                if number > i64::from(*budget) { Err(Refusal::UsedUp) } else { Ok(()) }
            })
        };
        match app.db.write(spend).await {
            Ok(()) => Ok(true),
            Err(Refusal::UsedUp) => Ok(false),
            Err(Refusal::Database(error)) => Err(error),
        }
    }
}

/// Removes what is too long ago to count.
pub fn forget(conn: &mut Conn, now: Time) -> QueryResult<usize> {
    guess::delete_begun_by(conn, begun_by(now))
}

/// What began then or before counts no more.
fn begun_by(now: Time) -> Time {
    now.plus(-TimeDelta::minutes(WINDOW_MINUTES))
}

/// What a counter's row is called: of whom it is cannot be told without the key.
fn name(keys: &Keys, counter: &Counter) -> String {
    let (kind, email, network) = match counter {
        Counter::Device(device) => ("device", device.0.clone(), None),
        Counter::Address(email) => ("address", email.as_str().to_owned(), None),
        Counter::AddressAndNetwork(email, network) => ("both", email.as_str().to_owned(), Some(network)),
        Counter::Network(network) => ("network", String::new(), Some(network)),
        Counter::LinksTo(email) => ("links to", email.as_str().to_owned(), None),
        Counter::LinksFrom(network) => ("links from", String::new(), Some(network)),
    };
    let network = network.map(|network| network.0.to_string()).unwrap_or_default();
    keys.hash(Purpose::Guess, &[kind.as_bytes(), email.as_bytes(), network.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::tests::app;
    use std::net::IpAddr;

    fn attempt(email: &str, address: &str) -> Attempt {
        Attempt { email: email.parse().unwrap(), network: address.parse::<IpAddr>().unwrap().into(), device: None }
    }

    /// As another process would see it: the same database, a memory of its own.
    fn another(app: &App) -> App {
        App { guard: Guard::default(), ..app.clone() }
    }

    async fn admitted(app: &App, attempt: &Attempt) -> usize {
        let mut count = 0;
        while count < 1000 && app.guard.admits(app, app.clock.now(), attempt).await.unwrap() {
            count += 1;
        }
        count
    }

    #[tokio::test]
    async fn what_one_process_has_counted_another_does_not_give_again() {
        let (one, two) = {
            let app = app();
            (app.clone(), another(&app))
        };
        let mallory = attempt("ann@example.org", "192.0.2.1");
        for process in [&one, &two] {
            assert!(process.guard.admits(process, process.clock.now(), &mallory).await.unwrap());
        }
        assert_eq!((admitted(&one, &mallory).await, admitted(&two, &mallory).await), (3, 0));
        let elsewhere = attempt("ann@example.org", "192.0.2.2");
        assert_eq!((admitted(&two, &elsewhere).await, admitted(&one, &elsewhere).await), (5, 0));
        assert_eq!(admitted(&two, &attempt("ann@example.org", "192.0.2.3")).await, 0, "the address's own budget");
        one.clock.advance(TimeDelta::minutes(WINDOW_MINUTES));
        assert_eq!(admitted(&another(&one), &mallory).await, 5);
    }

    #[tokio::test]
    async fn what_is_refused_takes_nothing_from_what_others_share() {
        let app = app();
        for n in 0..20 {
            // Each with no memory of the others.
            admitted(&another(&app), &attempt("ann@example.org", &format!("192.0.2.{}", 1 + n % 2))).await;
        }
        assert_eq!(
            admitted(&another(&app), &attempt("ben@example.org", "192.0.2.1")).await,
            5,
            "of its network's fifty"
        );
    }

    #[tokio::test]
    async fn who_was_right_is_forgiven_everywhere_and_what_is_over_goes() {
        let app = app();
        let ann = attempt("ann@example.org", "192.0.2.1");
        for _ in 0..60 {
            let process = another(&app);
            assert!(process.guard.admits(&process, process.clock.now(), &ann).await.unwrap());
            process.guard.forgive(&process, &ann).await.unwrap();
        }
        app.clock.advance(TimeDelta::minutes(WINDOW_MINUTES));
        let forgotten = |now| app.db.write_blocking(|conn| forget(conn, now)).unwrap();
        assert_eq!((forgotten(app.clock.now()), forgotten(app.clock.now())), (2, 0));
    }

    #[tokio::test]
    async fn links_are_few_from_all_processes_together() {
        let app = app();
        let (ann, network) = ("ann@example.org".parse().unwrap(), "192.0.2.1".parse::<IpAddr>().unwrap().into());
        let mut sent = 0;
        for _ in 0..6 {
            let process = another(&app);
            sent += usize::from(process.guard.admits_link(&process, process.clock.now(), &ann, network).await.unwrap());
        }
        assert_eq!(sent, 3);
    }
}
