//! Pages that fill from top to bottom, and what is on them.

use super::fonts::Shaper;
use super::lines::{Line, Piece, Run, broken};
use super::page::{BOTTOM, LEFT, MEASURE, TOP};
use super::tags::{Group, Leaf, Tags};
use crate::report::chart::Chart;
use crate::report::template::Colour;
use krilla::tagging::Tag;
use std::collections::BTreeMap;

/// Where something begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// From 0.
    pub page: usize,
    pub y: f32,
}

/// Something on a page. What has no leaf is no content: rules, and heads that are said
/// once more on the next page.
#[derive(Debug)]
pub enum Item<'a> {
    Text { x: f32, baseline: f32, piece: Piece, leaf: Option<Leaf>, link: Option<Leaf> },
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    Chart { x: f32, y: f32, width: f32, height: f32, chart: &'a Chart, figure: Group, leaf: Leaf },
    Logo { x: f32, y: f32, width: f32, height: f32, leaf: Leaf },
}

/// An entry of the outline that a reader unfolds beside the pages.
#[derive(Debug)]
pub struct Entry {
    pub title: String,
    pub level: usize,
    pub place: Place,
}

#[derive(Debug)]
pub struct Flow<'a> {
    pub pages: Vec<Vec<Item<'a>>>,
    pub tags: Tags,
    /// Where sections and anchors are, by their ids.
    pub places: BTreeMap<String, Place>,
    pub outline: Vec<Entry>,
    pub accent: Colour,
    pub shaper: Shaper,
    /// Where the next thing goes.
    page: usize,
    pub y: f32,
}

impl<'a> Flow<'a> {
    pub fn new(accent: Colour) -> Flow<'a> {
        Flow {
            pages: vec![Vec::new()],
            tags: Tags::new(Tag::Part),
            places: BTreeMap::new(),
            outline: Vec::new(),
            accent,
            shaper: Shaper::default(),
            page: 0,
            y: TOP,
        }
    }

    pub fn here(&self) -> Place {
        Place { page: self.page, y: self.y }
    }

    /// For what is set when the rest is.
    pub fn go_to(&mut self, place: Place) {
        (self.page, self.y) = (place.page, place.y);
    }

    pub fn new_page(&mut self) {
        if self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.page = self.pages.len();
            self.pages.push(Vec::new());
        }
        self.y = TOP;
    }

    /// Begins a page if so much does not fit on this one. True if it did.
    pub fn need(&mut self, height: f32) -> bool {
        let is_full = self.y + height > BOTTOM && self.y > TOP;
        if is_full {
            self.new_page();
        }
        is_full
    }

    /// Room between blocks: none at the top of a page.
    pub fn skip(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    pub fn put(&mut self, item: Item<'a>) {
        if let Some(page) = self.pages.get_mut(self.page) {
            page.push(item);
        }
    }

    /// A paragraph over the whole measure, or beside an indent.
    pub fn text(&mut self, runs: &[Run], group: Group, indent: f32) {
        let lines = broken(runs, MEASURE - indent, &mut self.shaper);
        // No line alone at the foot of a page, nor at its head.
        if lines.len() < 4 {
            self.need(lines.iter().map(|line| line.leading).sum());
        }
        for line in &lines {
            self.need(line.leading);
            let y = self.y;
            self.line(line, LEFT + indent, y, Some(group));
            self.y += line.leading;
        }
    }

    /// A line with its top at `y`; of a group, or no content.
    pub fn line(&mut self, line: &Line, x: f32, y: f32, group: Option<Group>) {
        let size = line.pieces.iter().map(|piece| piece.style.size).fold(0.0, f32::max);
        let baseline = y + (line.leading - size) / 2.0 + size * 0.86;
        for piece in &line.pieces {
            let linked = group.filter(|_| piece.link.is_some()).map(|group| self.tags.group(group, Tag::Link));
            let leaf = linked.or(group).map(|group| self.tags.leaf(group));
            let link = linked.map(|linked| self.tags.leaf(linked));
            self.put(Item::Text { x: x + piece.x, baseline, piece: piece.clone(), leaf, link });
        }
    }
}
