//! The organisation's logo, as it was uploaded.

use crate::report::picture;
use krilla::image::Image;

/// PNG or JPEG; none if it is neither, or cannot be opened. Its dots stay as they are:
/// PDF/A has no smoothing between them.
pub fn image(bytes: &[u8]) -> Option<Image> {
    let data = || krilla::Data::from(bytes.to_vec());
    let png = || Image::from_png(data(), false).ok().filter(|_| picture::is_png(bytes));
    png().or_else(|| Image::from_jpeg(data(), false).ok())
}

/// In dots.
pub fn size(bytes: &[u8]) -> Option<(f32, f32)> {
    let (width, height) = image(bytes)?.size();
    let dots = |number: u32| u16::try_from(number).ok().filter(|number| *number > 0).map(f32::from);
    Some((dots(width)?, dots(height)?))
}
