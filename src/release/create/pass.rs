//! One pass over all responses that a release counts: read here, page by page, and opened
//! and counted on every processor. However many there are, a few pages are in memory.

use crate::campaign::Campaign;
use crate::db::Conn;
use crate::release::tabulate::{Tabulation, Tabulator};
use crate::response::{self, Mode, Page};
use crate::secret::Keys;
use crate::survey::Survey;
use diesel::QueryResult;
use diesel::result::Error;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

/// Pages that wait for a processor.
const WAITING: usize = 4;

/// What was counted, and how many answered in each way.
pub struct Passed {
    pub counts: Tabulation,
    pub modes: Vec<(Mode, u64)>,
}

/// `survey`: with the mode as its last question, if `is_by_mode`.
pub fn over_all(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    survey: &Survey,
    is_by_mode: bool,
    batches: u32,
) -> QueryResult<Passed> {
    let empty = Counter {
        is_by_mode,
        tabulator: Tabulator::new(survey, &campaign.breakdowns, &campaign.crossings, batches),
        modes: Mode::ALL.map(|mode| (mode, 0)).to_vec(),
    };
    let (send, pages) = mpsc::sync_channel::<Page>(WAITING);
    // Theirs alone: once they have all ended, nobody waits to give them more.
    let pages = Arc::new(Mutex::new(pages));
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let start = |_| {
            let (counter, pages) = (empty.clone(), Arc::clone(&pages));
            scope.spawn(move || count(counter, &pages))
        };
        let counters: Vec<_> = (0..processors).map(start).collect();
        drop(pages);
        // Why nobody takes them any more, a counter says below.
        let see = |page| send.send(page).map_err(|_nobody| Error::RollbackTransaction);
        let read = response::pages(conn, keys, &campaign.id, see);
        drop(send);
        let mut all = empty.clone();
        for counter in counters {
            let counted = counter.join().map_err(|_panic| Error::RollbackTransaction)??;
            all.merge(&counted);
        }
        read?;
        Ok(Passed { counts: all.tabulator.finish(), modes: all.modes })
    })
}

#[derive(Clone)]
struct Counter<'a> {
    is_by_mode: bool,
    tabulator: Tabulator<'a>,
    modes: Vec<(Mode, u64)>,
}

fn count<'a>(mut counter: Counter<'a>, pages: &Mutex<mpsc::Receiver<Page>>) -> QueryResult<Counter<'a>> {
    loop {
        let next = pages.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(page) = next else { return Ok(counter) };
        for response in page.open() {
            let (release, mode, places) = response?;
            counter.add(release, mode, &places)?;
        }
    }
}

impl Counter<'_> {
    fn add(&mut self, release: u32, mode: Mode, places: &[u8]) -> QueryResult<()> {
        let at = Mode::ALL.iter().position(|one| *one == mode);
        let counted = self.tabulator.add(release, at.filter(|_| self.is_by_mode), places);
        if let Some((_, people)) = at.and_then(|at| self.modes.get_mut(at)) {
            *people += 1;
        }
        counted.ok_or_else(|| Error::DeserializationError("a response is not of its campaign's survey".into()))
    }

    fn merge(&mut self, other: &Counter<'_>) {
        self.tabulator.merge(&other.tabulator);
        for ((_, people), (_, more)) in self.modes.iter_mut().zip(&other.modes) {
            *people += more;
        }
    }
}
