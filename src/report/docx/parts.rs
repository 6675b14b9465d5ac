//! What the document refers to: places within it, addresses outside, pictures.

use super::super::Report;
use super::super::model::{Block, Section, Span};
use super::super::template::Colour;
use std::collections::BTreeMap;

/// Gathered while the document is written.
#[derive(Debug)]
pub struct Parts<'a> {
    pub accent: Colour,
    /// A number for every id that a link can lead to.
    places: BTreeMap<&'a str, usize>,
    pub links: Vec<String>,
    pub pictures: Vec<Picture>,
}

#[derive(Debug)]
pub struct Picture {
    pub bytes: Vec<u8>,
    pub extension: &'static str,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// The name of a bookmark.
    Here(String),
    /// The id of a relationship.
    Outside(String),
    /// To a part that is not in this report, or to an address without a host.
    Nowhere,
}

impl<'a> Parts<'a> {
    pub fn of(report: &'a Report) -> Parts<'a> {
        let ids = report.parts.iter().flat_map(ids);
        let mut places = BTreeMap::new();
        for id in ids {
            let number = places.len() + 1;
            places.entry(id).or_insert(number);
        }
        Parts { accent: report.look.accent, places, links: Vec::new(), pictures: Vec::new() }
    }

    /// The number and the name of the bookmark of an id. Word takes 40 letters, digits and
    /// underscores, and hides names that begin with an underscore.
    pub fn bookmark(&self, id: &str) -> Option<(usize, String)> {
        self.places.get(id).map(|number| (*number, format!("_Toc{number:08}")))
    }

    pub fn target(&mut self, to: &str) -> Target {
        if let Some(id) = to.strip_prefix('#') {
            return self.bookmark(id).map_or(Target::Nowhere, |(_, name)| Target::Here(name));
        }
        if !["https://", "http://", "mailto:"].iter().any(|scheme| to.starts_with(scheme)) {
            return Target::Nowhere;
        }
        let known = self.links.iter().position(|link| link == to);
        let at = known.unwrap_or_else(|| {
            self.links.push(to.to_owned());
            self.links.len() - 1
        });
        Target::Outside(format!("link{}", at + 1))
    }

    /// The number of a picture; `picture` and that is the id of its relationship.
    pub fn picture(&mut self, bytes: Vec<u8>, extension: &'static str) -> usize {
        self.pictures.push(Picture { bytes, extension });
        self.pictures.len()
    }
}

/// Of a section, of the anchors in it, and of the sections in it.
fn ids(section: &Section) -> Vec<&str> {
    let spans = section.blocks.iter().flat_map(spans);
    let anchors = spans.filter_map(|span| if let Span::Anchor(id) = span { Some(id.as_str()) } else { None });
    let inner = section.sections.iter().flat_map(ids);
    std::iter::once(section.id.as_str()).chain(anchors).chain(inner).collect()
}

fn spans(block: &Block) -> Vec<&Span> {
    match block {
        Block::Paragraph(paragraph) => paragraph.spans.iter().collect(),
        Block::List(items) => items.iter().flatten().collect(),
        Block::Facts(facts) => facts.iter().flat_map(|(_, spans)| spans).collect(),
        Block::Table(_) | Block::Chart(_) | Block::Pair(..) | Block::Quote(_) => Vec::new(),
    }
}
