use super::*;
use diesel::connection::SimpleConnection;
use proptest::prelude::*;

const TWO_CAMPAIGNS: &str = "
    INSERT INTO organisation VALUES ('o', 'A council');
    INSERT INTO survey_version VALUES ('h', 's', 'S', '', '2026-01-01 00:00:00');
    INSERT INTO campaign (id, organisation_id, survey_version, name, kind, min_base, comment_min_base, opened_on,
        closes_on, closed_on, reminder_days, reminder_limit, offer_days, contact_days)
        VALUES ('a', 'o', 'h', 'A', 'exit', 5, 10, '2026-01-01', NULL, NULL, 7, 2, 3, 42);
    INSERT INTO campaign (id, organisation_id, survey_version, name, kind, min_base, comment_min_base, opened_on,
        closes_on, closed_on, reminder_days, reminder_limit, offer_days, contact_days)
        VALUES ('b', 'o', 'h', 'B', 'exit', 5, 10, '2026-01-01', NULL, NULL, 7, 2, 3, 42);";

fn campaign(name: &str) -> CampaignId {
    CampaignId::claimed(name)
}

proptest! {
    #[test]
    fn a_ticket_is_genuine_however_it_was_typed(seed in any::<[u8; 16]>()) {
        let keys = Keys::new([7; 32]);
        let ticket = mint(&keys, &campaign("a"), &seed);
        let typed = Ticket::read(&ticket.spell().to_lowercase().replace('-', " ")).unwrap();
        prop_assert!(is_genuine(&keys, &campaign("a"), &typed));
        prop_assert!(typed == ticket);
        prop_assert!(Ticket::from_bytes(&ticket.bytes()) == Some(ticket));
    }

    #[test]
    fn a_made_up_ticket_is_not_genuine(bits in any::<u128>()) {
        let made_up = Ticket::read(&typed::spell(bits, TICKET_DIGITS)).unwrap();
        prop_assert!(!is_genuine(&Keys::new([7; 32]), &campaign("a"), &made_up));
    }
}

#[test]
fn the_same_link_gets_the_same_ticket_and_another_link_another() {
    let keys = Keys::random();
    assert!(mint(&keys, &campaign("a"), b"code") == mint(&keys, &campaign("a"), b"code"));
    assert!(mint(&keys, &campaign("a"), b"code") != mint(&keys, &campaign("a"), b"another"));
    assert!(mint(&keys, &campaign("a"), b"code") != mint(&keys, &campaign("b"), b"code"));
}

#[test]
fn a_ticket_is_good_for_its_own_campaign_and_installation_only() {
    let keys = Keys::random();
    let ticket = mint(&keys, &campaign("a"), b"code");
    assert!(is_genuine(&keys, &campaign("a"), &ticket));
    assert!(!is_genuine(&keys, &campaign("b"), &ticket));
    assert!(!is_genuine(&Keys::random(), &campaign("a"), &ticket));
}

#[test]
fn a_ticket_does_not_print() {
    let ticket = mint(&Keys::random(), &campaign("a"), b"code");
    assert_eq!(format!("{ticket:?}"), "Ticket([secret])");
    assert_eq!(ticket.spell().len(), 34);
}

#[test]
fn a_ticket_is_spent_once() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("t.db").display()).parse().unwrap();
    let db = db::Db::open(&url).unwrap();
    db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
    db.write_blocking(|conn| conn.batch_execute(TWO_CAMPAIGNS)).unwrap();
    let keys = Keys::random();
    let ticket = mint(&keys, &campaign("a"), b"code");
    let spend = |name: &str| db.write_blocking(|conn| spend(conn, &keys, &campaign(name), &ticket, b""));
    spend("a").unwrap();
    assert!(matches!(spend("a"), Err(SpendError::AlreadySpent)));
    assert!(db.read_blocking(|conn| is_spent(conn, &keys, &campaign("a"), &ticket)).unwrap());
    assert!(!db.read_blocking(|conn| is_spent(conn, &keys, &campaign("b"), &ticket)).unwrap());
}
