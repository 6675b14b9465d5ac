//! One comment: reading it, taking out what would tell who somebody is, and deciding.

use super::comment::{comment_path, reading_of, topic_path, unreadable};
use super::review_form::{self, Entered};
use super::review_page::{self, Shown};
use super::{campaign_of, comment};
use crate::app::App;
use crate::campaign::Campaign;
use crate::comment::review::{self, Review};
use crate::comment::{Opened, Reading, SaveError, Theme, Topic, marks, theme};
use crate::id::{CampaignId, CommentId};
use crate::web::auth::session::see_other;
use crate::web::auth::{CommentReader, HrUser};
use crate::web::problems::Problems;
use crate::web::{Error, Fields};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// GET /hr/campaigns/{id}/comments/{question}/{comment}
pub async fn edit(
    app: Data<App>,
    req: HttpRequest,
    user: CommentReader,
    ids: Path<(CampaignId, String, CommentId)>,
) -> Result<HttpResponse, Error> {
    let place = Place::find(&app, &user.0, ids.into_inner()).await?;
    place.page(&user.0, None, &Problems::default(), req.query_string())
}

/// POST /hr/campaigns/{id}/comments/{question}/{comment}: saves, or shows how it would read
pub async fn update(
    app: Data<App>,
    user: CommentReader,
    ids: Path<(CampaignId, String, CommentId)>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let ids = ids.into_inner();
    let place = Place::find(&app, &user.0, ids.clone()).await?;
    let (_, comment) = place.comment()?;
    let Entered { review, problems } = review_form::read(&form, comment);
    if form.get("do") == "read" {
        return place.page(&user.0, Some(&form), &review_form::about_passages(&problems), "");
    }
    let Some(review) = review.filter(|_| problems.is_empty()) else {
        return place.page(&user.0, Some(&form), &problems, "");
    };
    match save(&app, &place.campaign, &ids.2, form.get("state"), review).await {
        Ok(()) => Ok(see_other(&next(&app, &place, &ids.2).await?)),
        Err(SaveError::Stale) => {
            // As it is by now, with what was entered still in the form.
            let place = Place::find(&app, &user.0, ids).await?;
            let (_, comment) = place.comment()?;
            let message = format!(
                "Somebody else has saved this comment since you opened it: it is “{}” now. What you chose is still here. \
                 Save again to put it in place of theirs.",
                comment::standing(comment).to_lowercase()
            );
            place.page(&user.0, Some(&form), &Problems::one("decision", message), "")
        }
        Err(SaveError::Fixed(number)) => {
            let message = format!(
                "The comment was counted in release {number} meanwhile: now it can only be taken out of later reports."
            );
            let place = Place::find(&app, &user.0, ids).await?;
            place.page(&user.0, Some(&form), &Problems::one("decision", message), "")
        }
        Err(SaveError::Unknown) => Err(Error::NotFound),
        Err(SaveError::Misfit) => Err(Error::Malformed),
        Err(SaveError::Read(e)) => Err(unreadable(e)),
        Err(SaveError::Database(e)) => Err(e.into()),
    }
}

async fn save(app: &App, campaign: &Campaign, id: &CommentId, state: &str, review: Review) -> Result<(), SaveError> {
    let (keys, of, id, state) = (app.keys.clone(), campaign.clone(), id.clone(), state.to_owned());
    app.db.write(move |conn| review::save(conn, &keys, &of, &id, &state, review)).await
}

/// The next comment of the question that is to do, from this one on and then from the
/// first; or back to the question.
async fn next(app: &App, place: &Place, id: &CommentId) -> Result<String, Error> {
    let reading = reading_of(app, &place.campaign).await?;
    let topic = reading.topic(&place.question).ok_or(Error::NotFound)?;
    let to_do = |after: bool| topic.comments.iter().find(move |one| !one.is_decided() && (one.id > *id) == after);
    Ok(match to_do(true).or_else(|| to_do(false).filter(|one| one.id != *id)) {
        Some(next) => format!("{}?done=saved", comment_path(&place.campaign, topic, next)),
        None if topic.to_do() == 0 => format!("{}?done=all", topic_path(&place.campaign, topic)),
        None => format!("{}?done=saved", topic_path(&place.campaign, topic)),
    })
}

/// A comment where it is found.
struct Place {
    campaign: Campaign,
    question: String,
    id: CommentId,
    reading: Reading,
    themes: Vec<Theme>,
}

impl Place {
    async fn find(app: &App, user: &HrUser, ids: (CampaignId, String, CommentId)) -> Result<Place, Error> {
        let (campaign, question, id) = ids;
        let campaign = campaign_of(app, user, campaign).await?;
        let reading = reading_of(app, &campaign).await?;
        let (of, survey) = (campaign.id.clone(), reading.survey.clone());
        let themes = app.db.read(move |conn| theme::list(conn, &of, &survey)).await?;
        Ok(Place { campaign, question, id, reading, themes })
    }

    fn comment(&self) -> Result<(&Topic, &Opened), Error> {
        let found = self.reading.find(&self.id);
        found.filter(|(topic, _)| topic.question.as_str() == self.question).ok_or(Error::NotFound)
    }

    /// Its page, with what a form says, or (none) as it was decided.
    fn page(
        &self,
        user: &HrUser,
        form: Option<&Fields>,
        problems: &Problems,
        query: &str,
    ) -> Result<HttpResponse, Error> {
        let (topic, comment) = self.comment()?;
        let marks = marks::find(&comment.text, &self.reading.surroundings(&self.campaign));
        let as_decided = review_form::filled(comment, &marks);
        let shown = Shown {
            campaign: &self.campaign,
            reading: &self.reading,
            topic,
            comment,
            themes: &self.themes,
            marks: &marks,
        };
        Ok(review_page::page(user, &shown, form.unwrap_or(&as_decided), problems, query))
    }
}
