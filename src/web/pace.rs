//! How slowly the body of a request may come. A phone in a bad place takes minutes for
//! a long form, and has them; somebody who sends a byte a second to hold a connection
//! does not get far. (The head has a time of its own, in [`mod@super::server`].)

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::cell::RefCell;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// So long anybody has, also for a body that stalls in a tunnel.
const GRACE: Duration = Duration::from_secs(60);
/// And a second more for each of so many bytes that came: a quarter of what a phone
/// without any network but 2G sends.
const BYTES_A_SECOND: u32 = 512;

/// Lets the handlers have the body of a request for as long as it comes fast enough.
pub(super) fn keep(req: &mut ServiceRequest) -> Held {
    let (_, payload) = req.parts_mut();
    match std::mem::replace(payload, Payload::None) {
        Payload::None => Held(None),
        body => {
            let body = Rc::new(RefCell::new(body));
            let paced = Paced::new(Shared(Rc::clone(&body)), GRACE, BYTES_A_SECOND);
            *payload = Payload::Stream { payload: Box::pin(paced) };
            Held(Some(body))
        }
    }
}

/// A body that lives as long as the answer to it. Of one that is dropped before it was
/// read actix reads the rest, however slowly that comes; of one that is there it sees
/// that nobody reads it, and hangs up a few seconds after the answer.
pub(super) struct Held(Option<Rc<RefCell<Payload>>>);

impl Held {
    pub(super) fn until_answered(self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        match self.0 {
            Some(held) => response.map_body(|_, answer| BoxBody::new(Answer { answer, _held: held })),
            None => response,
        }
    }
}

struct Answer {
    answer: BoxBody,
    _held: Rc<RefCell<Payload>>,
}

impl MessageBody for Answer {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().answer).poll_next(cx)
    }
}

struct Shared(Rc<RefCell<Payload>>);

impl Stream for Shared {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(cx)
    }
}

/// Whether a body was not read because it came too slowly.
pub(super) fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == ErrorKind::TimedOut)
}

struct Paced<S> {
    body: S,
    /// Until when more must have come.
    patience: Pin<Box<Sleep>>,
    a_byte: Duration,
}

impl<S> Paced<S> {
    fn new(body: S, grace: Duration, bytes_a_second: u32) -> Paced<S> {
        let a_byte = Duration::from_secs(1) / bytes_a_second;
        Paced { body, patience: Box::pin(sleep_until(Instant::now() + grace)), a_byte }
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Paced<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Poll::Ready(next) = Pin::new(&mut this.body).poll_next(cx) {
            if let Some(Ok(bytes)) = &next {
                let more = this.a_byte * u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                let until = this.patience.deadline() + more;
                this.patience.as_mut().reset(until);
            }
            return Poll::Ready(next);
        }
        ready!(this.patience.as_mut().poll(cx));
        Poll::Ready(Some(Err(PayloadError::Io(Error::new(ErrorKind::TimedOut, "the body came too slowly")))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt, stream};

    /// A body of pieces with a pause before each.
    fn body(pieces: usize, length: usize, pause: Duration) -> impl Stream<Item = Result<Bytes, PayloadError>> + Unpin {
        Box::pin(stream::unfold(0, move |sent| async move {
            if sent == pieces {
                return None;
            }
            tokio::time::sleep(pause).await;
            Some((Ok(Bytes::from(vec![b'x'; length])), sent + 1))
        }))
    }

    async fn read(
        body: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
        grace: u64,
    ) -> Result<usize, PayloadError> {
        let mut paced = Paced::new(body, Duration::from_millis(grace), 1_000);
        let mut length = 0;
        while let Some(bytes) = paced.next().await {
            length += bytes?.len();
        }
        Ok(length)
    }

    #[tokio::test]
    async fn a_body_that_drips_is_cut_off_and_a_slow_one_comes_to_its_end() {
        let millisecond = Duration::from_millis(1);
        // Would take ten thousand hours.
        let drip = read(body(usize::MAX, 1, 100 * millisecond), 300).await.unwrap_err();
        assert!(is_too_slow(&drip), "{drip}");
        // Takes longer than the grace, and earns what it takes.
        assert_eq!(read(body(20, 100_000, 20 * millisecond), 200).await.unwrap(), 2_000_000);
        assert!(is_too_slow(&read(body(1, 1, 100_000 * millisecond), 50).await.unwrap_err()));
    }
}
