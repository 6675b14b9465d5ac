//! A file that was imported comes again, corrected: no release may show what the
//! correction was of.

use crate::campaigns::{dete, small_file};
use crate::support::TestApp;
use candour::campaign::Campaign;
use candour::release::{self, Release, UptakeCounts};
use candour::response;
use candour::response::import::{self, Import, KeepError};
use candour::survey::{Answer, Code, Survey};

struct Ground<'a> {
    app: &'a TestApp,
    campaign: Campaign,
    survey: Survey,
}

impl Ground<'_> {
    fn keep(&self, file: &Import, again: bool) -> Result<(), KeepError> {
        let keep = |conn: &mut _| import::keep(conn, &self.app.app.keys, &self.campaign, &self.survey, file, again);
        self.app.app.db.write_blocking(keep)
    }

    fn waiting(&self) -> u64 {
        self.app.app.db.read_blocking(|conn| response::waiting(conn, &self.campaign.id)).unwrap()
    }

    fn released(&self) -> Release {
        let (keys, now, uptake) = (&self.app.app.keys, self.app.app.clock.now(), UptakeCounts::default());
        let create = |conn: &mut _| release::create(conn, keys, now, &self.campaign, "DETE", &self.survey, uptake);
        self.app.app.db.write_blocking(create).unwrap()
    }
}

/// The file, as it would be read if some of its rows were others.
fn changed(file: &Import, change: impl FnOnce(&mut Import)) -> Import {
    let mut changed = file.clone();
    change(&mut changed);
    Import { file_hash: format!("{} of {}", file.file_hash, changed.people.len()), ..changed }
}

/// One row's reason for leaving is put right.
fn corrected(file: &Import) -> Import {
    let question = Code::new("separation_type").unwrap();
    changed(file, |file| {
        let row = file.people.iter_mut().find(|row| row.len() > 5).unwrap();
        let other = if row.get(&question) == Some(&Answer::One(Code::new("age_retirement").unwrap())) {
            "other_employer"
        } else {
            "age_retirement"
        };
        row.insert(question, Answer::One(Code::new(other).unwrap()));
    })
}

on_both! {
    fn a_file_that_comes_again_with_one_row_corrected_is_refused_before_anything_is_written(app: TestApp) {
        let (campaign, survey) = dete(&app);
        let ground = Ground { app: &app, campaign, survey };
        let file = small_file(&ground.survey);
        ground.keep(&file, false).unwrap();
        let corrected = corrected(&file);
        let left_out = changed(&file, |file| drop(file.people.pop()));
        let one_more = changed(&file, |before| before.people.extend(corrected.people.first().cloned()));
        for is_released in [false, true] {
            if is_released {
                assert_eq!(ground.released().base, 40);
            }
            for few in [&corrected, &left_out, &one_more] {
                for again in [false, true] {
                    let refused = ground.keep(few, again);
                    assert!(matches!(refused, Err(KeepError::OneBeforeButForFew { apart: 1 })), "{refused:?}");
                }
            }
            assert_eq!(ground.waiting(), if is_released { 0 } else { 40 });
        }
        // It was not noted as imported either.
        ground.keep(&file, true).unwrap();
        let second = ground.released();
        assert_eq!(second.base, 80, "everybody twice, and nobody otherwise");
    }

    fn a_file_with_enough_others_beside_those_who_came_before_needs_a_word(app: TestApp) {
        let (campaign, survey) = dete(&app);
        let ground = Ground { app: &app, campaign, survey };
        let file = small_file(&ground.survey);
        let first = changed(&file, |file| file.people.truncate(30));
        ground.keep(&first, false).unwrap();
        let refused = ground.keep(&file, false);
        assert!(matches!(&refused, Err(KeepError::LikeOneBefore(alike)) if alike.same >= 30 && alike.of == 40), "{refused:?}");
        let words = refused.unwrap_err().to_string();
        assert!(words.contains("Nothing was imported") && words.contains("--again"), "{words}");
        assert_eq!(ground.waiting(), 30);
        let rest = changed(&file, |file| drop(file.people.drain(..30)));
        ground.keep(&rest, false).unwrap();
        assert_eq!((ground.waiting(), ground.released().base), (40, 40));
    }
}
