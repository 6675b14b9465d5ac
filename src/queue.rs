//! Work that takes a processor for as long as it takes: so little of it is done at once,
//! little more waits, and somebody who answers is not held up by whoever asks for a
//! hundred papers, or guesses passwords.

use std::num::NonZero;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Copies share the places.
#[derive(Clone, Debug)]
pub struct Queue {
    working: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error("too much is waiting at this moment")]
    Busy,
    #[error("the work was broken off: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

impl Queue {
    /// Of all processors but one, and so many who wait.
    pub fn of_processors(waiting: usize) -> Queue {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let at_once = processors.saturating_sub(1).max(1);
        Queue::new(at_once, at_once + waiting)
    }

    /// So many are done at once. Whoever comes when all `places` are taken, theirs and
    /// those of who waits, is asked to come again.
    pub fn new(at_once: usize, places: usize) -> Queue {
        Queue { working: Arc::new(Semaphore::new(at_once)), places: Arc::new(Semaphore::new(places)) }
    }

    /// Takes all places that are left.
    #[cfg(test)]
    pub fn fill(&self) -> tokio::sync::OwnedSemaphorePermit {
        let left = u32::try_from(self.places.available_permits()).unwrap();
        Arc::clone(&self.places).try_acquire_many_owned(left).unwrap()
    }

    /// Does `work` off the async threads, when its turn has come.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, QueueError> {
        let _place = self.places.try_acquire().map_err(|_full| QueueError::Busy)?;
        let turn = Arc::clone(&self.working).acquire_owned().await.map_err(|_closed| QueueError::Busy)?;
        // The turn goes with the work: a client that hangs up makes no room beside it.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        Ok(done.await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn one_is_written_one_waits_and_the_third_is_asked_to_come_again() {
        let queue = Queue::new(1, 2);
        let (finish, finished) = mpsc::channel::<()>();
        let (begin, mut begun) = tokio::sync::mpsc::channel::<()>(1);
        let first = tokio::spawn({
            let queue = queue.clone();
            async move {
                queue
                    .run(move || {
                        begin.blocking_send(()).unwrap();
                        finished.recv().unwrap();
                    })
                    .await
            }
        });
        begun.recv().await.unwrap();
        // Its client hangs up, and it works on.
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        let second = tokio::spawn({
            let queue = queue.clone();
            async move { queue.run(|| 2).await }
        });
        while queue.places.available_permits() > 1 {
            tokio::task::yield_now().await;
        }
        let third = tokio::spawn({
            let queue = queue.clone();
            async move { queue.run(|| 3).await }
        });
        while queue.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(queue.run(|| 4).await, Err(QueueError::Busy)));
        assert!(!second.is_finished() && !third.is_finished());
        finish.send(()).unwrap();
        assert_eq!((second.await.unwrap().unwrap(), third.await.unwrap().unwrap()), (2, 3));
    }

    #[tokio::test]
    async fn what_breaks_off_gives_its_turn_back() {
        let queue = Queue::new(1, 1);
        assert!(matches!(queue.run(|| panic!("ink")).await, Err(QueueError::Broken(_))));
        assert_eq!(queue.run(|| 1).await.unwrap(), 1);
    }
}
