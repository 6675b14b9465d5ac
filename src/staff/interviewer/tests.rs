//! Who may hold whose interviews.

use super::*;
use crate::app::App;
use crate::db::Conn;
use crate::staff::tests::app;
use crate::staff::{account, organisation};

/// Two neighbours, and their people.
struct Town {
    app: App,
    milbury: OrganisationId,
    aldham: OrganisationId,
}

impl Town {
    fn new() -> Town {
        let app = app();
        let create = |name: &str| app.db.write_blocking(|conn| organisation::create(conn, name)).unwrap().id;
        Town { milbury: create("Milbury"), aldham: create("Aldham"), app }
    }

    /// Somebody who holds interviews, called and reached by `name`.
    fn enrol(&self, name: &str, role: Role, employer: Option<&OrganisationId>) -> Account {
        let email = format!("{}@example.org", name.to_lowercase()).parse().unwrap();
        let account = self.write(|conn| account::open(conn, role, name, email)).unwrap();
        self.write(|conn| enrol(conn, &account, employer, "A social worker for twenty years")).unwrap();
        account
    }

    fn write<T, E: From<diesel::result::Error>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.app.db.write_blocking(f)
    }

    fn choose(&self, organisation: &OrganisationId, chosen: &[&Account]) -> Changes {
        let chosen: Vec<AccountId> = chosen.iter().map(|account| account.id.clone()).collect();
        self.write(|conn| set_serving(conn, organisation, &chosen)).unwrap()
    }

    fn serving(&self, organisation: &OrganisationId) -> Vec<String> {
        names(&self.write(|conn| serving(conn, organisation)).unwrap())
    }

    fn get(&self, account: &Account) -> Option<Interviewer> {
        self.write(|conn| get(conn, &account.id)).unwrap()
    }
}

fn names(of: &[Interviewer]) -> Vec<String> {
    of.iter().map(|one| one.account.name.clone()).collect()
}

#[test]
fn nobody_is_chosen_from_the_pool_for_the_organisation_that_employs_them() {
    let town = Town::new();
    let ina = town.enrol("Ina", Role::Interviewer(None), Some(&town.milbury));
    let ivo = town.enrol("Ivo", Role::Interviewer(None), None);
    let chosen = town.choose(&town.milbury, &[&ina, &ivo]);
    assert_eq!((names(&chosen.begun), names(&chosen.ended)), (vec!["Ivo".to_owned()], vec![]));
    town.choose(&town.aldham, &[&ina, &ivo]);
    assert_eq!((town.serving(&town.milbury), town.serving(&town.aldham).len()), (vec!["Ivo".to_owned()], 2));
    // She changes sides: what Aldham chose before gives her no right any more.
    let employed = town.write(|conn| enrol(conn, &ina, Some(&town.aldham), "Of Aldham now"));
    employed.unwrap();
    assert_eq!(town.serving(&town.aldham), ["Ivo"]);
    let ina = town.get(&ina).unwrap();
    assert!(town.write(|conn| organisations(conn, &ina)).unwrap().is_empty());
}

#[test]
fn an_organisations_own_people_serve_it_alone_and_are_not_in_the_pool() {
    let town = Town::new();
    let pat = town.enrol("Pat", Role::Interviewer(Some(town.milbury.clone())), None);
    let hal = town.enrol("Hal", Role::Hr(town.milbury.clone()), None);
    assert_eq!(town.serving(&town.milbury), ["Hal", "Pat"]);
    for account in [&pat, &hal] {
        assert!(!town.get(account).unwrap().is_independent());
        assert!(!town.write(|conn| serve(conn, &account.id, &town.aldham)).unwrap());
    }
    assert!(town.choose(&town.aldham, &[&pat, &hal]).begun.is_empty());
    assert!(town.choose(&town.milbury, &[]).ended.is_empty(), "they are not chosen and not left out");
    assert_eq!((town.serving(&town.milbury).len(), town.serving(&town.aldham).len()), (2, 0));
    assert!(town.write(pool).unwrap().is_empty());
}

#[test]
fn a_colleague_in_hr_holds_interviews_until_they_leave_and_what_they_declared_stays() {
    let town = Town::new();
    let hal = town.enrol("Hal", Role::Hr(town.milbury.clone()), None);
    let conflict = Conflict { organisation_id: town.milbury.clone(), directorate: Some(Code::new("adults").unwrap()) };
    assert!(town.write(|conn| declare(conn, &hal.id, &conflict)).unwrap());
    let holds = |town: &Town| town.write(|conn| account::get(conn, &hal.id)).unwrap().unwrap().holds_interviews;
    assert!(holds(&town) && town.get(&hal).is_some());
    assert!(town.write(|conn| leave(conn, &hal.id, &town.milbury)).unwrap());
    assert!(!holds(&town) && town.get(&hal).is_none() && town.serving(&town.milbury).is_empty());
    town.write(|conn| enrol(conn, &hal, None, "Back again")).unwrap();
    assert_eq!(town.get(&hal).unwrap().about, "Back again");
    assert_eq!(town.write(|conn| conflicts(conn, &hal.id)).unwrap(), [conflict]);
}

#[test]
fn whose_account_is_closed_is_nobody() {
    let town = Town::new();
    let ina = town.enrol("Ina", Role::Interviewer(None), None);
    town.choose(&town.milbury, &[&ina]);
    assert!(town.get(&ina).is_some());
    town.write(|conn| account::close(conn, &ina.id)).unwrap();
    assert!(town.get(&ina).is_none() && town.serving(&town.milbury).is_empty() && town.write(pool).unwrap().is_empty());
}

#[test]
fn who_is_no_longer_chosen_is_said_and_the_others_stay() {
    let town = Town::new();
    let (ina, ivo) =
        (town.enrol("Ina", Role::Interviewer(None), None), town.enrol("Ivo", Role::Interviewer(None), None));
    town.choose(&town.milbury, &[&ina]);
    let changes = town.choose(&town.milbury, &[&ivo]);
    assert_eq!((names(&changes.begun), names(&changes.ended)), (vec!["Ivo".to_owned()], vec!["Ina".to_owned()]));
    assert_eq!(town.choose(&town.milbury, &[&ivo]), Changes::default());
}

#[test]
fn a_conflict_is_declared_once_and_taken_back_once() {
    let town = Town::new();
    let ina = town.enrol("Ina", Role::Interviewer(None), None);
    let all = Conflict { organisation_id: town.aldham.clone(), directorate: None };
    let part = Conflict { directorate: Some(Code::new("adults").unwrap()), ..all.clone() };
    let declare = |new: &Conflict| town.write(|conn| declare(conn, &ina.id, new)).unwrap();
    assert!(declare(&part) && declare(&all) && !declare(&all));
    let declared = || town.write(|conn| conflicts(conn, &ina.id)).unwrap();
    assert_eq!(declared(), [all.clone(), part.clone()]);
    let retract = || town.write(|conn| retract(conn, &ina.id, &all)).unwrap();
    assert!(retract() && !retract());
    assert_eq!(declared(), [part]);
}

#[test]
fn who_they_are_is_said_in_one_line_and_not_at_length() {
    let town = Town::new();
    let ina = town.enrol("Ina", Role::Interviewer(None), None);
    let ina = town.get(&ina).unwrap();
    let set = |about: &str| town.write(|conn| set_about(conn, &ina, about));
    assert!(matches!(set(" \n "), Err(EnrolError::About(AboutError::Missing))));
    assert!(matches!(set(&"é".repeat(MAX_ABOUT + 1)), Err(EnrolError::About(AboutError::TooLong))));
    set("Retired.\r\nKnows\tthe work.").unwrap();
    assert_eq!(town.get(&ina.account).unwrap().about, "Retired. Knows the work.");
}
