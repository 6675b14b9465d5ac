//! Guessing is slowed without locking anybody out.
//!
//! A lock on an account is a gift to whoever wants its owner kept out. So
//! failures are counted against whoever makes them, after the OWASP page "Slow
//! Down Online Guessing with Device Cookies":
//!
//! - a browser that signed in before carries a [device cookie](Device) for that
//!   address and has a counter of its own: what strangers do never touches it;
//! - all other browsers together have a budget for each address, each network has
//!   one for each address, and each network has one for all addresses.
//!
//! Who is out of budget gets the same answer as for a wrong password, and can
//! still sign in from a known browser or by an e-mailed link. Addresses without an
//! account are counted like any other, so a lock says nothing about whether there
//! is one. Counts live for [`WINDOW_MINUTES`]: in the database, so that several
//! processes give no more guesses than one does, and in the memory of each, so that
//! a flood is turned away before it becomes writes.

mod shared;

pub use shared::forget;

use super::EmailAddress;
use crate::clock::Time;
use crate::id::{self, SessionId};
use crate::secret::{self, Keys, Purpose, Secret};
use chrono::TimeDelta;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

pub(super) const WINDOW_MINUTES: i64 = 15;

const PER_DEVICE: u32 = 10;
const PER_ADDRESS: u32 = 10;
const PER_ADDRESS_AND_NETWORK: u32 = 5;
const PER_NETWORK: u32 = 50;
const LINKS_PER_ADDRESS: u32 = 3;
const LINKS_PER_NETWORK: u32 = 20;

/// So many counters at most: some 20 MB. Beyond, only known browsers are let in.
const MAX_COUNTERS: usize = 100_000;

/// Whoever is behind one client address: a whole IPv4 address, or the half of an
/// IPv6 one that a provider gives to one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Network(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
            v4 => v4,
        })
    }
}

/// A browser that signed in before with a certain address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Device(String);

impl Device {
    /// How many addresses one browser is known for.
    const MAX: usize = 4;

    /// Finds the device for `email` in a cookie's value.
    pub fn read(keys: &Keys, email: &EmailAddress, cookie: &str) -> Option<Device> {
        cookie.split('~').take(Self::MAX).find_map(|token| {
            let (device, mark) = token.split_once('.')?;
            secret::equal(mark.as_bytes(), mark_of(keys, email, device).as_bytes()).then(|| Device(device.to_owned()))
        })
    }

    /// A browser that is signed in.
    pub fn of_session(session: &SessionId) -> Device {
        Device(session.to_string())
    }

    /// The cookie's new value: a new device for `email` before what was there
    /// for other addresses.
    pub fn issue(keys: &Keys, email: &EmailAddress, cookie: &str) -> Secret<String> {
        let device = id::random();
        let new = format!("{device}.{}", mark_of(keys, email, &device));
        let is_other = |token: &&str| !token.is_empty() && Device::read(keys, email, token).is_none();
        let others = cookie.split('~').filter(is_other).take(Self::MAX - 1);
        Secret::new(std::iter::once(new.as_str()).chain(others).collect::<Vec<_>>().join("~"))
    }
}

fn mark_of(keys: &Keys, email: &EmailAddress, device: &str) -> String {
    keys.hash(Purpose::Device, &[email.as_str().as_bytes(), device.as_bytes()])
}

/// One try at one address's password.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub email: EmailAddress,
    pub network: Network,
    pub device: Option<Device>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Counter {
    Device(Device),
    Address(EmailAddress),
    AddressAndNetwork(EmailAddress, Network),
    Network(Network),
    LinksTo(EmailAddress),
    LinksFrom(Network),
}

impl Counter {
    /// Else it is shared with others, whose failures stand when somebody is forgiven.
    fn is_of_one(&self) -> bool {
        matches!(self, Counter::Device(_) | Counter::AddressAndNetwork(..))
    }
}

struct Count {
    since: Time,
    number: u32,
}

/// The counters of one process, before those that all share.
#[derive(Clone, Default)]
pub struct Guard(Arc<Mutex<HashMap<Counter, Count>>>);

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard(..)")
    }
}

impl Guard {
    fn forgive_here(&self, attempt: &Attempt) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (counter, _) in budgets(attempt) {
            if counter.is_of_one() {
                counts.remove(&counter);
            } else if let Some(count) = counts.get_mut(&counter) {
                count.number = count.number.saturating_sub(1);
            }
        }
    }

    /// Takes one from each budget, or nothing if any is used up.
    fn spend_here(&self, now: Time, budgets: &[(Counter, u32)]) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |count: &Count| now >= count.since.plus(TimeDelta::minutes(WINDOW_MINUTES));
        if counts.len() >= MAX_COUNTERS {
            counts.retain(|_, count| !is_over(count));
        }
        let is_full = counts.len() >= MAX_COUNTERS;
        let may = budgets.iter().all(|(counter, budget)| match counts.get(counter) {
            Some(count) => is_over(count) || count.number < *budget,
            None => !is_full || matches!(counter, Counter::Device(_)),
        });
        if may {
            for (counter, _) in budgets {
                let count = counts.entry(counter.clone()).or_insert(Count { since: now, number: 0 });
                if is_over(count) {
                    *count = Count { since: now, number: 0 };
                }
                count.number += 1;
            }
        }
        may
    }
}

fn links(email: &EmailAddress, network: Network) -> [(Counter, u32); 2] {
    [(Counter::LinksTo(email.clone()), LINKS_PER_ADDRESS), (Counter::LinksFrom(network), LINKS_PER_NETWORK)]
}

fn budgets(attempt: &Attempt) -> Vec<(Counter, u32)> {
    match &attempt.device {
        Some(device) => vec![(Counter::Device(device.clone()), PER_DEVICE)],
        None => vec![
            (Counter::Address(attempt.email.clone()), PER_ADDRESS),
            (Counter::AddressAndNetwork(attempt.email.clone(), attempt.network), PER_ADDRESS_AND_NETWORK),
            (Counter::Network(attempt.network), PER_NETWORK),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(n: i64) -> Time {
        Time::new(chrono::DateTime::from_timestamp(1_800_000_000 + 60 * n, 0).unwrap())
    }

    fn attempt(email: &str, address: &str) -> Attempt {
        Attempt {
            email: email.parse().unwrap(),
            network: Network::from(address.parse::<IpAddr>().unwrap()),
            device: None,
        }
    }

    fn admits(guard: &Guard, now: Time, attempt: &Attempt) -> bool {
        guard.spend_here(now, &budgets(attempt))
    }

    /// How many attempts in a row are let through, 1000 at most.
    fn admitted(guard: &Guard, now: Time, attempt: &Attempt) -> usize {
        (0..1000).take_while(|_| admits(guard, now, attempt)).count()
    }

    #[test]
    fn strangers_run_out_and_a_known_browser_does_not() {
        let (guard, keys) = (Guard::default(), Keys::random());
        for host in 1..=4 {
            admitted(&guard, minute(0), &attempt("ann@example.org", &format!("192.0.2.{host}")));
        }
        let ann: EmailAddress = "ann@example.org".parse().unwrap();
        let cookie = Device::issue(&keys, &ann, "");
        let mut hers = attempt("ann@example.org", "192.0.2.1");
        assert!(!admits(&guard, minute(1), &hers), "an unknown browser shares the budget");
        hers.device = Device::read(&keys, &ann, cookie.expose());
        assert!(admits(&guard, minute(1), &hers), "a known one has its own");
        assert_eq!(admitted(&guard, minute(1), &hers), 9, "which ends too");
    }

    #[test]
    fn one_network_cannot_use_up_what_all_strangers_share() {
        let guard = Guard::default();
        assert_eq!(admitted(&guard, minute(0), &attempt("ann@example.org", "192.0.2.1")), 5);
        assert_eq!(admitted(&guard, minute(0), &attempt("ann@example.org", "192.0.2.2")), 5);
        assert_eq!(admitted(&guard, minute(0), &attempt("ann@example.org", "192.0.2.3")), 0);
        assert_eq!(admitted(&guard, minute(15), &attempt("ann@example.org", "192.0.2.3")), 5);
    }

    #[test]
    fn one_network_tries_few_addresses() {
        let guard = Guard::default();
        let tries: usize =
            (0..100).map(|n| admitted(&guard, minute(0), &attempt(&format!("a{n}@example.org"), "2001:db8::1"))).sum();
        assert_eq!(tries, 50);
        assert!(!admits(&guard, minute(1), &attempt("b@example.org", "2001:db8::2")), "the same /64");
        assert!(admits(&guard, minute(1), &attempt("b@example.org", "2001:db8:0:1::2")), "another");
    }

    #[test]
    fn who_signs_in_was_not_guessing() {
        let guard = Guard::default();
        let ann = attempt("ann@example.org", "192.0.2.1");
        for _ in 0..100 {
            assert!(admits(&guard, minute(0), &ann));
            guard.forgive_here(&ann);
        }
    }

    #[test]
    fn a_device_is_known_for_its_own_address_only() {
        let keys = Keys::random();
        let (ann, ben): (EmailAddress, EmailAddress) =
            ("ann@example.org".parse().unwrap(), "ben@example.org".parse().unwrap());
        let first = Device::issue(&keys, &ann, "");
        assert_eq!(Device::read(&keys, &ben, first.expose()), None);
        assert_eq!(Device::read(&Keys::random(), &ann, first.expose()), None);
        let both = Device::issue(&keys, &ben, first.expose());
        assert!(
            Device::read(&keys, &ann, both.expose()).is_some() && Device::read(&keys, &ben, both.expose()).is_some()
        );
        let again = Device::issue(&keys, &ben, both.expose());
        assert_eq!(again.expose().split('~').count(), 2, "one device an address");
    }

    #[test]
    fn links_are_few() {
        let guard = Guard::default();
        let network = Network::from("192.0.2.1".parse::<IpAddr>().unwrap());
        let ann = "ann@example.org".parse().unwrap();
        assert_eq!((0..10).filter(|_| guard.spend_here(minute(0), &links(&ann, network))).count(), 3);
    }
}
