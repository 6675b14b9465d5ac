//! The page: A4 in points, and the sizes of what stands on it.

use crate::report::template::Colour;

pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 56.7;
pub const TOP: f32 = 56.7;
/// Where the text ends: the footer is below.
pub const BOTTOM: f32 = 776.0;
pub const FOOTER: f32 = 804.0;
/// Of the text.
pub const MEASURE: f32 = WIDTH - 2.0 * LEFT;

pub const INK: Colour = Colour { red: 0x1f, green: 0x1f, blue: 0x1f };
/// For what can be passed over: 7 to 1 on white.
pub const SOFT: Colour = Colour { red: 0x55, green: 0x50, blue: 0x58 };
pub const RULE: Colour = Colour { red: 0xc9, green: 0xc4, blue: 0xcb };
pub const TINT: Colour = Colour { red: 0xf1, green: 0xee, blue: 0xf2 };

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
    pub is_bold: bool,
    pub colour: Colour,
}

impl Style {
    pub const fn of(size: f32, colour: Colour) -> Style {
        Style { size, leading: size * 1.42, is_bold: false, colour }
    }

    pub const fn bold(self) -> Style {
        Style { is_bold: true, ..self }
    }

    pub const fn in_colour(self, colour: Colour) -> Style {
        Style { colour, ..self }
    }
}

pub const BODY: Style = Style::of(10.5, INK);
pub const LEAD: Style = Style::of(12.0, INK);
pub const BASE: Style = Style::of(9.5, SOFT);
pub const NOTE: Style = Style::of(8.5, SOFT);
pub const CELL: Style = Style { leading: 11.5, ..Style::of(8.5, INK) };
pub const CELL_NOTE: Style = Style { leading: 9.5, ..Style::of(7.0, SOFT) };
