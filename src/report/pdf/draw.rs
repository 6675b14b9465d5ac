//! Pages as krilla writes them: every item drawn, and its place in the tag tree filled.

use super::PdfError;
use super::chart::printable;
use super::flow::{Entry, Flow, Item, Place};
use super::fonts::{Fonts, Shaper};
use super::image;
use super::lines::{Piece, Run, broken};
use super::page::{FOOTER, HEIGHT, LEFT, MEASURE, NOTE, WIDTH};
use super::tags::{Leaf, Tags};
use crate::report::chart::Chart;
use crate::report::model::Report;
use crate::report::picture;
use crate::report::template::Colour;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::ConfigurationBuilder;
use krilla::configure::validate::{Accessibility, Archival};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag, Tag};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use std::collections::BTreeMap;

/// The language of reports.
const LANG: &str = "en-GB";

pub fn document(report: &Report, flow: Flow) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let fonts = Fonts::load().ok_or_else(|| PdfError("a font could not be read".to_owned()))?;
    let Flow { pages, tags, places, outline, mut shaper, accent, .. } = flow;
    let mut drawing = Drawing { report, fonts, tags, places: &places, accent, pages: pages.len() };
    for (number, items) in pages.iter().enumerate() {
        drawing.page(&mut document, number, items, &mut shaper)?;
    }
    document.set_outline(outlined(&outline));
    document.set_metadata(metadata(report));
    document.set_tag_tree(drawing.tags.tree(LANG));
    document.finish().map_err(|error| PdfError(format!("{error:?}")))
}

struct Drawing<'a> {
    report: &'a Report,
    fonts: Fonts,
    tags: Tags,
    places: &'a BTreeMap<String, Place>,
    accent: Colour,
    pages: usize,
}

/// A link to be laid over its text when the page is drawn.
struct Linked {
    area: Rect,
    to: String,
    text: String,
    leaf: Leaf,
}

impl Drawing<'_> {
    fn page(
        &mut self,
        document: &mut Document,
        number: usize,
        items: &[Item],
        shaper: &mut Shaper,
    ) -> Result<(), PdfError> {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError("no page".to_owned()))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        let mut links = Vec::new();
        // What went wrong is told when the surface is as krilla wants it.
        let drawn: Result<(), PdfError> =
            items.iter().try_for_each(|item| self.item(&mut surface, number, item, &mut links));
        self.footer(&mut surface, number, shaper);
        surface.finish();
        drawn?;
        for link in links {
            let Some(target) = self.target(&link.to) else { continue };
            let annotation = Annotation::new_link(LinkAnnotation::new(link.area, target), Some(link.text));
            self.tags.place(link.leaf, page.add_tagged_annotation(annotation));
        }
        page.finish();
        Ok(())
    }

    fn item(
        &mut self,
        surface: &mut Surface,
        page: usize,
        item: &Item,
        links: &mut Vec<Linked>,
    ) -> Result<(), PdfError> {
        match item {
            Item::Text { x, baseline, piece, leaf, link } => {
                self.text(surface, *x, *baseline, piece, *leaf);
                let area = Rect::from_xywh(*x, baseline - piece.style.size, piece.width, piece.style.size * 1.3);
                if let (Some(leaf), Some(to), Some(area)) = (link, &piece.link, area) {
                    links.push(Linked { area, to: to.clone(), text: piece.text.clone(), leaf: *leaf });
                }
            }
            Item::Box { x, y, width, height, colour } => {
                if let Some(area) = Rect::from_xywh(*x, *y, *width, *height) {
                    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                    filled(surface, area, *colour);
                    surface.end_tagged();
                }
            }
            Item::Chart { x, y, width, height, chart, figure, leaf } => {
                let area = Rect::from_xywh(*x, *y, *width, *height);
                let tag = Tag::Figure(Some(chart.alternative())).with_bbox(area.map(|area| BBox::new(page, area)));
                self.tags.retag(*figure, tag);
                let identifier = surface.start_tagged(ContentTag::Other);
                let done = drawn(surface, chart, self.accent, [*x, *y, *width, *height]);
                surface.end_tagged();
                self.tags.place(*leaf, identifier);
                done?;
            }
            Item::Logo { x, y, width, height, leaf } => self.logo(surface, [*x, *y, *width, *height], *leaf),
        }
        Ok(())
    }

    fn text(&mut self, surface: &mut Surface, x: f32, baseline: f32, piece: &Piece, leaf: Option<Leaf>) {
        let span = SpanTag { lang: None, alt_text: None, expanded: None, actual_text: piece.meant.as_deref() };
        let tag = match leaf {
            Some(_) => ContentTag::Span(span),
            None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
        };
        let identifier = surface.start_tagged(tag);
        surface.set_fill(Some(fill(piece.style.colour)));
        let font = self.fonts.font(piece.style.is_bold);
        surface.draw_glyphs(Point::from_xy(x, baseline), &piece.glyphs, font, &piece.text, piece.style.size, false);
        surface.end_tagged();
        if let Some(leaf) = leaf {
            self.tags.place(leaf, identifier);
        }
    }

    /// What this is, and which page of how many.
    fn footer(&mut self, surface: &mut Surface, number: usize, shaper: &mut Shaper) {
        let page = format!("Page {} of {}", number + 1, self.pages);
        let name = format!("{}, {}", self.report.organisation, self.report.title);
        for (text, is_right) in [(name, false), (page, true)] {
            let lines = broken(&[Run::new(&text, NOTE)], MEASURE * 0.8, shaper);
            for line in lines.iter().take(1) {
                let x = if is_right { LEFT + MEASURE - line.width } else { LEFT };
                for piece in &line.pieces {
                    self.text(surface, x + piece.x, FOOTER, piece, None);
                }
            }
        }
    }

    fn logo(&mut self, surface: &mut Surface, [x, y, width, height]: [f32; 4], leaf: Leaf) {
        let Some(logo) = &self.report.look.logo else { return };
        let (Some(image), Some(size)) = (image::image(&logo.bytes), Size::from_wh(width, height)) else { return };
        let identifier = surface.start_tagged(ContentTag::Other);
        surface.push_transform(&Transform::from_translate(x, y));
        surface.draw_image(image, size);
        surface.pop();
        surface.end_tagged();
        self.tags.place(leaf, identifier);
    }

    /// A place in the report, or an address elsewhere.
    fn target(&self, to: &str) -> Option<Target> {
        match to.strip_prefix('#') {
            Some(id) => self.places.get(id).map(|place| Target::Destination(destination(*place).into())),
            None => Some(Target::Action(LinkAction::new(to.to_owned()).into())),
        }
    }
}

fn drawn(
    surface: &mut Surface,
    chart: &Chart,
    accent: Colour,
    [x, y, width, height]: [f32; 4],
) -> Result<(), PdfError> {
    let tree = picture::tree(&printable(chart), accent).map_err(|error| PdfError(error.to_string()))?;
    let size = Size::from_wh(width, height).ok_or_else(|| PdfError("a chart without a size".to_owned()))?;
    surface.push_transform(&Transform::from_translate(x, y));
    let done = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.pop();
    done.ok_or_else(|| PdfError("a chart could not be drawn".to_owned()))
}

fn filled(surface: &mut Surface, area: Rect, colour: Colour) {
    let mut path = PathBuilder::new();
    path.push_rect(area);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(fill(colour)));
        surface.set_stroke(None);
        surface.draw_path(&path);
    }
}

fn fill(colour: Colour) -> Fill {
    let Colour { red, green, blue } = colour;
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn destination(place: Place) -> XyzDestination {
    XyzDestination::new(place.page, Point::from_xy(0.0, place.y))
}

/// Every heading, under the one before it of a higher level.
fn outlined(entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while let Some(level) = rest.first().map(|entry| entry.level) {
        let (node, after) = node(rest, level);
        outline.push_child(node);
        rest = after;
    }
    outline
}

/// The first entry with all below it, and what comes after.
fn node(entries: &[Entry], level: usize) -> (OutlineNode, &[Entry]) {
    let Some((first, mut rest)) = entries.split_first() else {
        return (OutlineNode::new(String::new(), destination(Place { page: 0, y: 0.0 })), entries);
    };
    let mut grown = OutlineNode::new(first.title.clone(), destination(first.place)).with_open(level < 2);
    while let Some(next) = rest.first().filter(|next| next.level > level) {
        let (child, after) = node(rest, next.level);
        grown.push_child(child);
        rest = after;
    }
    (grown, rest)
}

/// Nothing in it is of the moment: of the same report, the same bytes.
fn metadata(report: &Report) -> Metadata {
    use chrono::Datelike;
    let day = report.date;
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or(2000)).month(small(day.month())).day(small(day.day()));
    Metadata::new()
        .title(format!("{}, {}", report.title, report.organisation))
        .description(report.subtitle.clone())
        .language(LANG.to_owned())
        .authors(vec![report.organisation.clone()])
        .creator("Candour".to_owned())
        .creation_date(date.hour(0).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0))
        .text_direction(TextDirection::LeftToRight)
}
