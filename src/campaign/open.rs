//! Opening a campaign: everything that is wrong is said at once, each with the
//! field of the form that it is about.

use super::{
    Campaign, Crossing, DEFAULT_COMMENT_MIN_BASE, DEFAULT_CONTACT_DAYS, DEFAULT_MIN_BASE, DEFAULT_OFFER_DAYS,
    DEFAULT_PROTECTION, DEFAULT_REMINDER_DAYS, DEFAULT_REMINDER_LIMIT, LEAST_MIN_BASE, MOST_MIN_BASE, MOST_PROTECTION,
    Mode, OfferedMode, crossing, keys, mode, store,
};
use crate::clock::Time;
use crate::db::{self, Conn};
use crate::id::{CampaignId, OrganisationId};
use crate::secret::Keys;
use crate::survey::{self, Code, Kind, Survey};
use chrono::NaiveDate;
use std::collections::BTreeSet;

const NAME_LENGTH: usize = 120;
const MOST_REMINDER_DAYS: u32 = 365;
const MOST_REMINDERS: u32 = 10;
const POST_LENGTH: usize = 80;
const MOST_OFFER_DAYS: u32 = 30;
const LEAST_CONTACT_DAYS: u32 = 7;
const MOST_CONTACT_DAYS: u32 = 365;

/// What a campaign is opened with.
#[derive(Clone, Debug)]
pub struct NewCampaign {
    pub organisation_id: OrganisationId,
    pub survey_version: String,
    pub name: String,
    /// None: the survey's own.
    pub kind: Option<Kind>,
    pub min_base: u32,
    /// None: ten, or `min_base` where that is more.
    pub comment_min_base: Option<u32>,
    /// None: rolling.
    pub closes_on: Option<NaiveDate>,
    pub reminder_days: u32,
    pub reminder_limit: u32,
    pub breakdowns: Vec<Code>,
    /// Each of two of the breakdowns.
    pub crossings: Vec<Crossing>,
    pub protection: u32,
    pub is_strict: bool,
    /// In the order in which they are to be offered.
    pub modes: Vec<Mode>,
    /// What the post is called that *HR* interviews are held by; none: HR.
    pub post: Option<String>,
    pub offer_days: u32,
    pub contact_days: u32,
}

impl NewCampaign {
    /// A rolling one with the usual policy and nothing to split by.
    pub fn new(organisation_id: OrganisationId, survey_version: impl Into<String>, name: impl Into<String>) -> Self {
        NewCampaign {
            organisation_id,
            survey_version: survey_version.into(),
            name: name.into(),
            kind: None,
            min_base: DEFAULT_MIN_BASE,
            comment_min_base: None,
            closes_on: None,
            reminder_days: DEFAULT_REMINDER_DAYS,
            reminder_limit: DEFAULT_REMINDER_LIMIT,
            breakdowns: Vec::new(),
            crossings: Vec::new(),
            protection: DEFAULT_PROTECTION,
            is_strict: false,
            modes: vec![Mode::Online],
            post: None,
            offer_days: DEFAULT_OFFER_DAYS,
            contact_days: DEFAULT_CONTACT_DAYS,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Never empty.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<Problem>),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("Enter a name for the campaign")]
    NoName,
    #[error("The name must be {NAME_LENGTH} characters or fewer")]
    NameTooLong,
    #[error("There is a campaign of that name already: choose another")]
    NameTaken,
    #[error("Choose a survey that has been published")]
    UnknownSurvey,
    #[error("The survey has no question {0}")]
    UnknownBreakdown(Code),
    #[error("Figures cannot be split by {0}: the survey does not mark it as a breakdown")]
    NotABreakdown(Code),
    #[error("{0} is named more than once")]
    BreakdownTwice(Code),
    #[error("{0} cannot be crossed with itself")]
    CrossingOfItself(Code),
    #[error("The crossing of {0} and {1} is named more than once")]
    CrossingTwice(Code, Code),
    #[error("Figures cannot be crossed by {0}: they are not split by it")]
    CrossingNotSplitBy(Code),
    #[error("The range that hidden figures are protected by must be between 1 and {MOST_PROTECTION}")]
    Protection,
    #[error("The smallest group must be between {LEAST_MIN_BASE} and {MOST_MIN_BASE}")]
    MinBase,
    #[error("The smallest group for comments must be between that for figures and {MOST_MIN_BASE}")]
    CommentMinBase,
    #[error("The closing date must be today or later")]
    ClosesInThePast,
    #[error("The days between reminders must be between 1 and {MOST_REMINDER_DAYS}")]
    ReminderDays,
    #[error("The number of reminders must be {MOST_REMINDERS} or fewer")]
    ReminderLimit,
    #[error("Choose at least one way to take part")]
    NoMode,
    #[error("A way to take part is named more than once: {}", .0.as_str())]
    ModeTwice(Mode),
    #[error("The name of the post must be {POST_LENGTH} characters or fewer")]
    PostTooLong,
    #[error("The days for taking a case must be between 1 and {MOST_OFFER_DAYS}")]
    OfferDays,
    #[error(
        "The days after which contact details are erased must be between {LEAST_CONTACT_DAYS} and {MOST_CONTACT_DAYS}"
    )]
    ContactDays,
}

impl Problem {
    /// The field of [`NewCampaign`] that it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Problem::NoName | Problem::NameTooLong | Problem::NameTaken => "name",
            Problem::UnknownSurvey => "survey_version",
            Problem::UnknownBreakdown(_) | Problem::NotABreakdown(_) | Problem::BreakdownTwice(_) => "breakdowns",
            Problem::CrossingOfItself(_) | Problem::CrossingTwice(..) | Problem::CrossingNotSplitBy(_) => "crossings",
            Problem::Protection => "protection",
            Problem::MinBase => "min_base",
            Problem::CommentMinBase => "comment_min_base",
            Problem::ClosesInThePast => "closes_on",
            Problem::ReminderDays => "reminder_days",
            Problem::ReminderLimit => "reminder_limit",
            Problem::NoMode | Problem::ModeTwice(_) => "modes",
            Problem::PostTooLong => "post",
            Problem::OfferDays => "offer_days",
            Problem::ContactDays => "contact_days",
        }
    }
}

/// Opens a campaign from today on, with keys of its own.
pub fn open(conn: &mut Conn, keys: &Keys, now: Time, mut new: NewCampaign) -> Result<Campaign, OpenError> {
    new.name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let survey = survey::store::load(conn, &new.survey_version)?;
    let mut problems = check(&new, survey.as_ref(), now.date());
    if store::is_name_taken(conn, &new.organisation_id, &new.name)? {
        problems.insert(0, Problem::NameTaken);
    }
    let Some(survey) = survey.filter(|_| problems.is_empty()) else {
        return Err(OpenError::Refused(problems));
    };
    let offered = |mode: &Mode| OfferedMode {
        mode: *mode,
        is_on: true,
        since: now.date(),
        post: mode::named_post(*mode, new.post.clone()),
        before: None,
    };
    let campaign = Campaign {
        modes: new.modes.iter().map(offered).collect(),
        offer_days: new.offer_days,
        contact_days: new.contact_days,
        id: CampaignId::random(),
        kind: new.kind.unwrap_or(survey.kind),
        min_base: new.min_base,
        comment_min_base: comment_min_base(&new),
        opened_on: now.date(),
        closed_on: None,
        organisation_id: new.organisation_id,
        survey_version: new.survey_version,
        name: new.name,
        closes_on: new.closes_on,
        reminder_days: new.reminder_days,
        reminder_limit: new.reminder_limit,
        breakdowns: new.breakdowns,
        crossings: new.crossings,
        protection: new.protection,
        is_strict: new.is_strict,
    };
    match store::insert(conn, &campaign) {
        // Somebody else opened one of that name since we looked.
        Err(e) if db::is_unique_violation(&e) => Err(OpenError::Refused(vec![Problem::NameTaken])),
        other => {
            other?;
            keys::make(conn, keys, &campaign.id)?;
            Ok(campaign)
        }
    }
}

fn comment_min_base(new: &NewCampaign) -> u32 {
    new.comment_min_base.unwrap_or(DEFAULT_COMMENT_MIN_BASE.max(new.min_base))
}

/// Everything that is wrong but for what only the database knows.
pub(super) fn check(new: &NewCampaign, survey: Option<&Survey>, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse_if = |is_wrong: bool, problem: Problem| {
        if is_wrong {
            problems.push(problem);
        }
    };
    refuse_if(new.name.is_empty(), Problem::NoName);
    refuse_if(new.name.chars().count() > NAME_LENGTH, Problem::NameTooLong);
    refuse_if(survey.is_none(), Problem::UnknownSurvey);
    let splits = check_breakdowns(&new.breakdowns, survey).into_iter().chain(crossing::check(new));
    splits.for_each(|problem| refuse_if(true, problem));
    refuse_if(!(1..=MOST_PROTECTION).contains(&new.protection), Problem::Protection);
    let bases = LEAST_MIN_BASE..=MOST_MIN_BASE;
    refuse_if(!bases.contains(&new.min_base), Problem::MinBase);
    let comments = comment_min_base(new);
    refuse_if(
        bases.contains(&new.min_base) && !(new.min_base..=MOST_MIN_BASE).contains(&comments),
        Problem::CommentMinBase,
    );
    refuse_if(new.closes_on.is_some_and(|last| last < today), Problem::ClosesInThePast);
    refuse_if(!(1..=MOST_REMINDER_DAYS).contains(&new.reminder_days), Problem::ReminderDays);
    refuse_if(new.reminder_limit > MOST_REMINDERS, Problem::ReminderLimit);
    refuse_if(!(1..=MOST_OFFER_DAYS).contains(&new.offer_days), Problem::OfferDays);
    refuse_if(!(LEAST_CONTACT_DAYS..=MOST_CONTACT_DAYS).contains(&new.contact_days), Problem::ContactDays);
    problems.extend(check_modes(&new.modes, new.post.as_deref()));
    problems
}

fn check_breakdowns(breakdowns: &[Code], survey: Option<&Survey>) -> Vec<Problem> {
    let (mut problems, mut seen) = (Vec::new(), BTreeSet::new());
    for code in breakdowns {
        match survey.map(|survey| survey.question(code.as_str())) {
            Some(None) if code.as_str() != survey::MODE => problems.push(Problem::UnknownBreakdown(code.clone())),
            Some(Some(question)) if !question.is_breakdown => problems.push(Problem::NotABreakdown(code.clone())),
            _ => {}
        }
        if !seen.insert(code) {
            problems.push(Problem::BreakdownTwice(code.clone()));
        }
    }
    problems
}

/// What is wrong with the modes that are to be on, and with the post's name.
pub(super) fn check_modes(modes: &[Mode], post: Option<&str>) -> Vec<Problem> {
    let mut problems = Vec::new();
    if modes.is_empty() {
        problems.push(Problem::NoMode);
    }
    let mut seen = BTreeSet::new();
    problems.extend(modes.iter().filter(|mode| !seen.insert(**mode)).map(|mode| Problem::ModeTwice(*mode)));
    if modes.contains(&Mode::Hr) && post.is_some_and(|post| post.trim().chars().count() > POST_LENGTH) {
        problems.push(Problem::PostTooLong);
    }
    problems
}
