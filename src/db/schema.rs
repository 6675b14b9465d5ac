//! The tables as diesel sees them. `migrations/` is what makes them.

macro_rules! tables {
    ($($table:ident ($($key:ident),+) { $($column:ident: $kind:ty,)+ })+) => {
        $(diesel::table! {
            use diesel::sql_types::*;
            $table ($($key),+) { $($column -> $kind,)+ }
        })+
        diesel::allow_tables_to_appear_in_same_query!($($table),+);
    };
}

tables! {
    setting (name) {
        name: Text,
        value: Text,
    }
    organisation (id) {
        id: Text,
        name: Text,
    }
    account (id) {
        id: Text,
        organisation_id: Nullable<Text>,
        email: Text,
        name: Text,
        role: Text,
        password_hash: Nullable<Text>,
        is_closed: Bool,
        reads_comments: Bool,
    }
    session (id) {
        id: Text,
        account_id: Text,
        expires_at: Timestamp,
    }
    sign_in_link (token_hash) {
        token_hash: Text,
        account_id: Nullable<Text>,
        purpose: Text,
        expires_at: Timestamp,
    }
    guess (counter) {
        counter: Text,
        number: Integer,
        since: Timestamp,
    }
    api_token (id) {
        id: Text,
        token_hash: Text,
        organisation_id: Text,
        name: Text,
        scope: Text,
        created_on: Date,
        campaign_id: Nullable<Text>,
        last_day: Nullable<Date>,
        used_on: Nullable<Date>,
    }
    audit_entry (id) {
        id: Text,
        at: Timestamp,
        organisation_id: Nullable<Text>,
        account_id: Nullable<Text>,
        action: Text,
        subject: Text,
    }
    workforce (id) {
        id: Text,
        organisation_id: Text,
        from_day: Date,
        to_day: Date,
        uploaded_on: Date,
        body: Text,
    }
    template (organisation_id) {
        organisation_id: Text,
        title: Nullable<Text>,
        committee: Nullable<Text>,
        parts: Text,
        breakdowns: Nullable<Text>,
        accent: Text,
        logo: Nullable<Binary>,
        logo_alt: Nullable<Text>,
    }
    survey_version (hash) {
        hash: Text,
        code: Text,
        title: Text,
        source: Text,
        published_at: Timestamp,
    }
    campaign (id) {
        id: Text,
        organisation_id: Text,
        survey_version: Text,
        name: Text,
        kind: Text,
        min_base: Integer,
        comment_min_base: Integer,
        opened_on: Date,
        closes_on: Nullable<Date>,
        closed_on: Nullable<Date>,
        reminder_days: Integer,
        reminder_limit: Integer,
        offer_days: Integer,
        contact_days: Integer,
        protection: Integer,
        is_strict: Bool,
    }
    campaign_mode (campaign_id, mode) {
        campaign_id: Text,
        mode: Text,
        position: Integer,
        is_on: Bool,
        since: Date,
        post: Nullable<Text>,
        offered_before: Nullable<Integer>,
        taken_up_before: Nullable<Integer>,
    }
    campaign_breakdown (campaign_id, position) {
        campaign_id: Text,
        position: Integer,
        question: Text,
    }
    campaign_crossing (campaign_id, position) {
        campaign_id: Text,
        position: Integer,
        question: Text,
        by_question: Text,
    }
    invitation (id) {
        id: Text,
        campaign_id: Text,
        name: Text,
        email: Nullable<Text>,
        leaving_on: Nullable<Date>,
        state: Text,
        times_sent: Integer,
        last_sent_on: Nullable<Date>,
        first_sent_on: Nullable<Date>,
    }
    decline_tally (campaign_id, reason) {
        campaign_id: Text,
        reason: Text,
        people: Integer,
    }
    invitation_code (code_hash) {
        code_hash: Text,
        invitation_id: Text,
        is_exchanged: Bool,
        exchanged_for: Nullable<Text>,
    }
    mail (id) {
        id: Text,
        kind: Text,
        invitation_id: Nullable<Text>,
        account_id: Nullable<Text>,
        state: Text,
        attempts: Integer,
        not_before: Timestamp,
        last_error: Nullable<Text>,
        interview_id: Nullable<Text>,
    }
    interviewer (account_id) {
        account_id: Text,
        employer_id: Nullable<Text>,
        about: Text,
    }
    interviewer_organisation (account_id, organisation_id) {
        account_id: Text,
        organisation_id: Text,
    }
    conflict (account_id, organisation_id, directorate) {
        account_id: Text,
        organisation_id: Text,
        directorate: Text,
    }
    interview (id) {
        id: Text,
        campaign_id: Text,
        invitation_hash: Text,
        mode: Text,
        state: Text,
        interviewer_id: Nullable<Text>,
        asked_on: Date,
        since: Date,
        details: Text,
        draft: Nullable<Text>,
        draft_version: Integer,
        read_back: Text,
        read_back_hash: Nullable<Text>,
    }
    interview_pass (interview_id, account_id) {
        interview_id: Text,
        account_id: Text,
        is_refused: Bool,
    }
    interview_tally (campaign_id, mode, days, was_read_back) {
        campaign_id: Text,
        mode: Text,
        days: Integer,
        was_read_back: Bool,
        interviews: Integer,
    }
    release (id) {
        id: Text,
        campaign_id: Text,
        number: Integer,
        as_of: Date,
        hash: Text,
        previous_hash: Nullable<Text>,
        body: Text,
        is_public: Bool,
    }
    release_draft (campaign_id) {
        campaign_id: Text,
        number: Integer,
        as_of: Date,
        uptake: Text,
    }
    imported_file (campaign_id, file_hash) {
        campaign_id: Text,
        file_hash: Text,
    }
    spent_ticket (campaign_id, ticket_hash) {
        campaign_id: Text,
        ticket_hash: Text,
        envelope: Nullable<Binary>,
    }
    response (campaign_id, id) {
        campaign_id: Text,
        id: Text,
        release: Nullable<Integer>,
        sealed: Binary,
    }
    comment (campaign_id, id) {
        campaign_id: Text,
        id: Text,
        release: Nullable<Integer>,
        sealed: Binary,
    }
    comment_review (campaign_id, comment_id) {
        campaign_id: Text,
        comment_id: Text,
        sealed: Binary,
    }
    comment_theme (campaign_id, code) {
        campaign_id: Text,
        code: Text,
        label: Text,
        position: Integer,
        is_retired: Bool,
        after_release: Integer,
    }
    comment_annex (campaign_id, number) {
        campaign_id: Text,
        number: Integer,
        hash: Text,
        body: Text,
    }
    campaign_key (campaign_id) {
        campaign_id: Text,
        public_key: Binary,
        signing_key: Binary,
        intake_key: Binary,
        responses_key: Binary,
    }
}

diesel::joinable!(campaign -> organisation (organisation_id));
diesel::joinable!(campaign -> survey_version (survey_version));
diesel::joinable!(campaign_breakdown -> campaign (campaign_id));
diesel::joinable!(invitation -> campaign (campaign_id));
diesel::joinable!(invitation_code -> invitation (invitation_id));
diesel::joinable!(mail -> invitation (invitation_id));
diesel::joinable!(mail -> account (account_id));
diesel::joinable!(session -> account (account_id));
diesel::joinable!(release -> campaign (campaign_id));
diesel::joinable!(audit_entry -> account (account_id));
diesel::joinable!(campaign_mode -> campaign (campaign_id));
diesel::joinable!(interviewer -> account (account_id));
diesel::joinable!(interviewer_organisation -> interviewer (account_id));
diesel::joinable!(interview -> campaign (campaign_id));
diesel::joinable!(mail -> interview (interview_id));
