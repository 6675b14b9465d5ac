//! A case given to an interviewer, while it is open.
//!
//! Whoever asks to talk to a person leaves how to be reached. That, and what they
//! say once the interview is under way, is sealed with a key that is not in the
//! database, is opened for the interviewer who has taken the case and for nobody
//! else, and goes when the answers are handed in, when the case is withdrawn, or
//! after the campaign's `contact_days`.

mod model;

pub use model::{Case, Channel, Details, Draft, Mode, Plan, ReadBack, Request, State};
