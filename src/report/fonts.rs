//! The typeface of reports: part of Candour, so that they look the same on every machine.

/// Noto Sans: Latin with all that Welsh and its neighbours want, Greek, Cyrillic and
/// Devanagari. SIL Open Font License, in `fonts/OFL.txt`.
pub const REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
pub const BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");
