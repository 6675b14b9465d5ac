use super::*;

pub(crate) fn campaign() -> Campaign {
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
