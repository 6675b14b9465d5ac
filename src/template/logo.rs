//! Whether a file is a picture that a paper can have in it: PNG or JPEG, whole, and
//! not so large that it fills the page or the memory of whoever opens it.

use crate::report::picture;
use flate2::Crc;

/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub const MAX_BYTES: usize = 200_000;
/// Pixels, either way.
pub const MAX_SIDE: u32 = 2000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoProblem {
    #[error("The logo is larger than {} kB: save it smaller", MAX_BYTES / 1000)]
    TooLarge,
    #[error("The logo is {width} by {height} pixels: make it {MAX_SIDE} by {MAX_SIDE} at most")]
    TooWide { width: u32, height: u32 },
    #[error("The logo is neither a PNG nor a JPEG picture: save it as one of them")]
    NotAPicture,
    #[error("The logo is damaged: save it again, as PNG or JPEG")]
    Damaged,
}

/// Width and height of a picture that is good.
pub fn read_logo(bytes: &[u8]) -> Result<(u32, u32), LogoProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(LogoProblem::TooLarge);
    }
    let (width, height) = if let Some(rest) = bytes.strip_prefix(PNG) {
        png(rest).ok_or(LogoProblem::Damaged)?
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        jpeg(bytes).ok_or(LogoProblem::Damaged)?
    } else {
        return Err(LogoProblem::NotAPicture);
    };
    if width == 0 || height == 0 {
        return Err(LogoProblem::Damaged);
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(LogoProblem::TooWide { width, height });
    }
    if bytes.starts_with(PNG) && !picture::is_png(bytes) {
        return Err(LogoProblem::Damaged);
    }
    Ok((width, height))
}

/// The size in the first chunk, if all chunks are whole (ISO/IEC 15948, clause 5).
fn png(mut rest: &[u8]) -> Option<(u32, u32)> {
    let mut size = None;
    let mut has_data = false;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (chunk, after) = after.split_at_checked(length.checked_add(4)?)?;
        let (sum, after) = after.split_first_chunk::<4>()?;
        let mut crc = Crc::new();
        crc.update(chunk);
        if crc.sum() != u32::from_be_bytes(*sum) {
            return None;
        }
        let (kind, data) = chunk.split_first_chunk::<4>()?;
        match (kind, size) {
            (b"IHDR", None) => size = Some((number(data, 0)?, number(data, 4)?)),
            (_, None) | (b"IHDR", _) => return None,
            (b"IDAT", _) => has_data = true,
            (b"IEND", _) => return size.filter(|_| has_data),
            _ => {}
        }
        rest = after;
    }
}

fn number(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes))
}

/// The size in the frame's header, if a scan follows and the picture ends (ITU-T T.81,
/// annex B).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    let mut size = None;
    loop {
        let (marker, after) = rest.split_first_chunk::<2>()?;
        let [0xff, kind] = *marker else { return None };
        // Fill bytes may stand before a marker.
        if kind == 0xff {
            rest = rest.get(1..)?;
            continue;
        }
        let (length, _) = after.split_first_chunk::<2>()?;
        let (segment, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        match kind {
            // Frames of all processes; the three between are tables.
            0xc0..=0xcf if !matches!(kind, 0xc4 | 0xc8 | 0xcc) => size = Some(frame(segment)?),
            0xda => return size.filter(|_| after.windows(2).any(|end| end == [0xff, 0xd9])),
            _ => {}
        }
        rest = after;
    }
}

fn frame(segment: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| segment.get(at..)?.first_chunk::<2>().map(|bytes| u32::from(u16::from_be_bytes(*bytes)));
    Some((side(5)?, side(3)?))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::ZlibEncoder;
    use proptest::prelude::*;
    use std::io::Read;

    /// Of one colour, in grey.
    pub fn png(width: u32, height: u32) -> Vec<u8> {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let body = [kind, data].concat();
            let mut crc = Crc::new();
            crc.update(&body);
            [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &crc.sum().to_be_bytes()].concat()
        };
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
        let (dots, mut data) = (vec![0; usize::try_from((width + 1) * height).unwrap()], Vec::new());
        ZlibEncoder::new(dots.as_slice(), Compression::fast()).read_to_end(&mut data).unwrap();
        [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &data), &chunk(b"IEND", &[])].concat()
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let frame = [&[0, 8, 8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[0]].concat();
        [
            &[0xff, 0xd8, 0xff, 0xe0, 0, 4, b'J', b'F', 0xff, 0xff, 0xc2][..],
            &frame,
            &[0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9],
        ]
        .concat()
    }

    #[test]
    fn the_size_of_a_picture_is_read() {
        assert_eq!(read_logo(&png(300, 120)), Ok((300, 120)));
        assert_eq!(read_logo(&jpeg(300, 120)), Ok((300, 120)));
    }

    #[test]
    fn what_is_too_large_or_no_picture_is_refused_with_what_to_do() {
        assert_eq!(read_logo(&png(2001, 1)), Err(LogoProblem::TooWide { width: 2001, height: 1 }));
        assert_eq!(read_logo(&jpeg(1, 2001)), Err(LogoProblem::TooWide { width: 1, height: 2001 }));
        assert_eq!(read_logo(&png(0, 5)), Err(LogoProblem::Damaged));
        assert_eq!(read_logo(&[0x89; 200_001]), Err(LogoProblem::TooLarge));
        for other in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", b"%PDF-1.7"] {
            assert_eq!(read_logo(other), Err(LogoProblem::NotAPicture));
        }
        assert!(LogoProblem::TooLarge.to_string().contains("200 kB"));
    }

    #[test]
    fn a_picture_that_breaks_off_or_was_changed_is_damaged() {
        for whole in [png(9, 9), jpeg(9, 9)] {
            for end in 8..whole.len() {
                assert!(read_logo(&whole[..end]).is_err(), "{end} of {}", whole.len());
            }
        }
        let whole = png(9, 9);
        for at in 8..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(read_logo(&changed).is_err(), "{at}");
        }
    }

    #[test]
    fn dots_that_cannot_be_unpacked_are_damaged_though_every_sum_is_right() {
        let whole = png(9, 9);
        let at = whole.windows(4).position(|kind| kind == b"IDAT").unwrap();
        let length = usize::try_from(u32::from_be_bytes(*whole[at - 4..].first_chunk().unwrap())).unwrap();
        let mut changed = whole.clone();
        changed[at + 4..at + 4 + length].fill(7);
        let mut crc = Crc::new();
        crc.update(&changed[at..at + 4 + length]);
        changed[at + 4 + length..at + 8 + length].copy_from_slice(&crc.sum().to_be_bytes());
        assert_eq!(read_logo(&changed), Err(LogoProblem::Damaged));
    }

    proptest! {
        #[test]
        fn no_file_makes_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..300), start in 0_usize..3) {
            let magic = [&b""[..], b"\x89PNG\r\n\x1a\n", &[0xff, 0xd8, 0xff]][start];
            let _ = read_logo(&[magic, &bytes].concat());
        }
    }
}
