use super::*;

fn campaign() -> Campaign {
    Campaign {
        id: CampaignId::claimed("c"),
        organisation_id: OrganisationId::claimed("o"),
        survey_version: "v".to_owned(),
        name: "Leavers".to_owned(),
        kind: Kind::Exit,
        min_base: 5,
        comment_min_base: 10,
        opened_on: day(1),
        closes_on: None,
        closed_on: None,
        reminder_days: 7,
        reminder_limit: 2,
        breakdowns: Vec::new(),
        crossings: Vec::new(),
        protection: 5,
        is_strict: false,
        modes: Vec::new(),
        offer_days: 3,
        contact_days: 42,
    }
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, n).unwrap()
}

#[test]
fn a_ticket_that_is_out_is_good_for_a_week_after_the_last_day() {
    let mut campaign = campaign();
    assert!(campaign.takes_invitations(day(31)) && campaign.takes_responses(day(31)));
    campaign.closes_on = Some(day(10));
    assert!(campaign.takes_invitations(day(10)) && !campaign.takes_invitations(day(11)));
    assert!(campaign.takes_responses(day(17)) && !campaign.takes_responses(day(18)));
    campaign.closed_on = Some(day(8));
    assert!(!campaign.takes_invitations(day(8)));
    assert!(campaign.takes_responses(day(15)) && !campaign.takes_responses(day(16)));
    campaign.closed_on = Some(day(20));
    assert!(!campaign.takes_responses(day(18)), "closing by hand afterwards does not open it again");
}

#[test]
fn nobody_is_reminded_too_soon_or_too_often_or_after_the_end() {
    let mut campaign = campaign();
    campaign.closes_on = Some(day(20));
    assert!(!campaign.may_remind(day(7), 1, day(1)));
    assert!(campaign.may_remind(day(8), 1, day(1)));
    assert!(campaign.may_remind(day(8), 2, day(1)));
    assert!(!campaign.may_remind(day(8), 3, day(1)), "the limit is two reminders");
    assert!(!campaign.may_remind(day(8), 0, day(1)), "there is nothing to remind of");
    assert!(!campaign.may_remind(day(21), 1, day(1)));
}

#[test]
fn everything_that_is_wrong_with_a_new_campaign_is_said_at_once() {
    let survey = crate::survey::parse(include_str!("../../surveys/exit.toml")).unwrap().survey;
    let code = |text: &str| Code::new(text).unwrap();
    let mut new = NewCampaign::new(OrganisationId::claimed("o"), "v", "Leavers");
    new.breakdowns = vec![code("directorate"), code("role")];
    assert_eq!(open::check(&new, Some(&survey), day(1)), []);
    new.name = String::new();
    new.min_base = 2;
    new.closes_on = Some(day(1));
    new.crossings = vec![(code("role"), code("role"))];
    new.protection = 0;
    new.reminder_days = 0;
    new.reminder_limit = 11;
    new.offer_days = 31;
    new.contact_days = 6;
    new.modes = vec![Mode::Hr, Mode::Online, Mode::Hr];
    new.post = Some("x".repeat(81));
    new.breakdowns.extend([code("role"), code("recommend"), code("grade"), code(crate::survey::MODE)]);
    assert_eq!(
        open::check(&new, Some(&survey), day(2)),
        [
            Problem::NoName,
            Problem::BreakdownTwice(code("role")),
            Problem::NotABreakdown(code("recommend")),
            Problem::UnknownBreakdown(code("grade")),
            Problem::CrossingOfItself(code("role")),
            Problem::Protection,
            Problem::MinBase,
            Problem::ClosesInThePast,
            Problem::ReminderDays,
            Problem::ReminderLimit,
            Problem::OfferDays,
            Problem::ContactDays,
            Problem::ModeTwice(Mode::Hr),
            Problem::PostTooLong,
        ]
    );
    new = NewCampaign { modes: Vec::new(), ..NewCampaign::new(new.organisation_id, "v", "A") };
    assert_eq!(open::check(&new, Some(&survey), day(1)), [Problem::NoMode]);
    assert_eq!(open::check(&NewCampaign::new(new.organisation_id, "v", "A"), None, day(1)), [Problem::UnknownSurvey]);
}

#[test]
fn comments_are_about_no_fewer_people_than_figures() {
    let survey = crate::survey::parse(include_str!("../../surveys/exit.toml")).unwrap().survey;
    let mut new = NewCampaign::new(OrganisationId::claimed("o"), "v", "Leavers");
    new.min_base = 11;
    assert_eq!(open::check(&new, Some(&survey), day(1)), []);
    new.comment_min_base = Some(10);
    assert_eq!(open::check(&new, Some(&survey), day(1)), [Problem::CommentMinBase]);
}
