//! What members of staff did, for those who answer for it. Nothing that a leaver
//! does is ever written here: an entry has a time and a name, and a leaver's
//! deeds may have neither.

mod store;

use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, OrganisationId};
use crate::staff::Account;
use diesel::QueryResult;

/// Who did it, and whose business it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// None: the command line.
    pub account: Option<AccountId>,
    /// None: the installation as a whole.
    pub organisation: Option<OrganisationId>,
}

impl Actor {
    /// The operator at the command line.
    pub fn operator() -> Actor {
        Actor::default()
    }

    /// On behalf of the account's own organisation.
    pub fn of(account: &Account) -> Actor {
        Actor { account: Some(account.id.clone()), organisation: account.role.organisation().cloned() }
    }

    /// The same person, in a matter of this organisation.
    pub fn within(self, organisation: &OrganisationId) -> Actor {
        Actor { organisation: Some(organisation.clone()), ..self }
    }
}

/// The words are stored: do not change one that is out.
macro_rules! actions {
    ($($name:ident $word:literal $phrase:literal)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action { $($name,)+ }

        impl Action {
            pub fn as_str(self) -> &'static str {
                match self { $(Action::$name => $word,)+ }
            }

            /// As a page says it, before the subject.
            pub fn phrase(self) -> &'static str {
                match self { $(Action::$name => $phrase,)+ }
            }

            fn from_word(word: &str) -> Option<Action> {
                match word { $($word => Some(Action::$name),)+ _ => None }
            }
        }
    };
}

actions! {
    SetUp "set_up" "Set Candour up"
    OpenOrganisation "open_organisation" "Added organisation"
    OpenAccount "open_account" "Opened an account for"
    CloseAccount "close_account" "Closed the account of"
    SendPasswordLink "send_password_link" "Sent a password link to"
    ChangePassword "change_password" "Changed the password of"
    SignIn "sign_in" "Signed in"
    EnrolInterviewer "enrol_interviewer" "Lets interviews be held by"
    EndInterviewer "end_interviewer" "No longer lets interviews be held by"
    ChangeInterviewer "change_interviewer" "Changed what is said of"
    DeclareConflict "declare_conflict" "Declared a conflict with"
    RetractConflict "retract_conflict" "Took back a conflict with"
    GiveCommentRight "give_comment_right" "Lets comments be read by"
    TakeCommentRight "take_comment_right" "No longer lets comments be read by"
    PublishSurvey "publish_survey" "Published survey"
    OpenCampaign "open_campaign" "Opened campaign"
    CloseCampaign "close_campaign" "Closed campaign"
    RaiseMinBase "raise_min_base" "Raised the smallest group of"
    ChangeModes "change_modes" "Changed the ways to take part in"
    AddPeople "add_people" "Added people to"
    SendInvitations "send_invitations" "Sent invitations for"
    SendReminders "send_reminders" "Sent reminders for"
    PrintLetters "print_letters" "Printed letters for"
    PreviewRelease "preview_release" "Previewed"
    CreateRelease "create_release" "Released"
    PublishRelease "publish_release" "Made public"
    WithdrawRelease "withdraw_release" "Withdrew from the public"
    UploadWorkforce "upload_workforce" "Uploaded the workforce figures of"
    DeleteWorkforce "delete_workforce" "Deleted the workforce figures of"
    ChangeThemes "change_themes" "Changed the themes of"
    ApproveComments "approve_comments" "Added comments to"
    SaveTemplate "save_template" "Saved how papers look of"
    CreateToken "create_token" "Made API token"
    DeleteToken "delete_token" "Ended API token"
    Import "import" "Imported earlier answers into"
}

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: Time,
    /// The name of whoever did it; none: the command line.
    pub who: Option<String>,
    pub what: String,
    pub subject: String,
}

/// Entries on one page of the record.
pub const PAGE: i64 = 50;

/// Writes down that `actor` did `action` to `subject`: a name for people to
/// read, never anything of a leaver's.
pub fn record(conn: &mut Conn, now: Time, actor: &Actor, action: Action, subject: &str) -> QueryResult<()> {
    store::insert(conn, now, actor, action.as_str(), subject)
}

/// A page (from 1) of the record, newest first: of one organisation, or of all.
pub fn list(conn: &mut Conn, organisation: Option<&OrganisationId>, page: u32) -> QueryResult<Vec<Entry>> {
    let rows = store::page(conn, organisation, PAGE, i64::from(page.max(1) - 1) * PAGE)?;
    let entry = |(at, who, word, subject): store::Row| {
        let what = Action::from_word(&word).map_or(word, |action| action.phrase().to_owned());
        Entry { at, who, what, subject }
    };
    Ok(rows.into_iter().map(entry).collect())
}
