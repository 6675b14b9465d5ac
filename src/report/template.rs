//! How an organisation's papers look, and what is in them.

use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fmt;

/// What is chosen for a paper; saved, it is the organisation's template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// None: made from the campaign's name.
    pub title: Option<String>,
    pub committee: Option<String>,
    /// The day that stands on it; none: that of the release.
    pub date: Option<NaiveDate>,
    pub parts: BTreeSet<Part>,
    /// By which questions figures are split; none: by all that the release has.
    pub breakdowns: Option<Vec<String>>,
    pub look: Look,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Of headings' rules and of charts.
    pub accent: Colour,
    pub logo: Option<Logo>,
}

/// A picture as it was uploaded: PNG or JPEG.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    pub bytes: Vec<u8>,
    /// What is read out in its place.
    pub alt: String,
}

/// What a report can have in it, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Brief,
    Answered,
    Questions,
    Stayers,
    Comments,
    Workforce,
    Made,
}

impl Part {
    pub const ALL: [Part; 7] =
        [Part::Brief, Part::Answered, Part::Questions, Part::Stayers, Part::Comments, Part::Workforce, Part::Made];

    /// For files, forms and flags.
    pub fn code(self) -> &'static str {
        match self {
            Part::Brief => "brief",
            Part::Answered => "answered",
            Part::Questions => "questions",
            Part::Stayers => "stayers",
            Part::Comments => "comments",
            Part::Workforce => "workforce",
            Part::Made => "made",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Part::Brief => "In brief",
            Part::Answered => "Who answered",
            Part::Questions => "Every question",
            Part::Stayers => "Leavers and stayers",
            Part::Comments => "In their own words",
            Part::Workforce => "Workforce",
            Part::Made => "How this paper was made",
        }
    }

    pub fn from_code(code: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.code() == code)
    }
}

impl Default for Template {
    fn default() -> Self {
        Template {
            title: None,
            committee: None,
            date: None,
            parts: Part::ALL.into_iter().collect(),
            breakdowns: None,
            look: Look::default(),
        }
    }
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({:?}, {} bytes)", self.alt, self.bytes.len())
    }
}

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// What text and its ground must differ by (WCAG 2.2, success criterion 1.4.3), in
/// hundredths.
pub const LEAST_CONTRAST: u32 = 450;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColourProblem {
    #[error("{0:?} is not a colour: write # and six digits from 0 to 9 and a to f, as in #0b5c6b")]
    Unreadable(String),
    #[error(
        "{colour} on white has a contrast of {}.{:02} to 1, and text needs 4.5 to 1: choose a darker colour",
        .contrast / 100, .contrast % 100
    )]
    TooPale { colour: Colour, contrast: u32 },
}

impl Colour {
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };

    /// A colour that can be read on white, as `#rrggbb`.
    pub fn accent(text: &str) -> Result<Colour, ColourProblem> {
        let colour = Colour::parse(text).ok_or_else(|| ColourProblem::Unreadable(text.to_owned()))?;
        let contrast = colour.contrast(Colour::WHITE);
        if contrast < LEAST_CONTRAST { Err(ColourProblem::TooPale { colour, contrast }) } else { Ok(colour) }
    }

    fn parse(text: &str) -> Option<Colour> {
        let digits = text.trim().strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Colour { red, green, blue })
    }

    /// The ratio of WCAG 2.2's "contrast ratio" in hundredths, rounded down, so that what
    /// is said to be enough is.
    pub fn contrast(self, other: Colour) -> u32 {
        let (a, b) = (self.luminance(), other.luminance());
        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        (100..=2100).rev().find(|hundredths| f64::from(*hundredths) <= ratio * 100.0 + 1e-9).unwrap_or(100)
    }

    /// WCAG 2.2's "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// So many hundredths of it on white.
    pub fn tint(self, hundredths: u16) -> Colour {
        let mixed = |channel: u8| {
            let ink = u16::from(channel) * hundredths + 255 * (100 - hundredths);
            u8::try_from(ink / 100).unwrap_or(u8::MAX)
        };
        Colour { red: mixed(self.red), green: mixed(self.green), blue: mixed(self.blue) }
    }
}

/// Candour's own.
impl Default for Colour {
    fn default() -> Self {
        Colour { red: 0x7a, green: 0x32, blue: 0x63 }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_and_printed_as_it_was_written() {
        for text in ["#0b5c6b", "#000000", "#7A1F1F"] {
            assert_eq!(Colour::accent(text).unwrap().to_string(), text.to_lowercase());
        }
        for text in ["", "0b5c6b", "#0b5c6", "#0b5c6bb", "#gggggg", "red", "#+b5c6b"] {
            assert_eq!(Colour::accent(text), Err(ColourProblem::Unreadable(text.to_owned())), "{text}");
        }
    }

    /// The ratios of the W3C's own examples: black on white, and the greys on either side.
    #[test]
    fn a_colour_that_cannot_be_read_on_white_is_refused_with_its_contrast() {
        assert_eq!(Colour { red: 0, green: 0, blue: 0 }.contrast(Colour::WHITE), 2100);
        assert_eq!(Colour::accent("#767676").map(|grey| grey.contrast(Colour::WHITE)), Ok(454));
        let pale = Colour::accent("#777777").unwrap_err();
        assert!(pale.to_string().contains("a contrast of 4.47 to 1"), "{pale}");
        assert!(Colour::accent("#ffdd00").is_err() && Colour::default().contrast(Colour::WHITE) >= LEAST_CONTRAST);
    }

    #[test]
    fn parts_have_codes_of_their_own() {
        for part in Part::ALL {
            assert_eq!(Part::from_code(part.code()), Some(part));
        }
        assert_eq!(Part::from_code("nonesuch"), None);
    }
}
