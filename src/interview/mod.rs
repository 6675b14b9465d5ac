//! A case given to an interviewer, while it is open.
//!
//! Whoever asks to talk to a person leaves how to be reached. That, and what they
//! say once the interview is under way, is sealed with a key that is not in the
//! database, is opened for the interviewer who has taken the case and for nobody
//! else, and goes when the answers are handed in, when the case is withdrawn, or
//! after the campaign's `contact_days`.
//!
//! - [`ask`], [`standing`], [`change`], [`withdraw`]: what the person does
//! - [`listed`], [`take`], [`pass`], [`open`], [`set_plan`]: what interviewers do
//! - [`save_draft`], [`close`], [`end`]: the answers, until they are handed in
//! - [`make_read_back`] and what follows it: the person reads what was written down
//! - [`hand_on`], [`expire`], [`let_go`]: what happens by itself
//! - [`waiting`], [`tally`], [`open_by_mode`]: numbers

mod answers;
mod asking;
mod caseload;
mod eligible;
mod model;
mod notice;
mod offering;
mod reading;
mod seal;
mod store;

pub use answers::{Closed, SaveError, close, end, save_draft};
pub use asking::{
    Change, Known, Standing, ask, change, interviewers, keep_taken_up, right, standing, withdraw, withdraw_right,
};
pub use caseload::{Listed, Opened, TakeError, listed, open, pass, set_plan, take};
pub use model::{Case, Channel, Details, Draft, Mode, Plan, ReadBack, Request, State};
pub use notice::{Appointment, appointment, offered_to, read_back_link};
pub use offering::{expire, hand_on, let_go};
pub use reading::{ReadBackView, confirm, correct, mail_read_back, make_read_back, read_back};
pub use seal::{damaged, does_not_open, reseal};
pub use store::figures::{Tally, Waiting, open_by_mode, tally, waiting};
