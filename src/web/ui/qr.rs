//! A letter's link, or a ticket, as a QR code.

use maud::{Markup, PreEscaped, html};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// The light margin that scanners need: ISO/IEC 18004 asks for four modules.
const QUIET: usize = 4;

/// An SVG image of `text`, called `label`, with its margin; one dark path on white, no
/// style that a content security policy would stop. None if the text is too long
/// (several thousand characters).
pub fn qr(text: &str, label: &str) -> Option<Markup> {
    // Quartile: a quarter may be smudged, folded or stamped over.
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        }
    }
    let (view, light) = (format!("0 0 {side} {side}"), format!("M0 0h{side}v{side}H0z"));
    Some(html! {
        svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox=(view) role="img" aria-label=(label)
            shape-rendering="crispEdges" {
            (PreEscaped(format!("<path fill=\"#fff\" d=\"{light}\"/><path fill=\"#000\" d=\"{path}\"/>")))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the image back as modules, margin and all.
    fn modules(svg: &str) -> (usize, Vec<bool>) {
        let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let mut dark = vec![false; side * side];
        let path = svg.split("#000\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for module in path.split('M').skip(1) {
            let mut numbers = module.split('h').next().unwrap().split(' ').map(|n| n.parse::<usize>().unwrap());
            let (x, y) = (numbers.next().unwrap(), numbers.next().unwrap());
            dark[y * side + x] = true;
        }
        (side, dark)
    }

    #[test]
    fn a_scanner_reads_the_link_back() {
        let link = "https://candour.milbury.gov.uk/i/ABCD-EFGH-JKMN";
        let (side, dark) = modules(&qr(link, "QR code").unwrap().into_string());
        // Eight pixels a module, as a camera might see it.
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 8, side * 8, |x, y| {
            if dark[y / 8 * side + x / 8] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, link);
    }

    #[test]
    fn the_margin_is_light_and_nothing_is_styled() {
        let svg = qr("https://candour.example.org/i/ABCD-EFGH-JKMN", "QR code").unwrap().into_string();
        let (side, dark) = modules(&svg);
        let in_margin = |at: usize| at < QUIET || at >= side - QUIET;
        assert!((0..side * side).all(|at| !dark[at] || !(in_margin(at % side) || in_margin(at / side))));
        assert!(!svg.contains("style"));
    }
}
