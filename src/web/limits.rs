//! How often one address may ask. Kept in memory only, never logged.

use actix_web::HttpRequest;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Any requests: an office of hundreds may stand behind one address.
const REQUESTS_A_SECOND: u32 = 50;
const REQUESTS_AT_ONCE: u32 = 1_000;
/// Codes, tickets, passwords that were wrong. Right ones do not count.
const WRONG_A_MINUTE: u32 = 30;
/// How many requests between two clearings of what is forgotten anyway.
const CLEARING: u32 = 4_096;

type ByClient = RateLimiter<Client, DashMapStateStore<Client>, DefaultClock>;

/// Where a request comes from, as far as limits care: an IPv4 address, or the
/// 64 bits of an IPv6 address that one household or office has. It is never
/// printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

pub struct Limits {
    requests: ByClient,
    wrong: ByClient,
    /// Who guessed too often, and until when no further guess is looked at.
    barred: Mutex<HashMap<Client, Instant>>,
    since_clearing: AtomicU32,
}

impl Client {
    /// `behind_proxy`: our own proxy has added the address as the last one of
    /// `X-Forwarded-For`; what stands before it anybody may have written.
    pub fn of(req: &HttpRequest, behind_proxy: bool) -> Client {
        let forwarded = || {
            let last = req.headers().get_all("x-forwarded-for").last()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
        };
        let direct = || req.peer_addr().map(|addr| addr.ip());
        let address = if behind_proxy { forwarded().or_else(direct) } else { direct() };
        Client::at(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }

    /// For counters that stages keep themselves.
    pub(super) fn address(self) -> IpAddr {
        self.0
    }

    fn at(address: IpAddr) -> Client {
        Client(match address {
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => IpAddr::V4(v4),
                None => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & (u128::MAX << 64))),
            },
            v4 => v4,
        })
    }
}

impl Limits {
    pub fn new() -> Limits {
        let one = NonZeroU32::MIN;
        let many = |n| NonZeroU32::new(n).unwrap_or(one);
        Limits {
            requests: RateLimiter::keyed(
                Quota::per_second(many(REQUESTS_A_SECOND)).allow_burst(many(REQUESTS_AT_ONCE)),
            ),
            wrong: RateLimiter::keyed(Quota::per_minute(many(WRONG_A_MINUTE))),
            barred: Mutex::default(),
            since_clearing: AtomicU32::new(0),
        }
    }

    /// One more request. The error is the seconds to wait.
    pub fn request(&self, client: Client) -> Result<(), u64> {
        if self.since_clearing.fetch_add(1, Ordering::Relaxed) % CLEARING == CLEARING - 1 {
            self.forget();
        }
        self.requests.check_key(&client).map_err(|until| seconds(until.wait_time_from(DefaultClock::default().now())))
    }

    /// Whether a guess may be looked at: ask before every look at a code, ticket
    /// or password, and call [`Limits::wrong`] when it was wrong.
    pub fn may_try(&self, client: Client) -> Result<(), u64> {
        let barred = self.barred.lock().unwrap_or_else(PoisonError::into_inner);
        match barred.get(&client).and_then(|until| until.checked_duration_since(Instant::now())) {
            Some(wait) => Err(seconds(wait)),
            None => Ok(()),
        }
    }

    pub fn wrong(&self, client: Client) {
        if let Err(until) = self.wrong.check_key(&client) {
            let wait = until.wait_time_from(DefaultClock::default().now());
            let mut barred = self.barred.lock().unwrap_or_else(PoisonError::into_inner);
            barred.insert(client, Instant::now() + wait);
        }
    }

    fn forget(&self) {
        self.requests.retain_recent();
        self.wrong.retain_recent();
        let now = Instant::now();
        self.barred.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, until| *until > now);
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::new()
    }
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client([address])")
    }
}

/// Whole seconds, rounded up: a client that waits that long gets in.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(text: &str) -> Client {
        Client::at(text.parse().unwrap())
    }

    #[test]
    fn an_address_that_guesses_too_often_has_to_wait_and_others_do_not() {
        let limits = Limits::new();
        for _ in 0..=WRONG_A_MINUTE {
            assert_eq!(limits.may_try(client("192.0.2.1")), Ok(()));
            limits.wrong(client("192.0.2.1"));
        }
        assert!(limits.may_try(client("192.0.2.1")).is_err());
        assert_eq!(limits.may_try(client("192.0.2.2")), Ok(()));
    }

    #[test]
    fn right_tries_do_not_count() {
        let limits = Limits::new();
        assert!((0..10 * WRONG_A_MINUTE).all(|_| limits.may_try(client("192.0.2.1")).is_ok()));
    }

    #[test]
    fn an_ipv6_network_is_one_client() {
        assert!(client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9"));
        assert!(client("2001:db8:1:2::1") != client("2001:db8:1:3::1"));
        assert!(client("::ffff:192.0.2.1") == client("192.0.2.1"));
        assert!(!format!("{:?}", client("192.0.2.1")).contains("192"));
    }

    #[test]
    fn only_the_last_forwarded_address_counts_and_only_behind_a_proxy() {
        let req = actix_web::test::TestRequest::get()
            .peer_addr("192.0.2.9:1".parse().unwrap())
            .insert_header(("x-forwarded-for", "198.51.100.7, 192.0.2.1"))
            .to_http_request();
        assert!(Client::of(&req, true) == client("192.0.2.1"));
        assert!(Client::of(&req, false) == client("192.0.2.9"));
    }
}
