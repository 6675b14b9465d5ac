//! Form controls. Each has its label, hint and error text joined to it, so that
//! whoever cannot see how they stand together is told.

use super::Common;
use crate::survey::Lang;
use maud::{Markup, html};

/// What every control has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub error: Option<&'a str>,
    /// The label is the page's one question, and so its heading.
    pub is_heading: bool,
}

/// A line of text to type.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// `text`, `email`, `password`, `date`, `search`. Numbers are `text` with
    /// `inputmode` numeric: a wheel or an arrow must not change them unnoticed.
    pub kind: &'a str,
    pub value: &'a str,
    /// Tokens of HTML's `autocomplete`; "off" where a browser must not keep it.
    pub autocomplete: Option<&'a str>,
    pub inputmode: Option<&'a str>,
    /// About how many characters wide; none: the whole line.
    pub width: Option<u32>,
    /// Stands after the box: "hours a week".
    pub unit: Option<&'a str>,
    /// A code: letters far apart, no spelling help.
    pub is_code: bool,
}

impl Default for Input<'_> {
    fn default() -> Self {
        Input { kind: "text", value: "", autocomplete: None, inputmode: None, width: None, unit: None, is_code: false }
    }
}

/// One radio button, checkbox or entry of a list.
#[derive(Clone, Debug, Default)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub is_chosen: bool,
    /// Stands apart from those above, after an "or".
    pub is_apart: bool,
}

/// The choices of one question.
pub type Options<'a> = [Choice<'a>];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Primary,
    Secondary,
    Danger,
    /// Looks like a link, is a button.
    Link,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Button<'a> {
    pub label: &'a str,
    pub name: Option<&'a str>,
    pub value: Option<&'a str>,
    pub look: Look,
    /// Read after the label by those who do not see what stands beside it.
    pub about: Option<&'a str>,
}

/// The id of the control called `name` (of the first, for radios and
/// checkboxes): where an error summary leads.
pub fn control_id(name: &str) -> String {
    format!("f-{}", name.replace(['.', '[', ']', ' '], "-"))
}

pub fn form(action: &str, body: Markup) -> Markup {
    html! { form method="post" action=(action) novalidate { (body) } }
}

pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

pub fn button(button: &Button) -> Markup {
    let class = match button.look {
        Look::Primary => "button",
        Look::Secondary => "button secondary",
        Look::Danger => "button danger",
        Look::Link => "link",
    };
    html! {
        button class=(class) type="submit" name=[button.name] value=[button.value] {
            (button.label)
            @if let Some(about) = button.about { span.unseen { " " (about) } }
        }
    }
}

/// All that is to be put right, each a link to its control. Takes the focus when
/// the page loads. Nothing, if there is nothing.
pub fn error_summary(lang: Lang, problems: &[(String, String)]) -> Markup {
    if problems.is_empty() {
        return Markup::default();
    }
    html! {
        div.errors role="alert" aria-labelledby="errors-title" tabindex="-1" autofocus {
            h2 #errors-title { (Common::of(lang).problem) }
            ul { @for (name, message) in problems { li { a href={ "#" (control_id(name)) } { (message) } } } }
        }
    }
}

pub fn text_input(field: &Field, input: &Input) -> Markup {
    let id = control_id(field.name);
    let size = input.width.map(|w| w.to_string());
    html! {
        div.field.wrong[field.error.is_some()] {
            (label(field, &id))
            div.line {
                input.code[input.is_code] id=(id) name=(field.name) type=(input.kind) value=(input.value) size=[size]
                    autocomplete=[input.autocomplete] inputmode=[input.inputmode]
                    spellcheck=[input.is_code.then_some("false")] autocapitalize=[input.is_code.then_some("characters")]
                    aria-describedby=[described_by(field, &id)] aria-invalid=[field.error.map(|_| "true")];
                @if let Some(unit) = input.unit { span.unit { (unit) } }
            }
        }
    }
}

pub fn text_area(field: &Field, value: &str, rows: u32) -> Markup {
    let id = control_id(field.name);
    html! {
        div.field.wrong[field.error.is_some()] {
            (label(field, &id))
            // A line break right after the tag is not part of the text: HTML takes it away.
            textarea id=(id) name=(field.name) rows=(rows)
                aria-describedby=[described_by(field, &id)] aria-invalid=[field.error.map(|_| "true")] { "\n" (value) }
        }
    }
}

pub fn select(field: &Field, options: &Options) -> Markup {
    let id = control_id(field.name);
    html! {
        div.field.wrong[field.error.is_some()] {
            (label(field, &id))
            select id=(id) name=(field.name) aria-describedby=[described_by(field, &id)]
                aria-invalid=[field.error.map(|_| "true")] {
                @for option in options { option value=(option.value) selected[option.is_chosen] { (option.label) } }
            }
        }
    }
}

pub fn radios(field: &Field, options: &Options) -> Markup {
    choices(field, options, "radio")
}

pub fn checkboxes(field: &Field, options: &Options) -> Markup {
    choices(field, options, "checkbox")
}

fn choices(field: &Field, options: &Options, kind: &str) -> Markup {
    let id = control_id(field.name);
    html! {
        fieldset.field.wrong[field.error.is_some()] aria-describedby=[described_by(field, &id)] {
            legend { @if field.is_heading { h1 { (field.label) } } @else { (field.label) } }
            (hint_and_error(field, &id))
            @for (at, option) in options.iter().enumerate() {
                @let option_id = if at == 0 { id.clone() } else { format!("{id}-{}", at + 1) };
                @let hint_id = option.hint.map(|_| format!("{option_id}-what"));
                div.choice.apart[option.is_apart] {
                    input id=(option_id) type=(kind) name=(field.name) value=(option.value)
                        checked[option.is_chosen] aria-describedby=[hint_id.as_deref()];
                    label for=(option_id) { (option.label) }
                    @if let (Some(hint), Some(hint_id)) = (option.hint, &hint_id) { p.hint id=(hint_id) { (hint) } }
                }
            }
        }
    }
}

fn label(field: &Field, id: &str) -> Markup {
    html! {
        @if field.is_heading { h1 { label for=(id) { (field.label) } } } @else { label for=(id) { (field.label) } }
        (hint_and_error(field, id))
    }
}

fn hint_and_error(field: &Field, id: &str) -> Markup {
    html! {
        @if let Some(hint) = field.hint { p.hint id={ (id) "-hint" } { (hint) } }
        @if let Some(error) = field.error { p.error id={ (id) "-error" } { (error) } }
    }
}

fn described_by(field: &Field, id: &str) -> Option<String> {
    let hint = field.hint.map(|_| format!("{id}-hint"));
    let error = field.error.map(|_| format!("{id}-error"));
    match (hint, error) {
        (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
        (hint, error) => hint.or(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_describes_a_control_is_on_the_page() {
        let field = Field {
            name: "q.pay",
            label: "Pay",
            hint: Some("In pounds"),
            error: Some("Enter a number"),
            ..Field::default()
        };
        let page = text_input(&field, &Input::default()).into_string();
        assert!(page.contains(r#"aria-describedby="f-q-pay-hint f-q-pay-error""#), "{page}");
        assert!(page.contains(r#"id="f-q-pay-hint""#) && page.contains(r#"id="f-q-pay-error""#));
        assert!(page.contains(r#"label for="f-q-pay""#) && page.contains(r#"aria-invalid="true""#));
    }

    #[test]
    fn an_error_summary_leads_to_its_control() {
        let summary = error_summary(Lang::En, &[("q.pay".into(), "Enter a number".into())]).into_string();
        assert!(summary.contains(r##"href="#f-q-pay""##) && summary.contains("autofocus"), "{summary}");
        let choice = [Choice { value: "a", label: "A", ..Choice::default() }];
        let group = radios(&Field { name: "q.pay", label: "Pay", ..Field::default() }, &choice).into_string();
        assert!(group.contains(r#"id="f-q-pay" type="radio""#), "{group}");
    }

    #[test]
    fn what_people_typed_is_text_and_not_markup() {
        let input = Input { value: "\"><script>", ..Input::default() };
        let page = text_input(&Field { name: "x", label: "<b>", ..Field::default() }, &input).into_string();
        assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
    }
}
