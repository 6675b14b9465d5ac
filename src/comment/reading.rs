//! The comments of a campaign that can be read, and what was decided about each.

use super::batch::{Step, open_up_to};
use super::marks::{Surroundings, Vocabulary};
use super::review::Review;
use super::{sealing, store};
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::id::{CampaignId, CommentId};
use crate::release::chain::{self, BrokenChain};
use crate::release::{self, Release};
use crate::response::{self, Comment, Counted};
use crate::secret::Keys;
use crate::survey::{self, Code, Lang, Question, QuestionKind, Survey, journey};
use std::collections::BTreeMap;

/// One question that is answered in people's own words.
#[derive(Clone, Debug)]
pub struct Topic {
    pub question: Code,
    /// Whether enough people have been asked it for comments to be read.
    pub is_open: bool,
    /// In the order of their random ids.
    pub comments: Vec<Opened>,
}

/// A comment that can be read. It does not print.
#[derive(Clone)]
pub struct Opened {
    pub id: CommentId,
    pub text: String,
    pub review: Option<Review>,
    /// What a form says that it was filled in upon.
    pub state: String,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({}, [text])", self.id)
    }
}

/// All that can be read of a campaign.
#[derive(Clone, Debug)]
pub struct Reading {
    pub survey: Survey,
    /// In the order of the survey.
    pub topics: Vec<Topic>,
    /// The releases, first to last.
    pub releases: Vec<Release>,
}

#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{0}: restore the database from a backup")]
    Damaged(#[from] BrokenChain),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Opens them. A question's comments are there up to the release up to which they can be
/// read, and those of a draft never.
pub fn open(conn: &mut Conn, keys: &Keys, campaign: &Campaign) -> Result<Reading, ReadError> {
    let survey = survey::store::load(conn, &campaign.survey_version)?.ok_or(diesel::NotFound)?;
    let releases = chain::verified(release::store::bodies(conn, &campaign.id)?)?;
    let mut reviews = reviews(conn, keys, &campaign.id)?;
    let all = response::comments(conn, keys, &campaign.id)?;
    let mut counted = None;
    let mut topics = Vec::new();
    for question in survey.questions().filter(|question| is_text(question)) {
        let steps = if is_asked_of_all(&survey, question) {
            of_all(&releases)
        } else {
            let responses = match counted.take() {
                Some(responses) => responses,
                None => response::counted(conn, keys, &campaign.id)?,
            };
            let steps = of_those_asked(&releases, &survey, question, &responses);
            counted = Some(responses);
            steps
        };
        let upto = open_up_to(&steps);
        let is_open = |one: &&Comment| one.question == question.code && upto.is_some_and(|upto| one.release <= upto);
        let comments = all.iter().filter(is_open).map(|one| opened(one, &mut reviews)).collect();
        topics.push(Topic { question: question.code.clone(), is_open: upto.is_some(), comments });
    }
    Ok(Reading { survey, topics, releases })
}

impl Reading {
    pub fn topic(&self, question: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.question.as_str() == question)
    }

    pub fn find(&self, id: &CommentId) -> Option<(&Topic, &Opened)> {
        self.topics.iter().find_map(|topic| Some((topic, topic.comments.iter().find(|one| one.id == *id)?)))
    }

    /// What the marks of a comment go by: the comments that can be read, and no others.
    pub fn surroundings(&self, campaign: &Campaign) -> Surroundings {
        let texts = self.topics.iter().flat_map(|topic| &topic.comments).map(|one| one.text.as_str());
        let split = campaign.breakdowns.iter().filter_map(|code| self.survey.question(code.as_str()));
        let labels = split.flat_map(|question| question.choices()).map(|choice| choice.label.get(Lang::En));
        Surroundings::new(Vocabulary::new(texts, &self.survey), labels)
    }
}

impl Topic {
    pub fn to_do(&self) -> usize {
        self.comments.iter().filter(|one| !one.is_decided()).count()
    }
}

impl Opened {
    pub fn is_decided(&self) -> bool {
        self.review.as_ref().is_some_and(Review::is_decided)
    }
}

fn is_text(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::Text { .. })
}

/// The decisions about a campaign's comments, each with what a form says of it.
fn reviews(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
) -> Result<BTreeMap<CommentId, (Review, String)>, ReadError> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let opened = |(id, sealed): (CommentId, Vec<u8>)| {
        let review = sealing::open(&key, campaign, &id, &sealed)?;
        Ok((id, (review, sealing::state(Some(&sealed)))))
    };
    store::reviews(conn, campaign)?.into_iter().map(opened).collect()
}

fn opened(comment: &Comment, reviews: &mut BTreeMap<CommentId, (Review, String)>) -> Opened {
    let (review, state) = match reviews.remove(&comment.id) {
        Some((review, state)) => (Some(review), state),
        None => (None, sealing::state(None)),
    };
    Opened { id: comment.id.clone(), text: comment.text.clone(), review, state }
}

fn is_asked_of_all(survey: &Survey, question: &Question) -> bool {
    let section = survey.sections.iter().find(|section| section.questions.iter().any(|one| one.code == question.code));
    question.ask_if.is_none() && section.is_some_and(|section| section.ask_if.is_none())
}

fn of_all(releases: &[Release]) -> Vec<Step> {
    let mut before = 0;
    let step = |release: &Release| {
        let people = release.base.saturating_sub(before);
        before = release.base;
        Step { release: release.number, people, least: u64::from(release.policy.comment_min_base) }
    };
    releases.iter().map(step).collect()
}

/// Of a question that not everybody is asked, only those count who were.
fn of_those_asked(releases: &[Release], survey: &Survey, question: &Question, counted: &[Counted]) -> Vec<Step> {
    let is_asked = |one: &&Counted| {
        journey::asked(survey, &one.answers)
            .into_iter()
            .flat_map(|section| journey::asked_questions(section, &one.answers))
            .any(|asked| asked.code == question.code)
    };
    let step = |release: &Release| {
        let people = counted.iter().filter(|one| one.release == release.number).filter(is_asked).map(|_| 1).sum();
        Step { release: release.number, people, least: u64::from(release.policy.comment_min_base) }
    };
    releases.iter().map(step).collect()
}
