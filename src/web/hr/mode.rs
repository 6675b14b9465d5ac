//! The ways in which people can take part in a campaign that runs.

use super::campaign::HERE;
use super::mode_fields::{self, Serving};
use super::{open_campaign_of, path};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::{self, Before, Campaign, Mode, ModesError, OfferedMode};
use crate::id::CampaignId;
use crate::invitation;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button};
use crate::web::{Error, Fields};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use maud::html;

/// GET /hr/campaigns/{id}/modes
pub async fn edit(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let form = Fields::new(mode_fields::filled(&campaign.modes));
    let serving = mode_fields::serving(&app, &user).await?;
    Ok(page(&user, &campaign, &form, &Problems::default(), serving))
}

/// POST /hr/campaigns/{id}/modes
pub async fn update(app: Data<App>, user: HrUser, id: Path<CampaignId>, form: Fields) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let post = form.get("post").to_owned();
    let modes: Vec<(Mode, Option<String>)> =
        mode_fields::read(&form).into_iter().map(|mode| (mode, Some(post.clone()))).collect();
    let (of, actor, now) = (campaign.clone(), user.actor(), app.clock.now());
    let done = app
        .db
        .write(move |conn| {
            let counts = invitation::uptake(conn, &of.id)?;
            let before = Before { offered: counts.reached(), taken_up: counts.taken_up };
            let set = campaign::set_modes(conn, now, &of, modes, before)?;
            if set != of.modes {
                audit::record(conn, now, &actor, Action::ChangeModes, &format!("{}: {}", of.name, in_words(&set)))?;
            }
            Ok(())
        })
        .await;
    match done {
        Ok(()) => Ok(see_other(&path(&campaign, "?done=modes"))),
        Err(ModesError::Database(e)) => Err(e.into()),
        Err(ModesError::Refused(refused)) => {
            let mut problems = Problems::default();
            refused.iter().for_each(|problem| problems.add(mode_fields::in_form(problem), problem));
            Ok(page(&user, &campaign, &form, &problems, mode_fields::serving(&app, &user).await?))
        }
    }
}

fn in_words(modes: &[OfferedMode]) -> String {
    modes.iter().filter(|mode| mode.is_on).map(mode_fields::called).collect::<Vec<_>>().join(", ")
}

fn page(user: &HrUser, campaign: &Campaign, form: &Fields, problems: &Problems, serving: Serving) -> HttpResponse {
    let title = "Ways to take part";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let body = html! {
        (problems.summary())
        h1 { (title) }
        p { "In " strong { (campaign.name) } "." }
        ul {
            li {
                "What you choose is offered to everybody who opens their invitation from now on, also to those who were \
                 invited before. Nobody is written to because of it."
            }
            li { "Whoever has begun, or has asked for an interview, goes on as they began." }
            li {
                "When you switch a way on for the first time, how the offer was taken up until then is kept, so that a \
                 release can say whether uptake has changed since."
            }
        }
        (ui::form(&path(campaign, "/modes"), html! {
            (mode_fields::all(form, problems, serving))
            div.buttons {
                (ui::button(&Button { label: "Save", ..Button::default() }))
                a href=(path(campaign, "")) { "Cancel" }
            }
        }))
    };
    ui::page_response(status, &frame, body)
}

#[cfg(test)]
mod tests {
    use crate::campaign::Mode;
    use crate::staff::tests::app;
    use crate::web::hr::tests::{ann, campaign, open};
    use actix_web::http::StatusCode;

    #[actix_web::test]
    async fn ways_to_take_part_are_switched_on_in_an_order_and_off_again() {
        let app = app();
        let (mut ann, survey) = ann(&app);
        let page = open(&mut ann, &survey).await;
        assert!(ann.get(&page).await.body.contains(&format!("{page}/modes")));
        let modes = format!("{page}/modes");
        assert!(ann.get(&modes).await.body.contains("Nobody does this for you yet"));

        let post = "the principal social worker";
        let form = [("mode_online", "3"), ("mode_independent", "1"), ("mode_hr", "2"), ("post", post)];
        assert_eq!(ann.post(&modes, &form).await.location, format!("{page}?done=modes"));
        let set = campaign(&app, &page);
        let on: Vec<Mode> = set.offered_modes().map(|mode| mode.mode).collect();
        assert_eq!(on, [Mode::Independent, Mode::Hr, Mode::Online]);
        assert_eq!(set.modes[1].post.as_deref(), Some(post));
        let again = ann.get(&modes).await.body;
        assert!(again.contains(post) && again.contains("Nobody holds these interviews for you yet"), "{again}");
        assert!(ann.get("/hr/record").await.body.contains("In-house: the principal social worker, Online"));

        let nothing = [("mode_online", ""), ("post", "kept")];
        let refused = ann.post(&modes, &nothing).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Choose at least one way") && refused.body.contains("kept"), "{}", refused.body);
        assert!(refused.body.contains(r##"href="#f-mode_online""##));

        ann.post(&modes, &[("mode_online", "1")]).await;
        assert_eq!(campaign(&app, &page).offered_modes().count(), 1);
    }
}
