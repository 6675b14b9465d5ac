//! Every word about tickets on leavers' pages: part of [`super::words::Words`].

#[derive(Debug)]
pub(super) struct TicketWords {
    /// On the invitation's page, before anything has begun.
    pub before: &'static str,
    pub working: &'static str,
    pub unable: &'static str,
    pub away: &'static str,
    pub wrong_key: &'static str,
    pub wrong_signature: &'static str,
    pub without_text: &'static str,
    pub without: &'static str,

    pub key: &'static str,
    pub key_page: &'static str,
    pub key_checked: &'static str,

    /// After it: which of the two happened.
    pub made_there: &'static str,
    pub made_here: &'static str,

    pub title: &'static str,
    pub keep_text: &'static str,
    pub yours: &'static str,
    /// On the page of this address.
    pub scan: fn(&str) -> String,
    pub qr: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub keep: &'static str,
    pub kept: &'static str,
    pub forget: &'static str,
    pub forgotten: &'static str,
    pub refused: &'static str,
    pub begin: &'static str,

    /// Where it is asked for.
    pub begun: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub filled: &'static str,
    pub lost: &'static str,
    pub pending: &'static str,
    pub go_on_here: &'static str,
    pub ask_hint: &'static str,
    pub ask_wrong: &'static str,
}
