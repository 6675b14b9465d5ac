//! Charts as pictures, for the formats that show no SVG. Drawn with fonts that are part
//! of Candour, so that they look the same on every machine.

use super::chart::Chart;
use super::fonts::{BOLD, REGULAR};
use super::template::Colour;
use super::xml::clean;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// A PNG of so many dots across, on white; empty if it cannot be drawn, which no chart
/// of ours brings about.
pub fn png(chart: &Chart, accent: Colour, width: u32) -> Vec<u8> {
    draw(chart, accent, width).unwrap_or_default()
}

/// Whether it is a PNG whose dots can be unpacked.
pub fn is_png(bytes: &[u8]) -> bool {
    Pixmap::decode_png(bytes).is_ok()
}

/// A chart as paths and texts.
pub fn tree(chart: &Chart, accent: Colour) -> Result<Tree, resvg::usvg::Error> {
    let options = Options { fontdb: FONTS.clone(), font_family: "Noto Sans".to_owned(), ..Options::default() };
    Tree::from_str(&clean(&chart.svg(accent).into_string()), &options)
}

fn draw(chart: &Chart, accent: Colour, width: u32) -> Option<Vec<u8>> {
    let tree = tree(chart, accent).ok()?;
    let size = tree.size().to_int_size().scale_to_width(width)?;
    let scale = |dots: u32, units: f32| u16::try_from(dots).ok().map(|dots| f32::from(dots) / units);
    let transform =
        Transform::from_scale(scale(size.width(), tree.size().width())?, scale(size.height(), tree.size().height())?);
    let mut picture = Pixmap::new(size.width(), size.height())?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, transform, &mut picture.as_mut());
    picture.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::percent::figure;
    use crate::report::chart::{Bar, Kind};

    fn chart(label: &str) -> Chart {
        Chart {
            id: "c".to_owned(),
            title: "Reasons".to_owned(),
            description: "Bars".to_owned(),
            kind: Kind::Bars(vec![Bar { label: label.to_owned(), figure: figure(12, 18) }]),
        }
    }

    /// How many dots are not white, of how many.
    fn ink(png: &[u8]) -> (usize, u32, u32) {
        let picture = Pixmap::decode_png(png).unwrap();
        let dark = picture.pixels().iter().filter(|dot| dot.red() < 250).count();
        (dark, picture.width(), picture.height())
    }

    #[test]
    fn a_chart_is_a_picture_of_the_width_that_is_asked_for_with_its_words_in_it() {
        let accent = Colour::default();
        let (silent, width, height) = ink(&png(&chart(""), accent, 600));
        let (spoken, ..) = ink(&png(&chart("Pay and conditions"), accent, 600));
        assert!(width == 600 && height > 30, "{width} by {height}");
        assert!(silent > 1000 && spoken > silent + 300, "{silent} and {spoken}");
    }

    #[test]
    fn whatever_is_in_a_label_a_chart_is_drawn_and_the_same_twice() {
        for label in ["<b>&\"'", "\u{9aa}\u{9c7}\u{9b6}\u{9be}", "\u{1f600}", "a\u{0}b\u{1b}c\u{fffe}"] {
            let [one, two] = [(); 2].map(|()| png(&chart(label), Colour::default(), 300));
            assert!(!one.is_empty() && one == two, "{label:?}");
        }
    }
}
