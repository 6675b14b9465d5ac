//! Surveys that were read before: a version never changes, and reading its file
//! anew for each page would be most of the work.

use crate::db::Conn;
use crate::survey::{self, Survey};
use diesel::QueryResult;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// More versions than this at once would be odd: then it begins anew.
const MOST: usize = 200;

/// By hash. One for all workers.
#[derive(Debug, Default)]
pub(super) struct Surveys(Mutex<HashMap<String, Arc<Survey>>>);

impl Surveys {
    pub fn get(&self, conn: &mut Conn, hash: &str) -> QueryResult<Option<Arc<Survey>>> {
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(Some(known.clone()));
        }
        let Some(survey) = survey::store::load(conn, hash)?.map(Arc::new) else { return Ok(None) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash.to_owned(), survey.clone());
        Ok(Some(survey))
    }
}
