//! A leaver who reads what is on the page and answers it.

use super::visitor::Visitor;

/// What somebody has to say: field by field, as a page sends it. Questions that a
/// page does not ask are passed over; those that are not in here are left out.
pub type Story<'a> = [(&'a str, &'a str)];

impl Visitor {
    /// From the page of an invitation to the page before the last.
    #[track_caller]
    pub fn begin_and_answer(&mut self, link: &str, story: &Story<'_>) {
        self.open(link).expect(200, "Answer online");
        self.press("Answer online", &[]);
        self.answer(story);
    }

    /// Page by page until there is nothing more to ask.
    #[track_caller]
    pub fn answer(&mut self, story: &Story<'_>) {
        for _page in 0..30 {
            if self.page.has("Check your answers") {
                return;
            }
            let asked = self.page.attributes("form [name]", "name");
            let fields: Vec<(&str, &str)> =
                story.iter().filter(|(field, _)| asked.iter().any(|name| name == field)).copied().collect();
            self.press("Continue", &fields);
        }
        panic!("the questionnaire does not end; it stands at:\n{}", self.page.words());
    }

    #[track_caller]
    pub fn send_answers(&mut self) {
        self.press("Send my answers", &[]).expect(200, "Your answers have been sent");
    }
}
