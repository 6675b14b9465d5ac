//! The contents: what is in the report, and on which page.

use super::blocks::heading;
use super::flow::{Entry, Flow, Item, Place};
use super::lines::{Run, broken};
use super::page::{BODY, LEFT, MEASURE, RULE, Style};
use super::tags::{Group, Tags};
use crate::report::model::{Report, Section};
use krilla::tagging::Tag;

/// Room for the number of a page.
const NUMBER: f32 = 28.0;

/// An entry whose number is still to come.
#[derive(Debug)]
pub struct Unnumbered<'a> {
    section: &'a str,
    style: Style,
    item: Group,
    /// Of its last line, and where that ends.
    place: Place,
    end: f32,
}

/// What is in the report. The numbers of the pages are set by [`number`].
pub fn contents<'a>(report: &'a Report, flow: &mut Flow) -> Vec<Unnumbered<'a>> {
    flow.new_page();
    let style = Style::of(18.0, flow.accent).bold();
    let group = flow.tags.group(Tags::DOCUMENT, heading(2, "Contents"));
    flow.outline.push(Entry { title: "Contents".to_owned(), level: 2, place: flow.here() });
    flow.text(&[Run::new("Contents", style)], group, 0.0);
    flow.skip(4.0);
    let toc = flow.tags.group(Tags::DOCUMENT, Tag::TOC);
    let mut entries = Vec::new();
    for part in &report.parts {
        entries.push(entry(part, 0.0, BODY.bold(), toc, flow));
        for section in &part.sections {
            entries.push(entry(section, 14.0, BODY, toc, flow));
            if part.id == "questions" {
                let style = Style { size: 9.5, leading: 13.0, ..BODY };
                entries.extend(section.sections.iter().map(|question| entry(question, 28.0, style, toc, flow)));
            }
        }
    }
    entries
}

fn entry<'a>(section: &'a Section, indent: f32, style: Style, toc: Group, flow: &mut Flow) -> Unnumbered<'a> {
    let link = Some(format!("#{}", section.id));
    let lines = broken(&[Run::new(&section.title, style).linked(link)], MEASURE - indent - NUMBER, &mut flow.shaper);
    flow.need(lines.iter().map(|line| line.leading).sum());
    let item = flow.tags.group(toc, Tag::TOCI);
    let group = flow.tags.group(item, Tag::Reference);
    let (mut place, mut end) = (flow.here(), 0.0);
    for line in &lines {
        (place, end) = (flow.here(), LEFT + indent + line.width);
        flow.line(line, LEFT + indent, place.y, Some(group));
        flow.y += line.leading;
    }
    flow.skip(1.5);
    Unnumbered { section: &section.id, style, item, place, end }
}

/// Sets the numbers at the right, and a rule that leads to each.
pub fn number(entries: Vec<Unnumbered<'_>>, flow: &mut Flow) {
    let last = flow.here();
    for Unnumbered { section, style, item, place, end } in entries {
        let Some(found) = flow.places.get(section) else { continue };
        let runs = [Run::new(&(found.page + 1).to_string(), style)];
        for number in broken(&runs, NUMBER, &mut flow.shaper).iter().take(1) {
            let x = LEFT + MEASURE - number.width;
            let (y, width) = (place.y + style.leading * 0.72, (x - end - 12.0).max(0.0));
            flow.go_to(place);
            flow.put(Item::Box { x: end + 6.0, y, width, height: 0.4, colour: RULE });
            flow.line(number, x, place.y, Some(item));
        }
    }
    flow.go_to(last);
}
