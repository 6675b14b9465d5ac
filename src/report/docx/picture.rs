//! Charts and logos, in the line of the text.

use super::super::chart::Chart;
use super::super::picture::png;
use super::super::template::Logo;
use super::super::xml::clean;
use super::parts::Parts;
use super::text::plain;
use maud::{Markup, html};

/// English Metric Units, of which a centimetre has 360 000.
const CENTIMETRE: u64 = 360_000;
/// A chart's letters are then as large as those of the text.
const CHART_WIDTH: u64 = 105 * CENTIMETRE / 10;
/// So that it fits on a page with its heading.
const CHART_HEIGHT: u64 = 21 * CENTIMETRE;
const CHART_DOTS: u32 = 920;
const LOGO_WIDTH: u64 = 6 * CENTIMETRE;
const LOGO_HEIGHT: u64 = 2 * CENTIMETRE;

pub fn chart(chart: &Chart, parts: &mut Parts) -> Markup {
    let picture = png(chart, parts.accent, CHART_DOTS);
    in_line("Chart", picture, &chart.alternative(), [CHART_WIDTH, CHART_HEIGHT], parts)
}

pub fn logo(logo: &Logo, parts: &mut Parts) -> Markup {
    in_line("Organisation", logo.bytes.clone(), &logo.alt, [LOGO_WIDTH, LOGO_HEIGHT], parts)
}

/// As large as `most` allows; what is no picture stands there in words.
fn in_line(style: &str, bytes: Vec<u8>, alternative: &str, most: [u64; 2], parts: &mut Parts) -> Markup {
    let Some(Format { extension, size }) = format(&bytes) else { return plain(style, alternative) };
    let [width, height] = fitted(size, most);
    let number = parts.picture(bytes, extension);
    let (name, words) = (format!("Picture {number}"), clean(alternative));
    html! {
        w:p { w:pPr { w:pStyle w:val=(style) {} } w:r { w:drawing {
            wp:inline distT="0" distB="0" distL="0" distR="0" {
                wp:extent cx=(width) cy=(height) {}
                wp:docPr id=(number) name=(name) descr=(words) {}
                wp:cNvGraphicFramePr { a:graphicFrameLocks noChangeAspect="1" {} }
                a:graphic { a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture" {
                    pic:pic {
                        pic:nvPicPr { pic:cNvPr id=(number) name=(name) descr=(words) {} pic:cNvPicPr {} }
                        pic:blipFill { a:blip r:embed={ "picture" (number) } {} a:stretch { a:fillRect {} } }
                        pic:spPr {
                            a:xfrm { a:off x="0" y="0" {} a:ext cx=(width) cy=(height) {} }
                            a:prstGeom prst="rect" { a:avLst {} }
                        }
                    }
                } }
            }
        } } }
    }
}

fn fitted([width, height]: [u64; 2], [most_width, most_height]: [u64; 2]) -> [u64; 2] {
    let at_full_width = most_width * height / width;
    if at_full_width <= most_height {
        [most_width, at_full_width.max(1)]
    } else {
        [(most_height * width / height).max(1), most_height]
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Format {
    extension: &'static str,
    /// Width and height in dots, neither 0.
    size: [u64; 2],
}

/// PNG and JPEG say in their first bytes how large they are.
fn format(bytes: &[u8]) -> Option<Format> {
    let (extension, size) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => ("png", [four(bytes.get(16..20)?)?, four(bytes.get(20..24)?)?]),
        [0xff, 0xd8, frames @ ..] => ("jpeg", jpeg(frames)?),
        _ => return None,
    };
    (!size.contains(&0)).then_some(Format { extension, size })
}

/// The size is in the first frame header (SOF) among the segments (ITU-T T.81, annex B).
fn jpeg(mut segments: &[u8]) -> Option<[u64; 2]> {
    loop {
        match segments {
            [0xff, 0xff, rest @ ..] => segments = segments.get(segments.len() - rest.len() - 1..)?,
            [
                0xff,
                0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf,
                _,
                _,
                _,
                height,
                lower,
                width,
                narrower,
                ..,
            ] => {
                return Some([[*width, *narrower], [*height, *lower]].map(|two| u16::from_be_bytes(two).into()));
            }
            [0xff, _, long, short, rest @ ..] => {
                let length = usize::from(u16::from_be_bytes([*long, *short]));
                segments = rest.get(length.checked_sub(2)?..)?;
            }
            _ => return None,
        }
    }
}

fn four(bytes: &[u8]) -> Option<u64> {
    bytes.try_into().ok().map(|four| u32::from_be_bytes(four).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_how_large_it_is_or_is_none() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 1, 0, 0, 0, 0, 80]].concat();
        assert_eq!(format(&png), Some(Format { extension: "png", size: [256, 80] }));
        let jpeg = [b"\xff\xd8\xff\xe0\0\x04ab\xff".as_slice(), b"\xff\xc2\0\x0b\x08\x00\x50\x01\x00\x03"].concat();
        assert_eq!(format(&jpeg), Some(Format { extension: "jpeg", size: [256, 80] }));
        let flat = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 1, 0, 0, 0, 0, 0]].concat();
        for bytes in
            [b"".as_slice(), b"GIF89a", b"\x89PNG", b"\xff\xd8", b"\xff\xd8\xff\xe0\0\0", b"\xff\xd8\xff\xff", &flat]
        {
            assert_eq!(format(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_picture_keeps_its_shape_and_fits() {
        assert_eq!(fitted([920, 460], [1000, 600]), [1000, 500]);
        assert_eq!(fitted([920, 9200], [1000, 600]), [60, 600]);
        assert_eq!(fitted([u32::MAX.into(), 1], [1000, 600]), [1000, 1]);
    }
}
