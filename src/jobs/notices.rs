//! Mails about open interviews. Who they are for is sealed in the case until they
//! are written.

use super::outbox::Text;
use crate::clock::Time;
use crate::config::Settings;
use crate::db::Conn;
use crate::id::InterviewId;
use crate::interview::{self, Appointment, Request};
use crate::mail::Notice;
use crate::mail::interview::{Meeting, case_offered, interview_time, read_back};
use crate::mail::store::Claimed;
use crate::mail::write::Outside;
use crate::secret::{Keys, Secret};
use crate::staff::account;
use diesel::QueryResult;

/// None: the case is gone or with somebody else by now, or there is no address.
pub(super) fn write(
    conn: &mut Conn,
    keys: &Keys,
    settings: &Settings,
    now: Time,
    claimed: &Claimed,
    notice: Notice,
    id: &InterviewId,
) -> QueryResult<Text> {
    let outside = |name, email| Outside { id: &claimed.id, now, from: &settings.mail_from, name, email };
    let nothing = Secret::new(String::new());
    Ok(match notice {
        Notice::CaseOffered => {
            let Some(account) = interview::offered_to(conn, id)? else { return Ok(None) };
            let Some(account) = account::get(conn, &account)?.filter(|account| !account.is_closed) else {
                return Ok(None);
            };
            let url = format!("{}/interviews", settings.public_url);
            let message = case_offered(outside(&account.name, account.email.as_str()), &url);
            Some(message.map(|message| (message, nothing)))
        }
        Notice::InterviewTime => {
            let Some(appointment) = interview::appointment(conn, keys, id)? else { return Ok(None) };
            let Request { name, reach, .. } = &appointment.request;
            let message = interview_time(outside(name, reach), &meeting(&appointment));
            Some(message.map(|message| (message, nothing)))
        }
        Notice::ReadBack => {
            let Some((appointment, token)) = interview::read_back_link(conn, keys, id)? else { return Ok(None) };
            let Request { name, reach, .. } = &appointment.request;
            let url = format!("{}/read-back/{}", settings.public_url, token.expose());
            let message = read_back(outside(name, reach), &meeting(&appointment), &url);
            Some(message.map(|message| (message, token)))
        }
    })
}

fn meeting(appointment: &Appointment) -> Meeting<'_> {
    Meeting {
        lang: appointment.request.lang,
        organisation: &appointment.organisation,
        interviewer: appointment.interviewer.as_ref().map(|known| known.name.as_str()),
        at: appointment.plan.as_ref().map(|plan| (plan.at, plan.place.as_str())),
    }
}
