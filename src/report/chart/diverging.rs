//! Scales as bars on either side of a line: what is favourable to its right, what is
//! not to its left, what is neither half on each side.

use super::text::{LINE, lines, wrapped};
use super::{Drawing, FULL, INK, Shares, Stack, WIDTH, units};
use crate::release::Tenths;
use crate::report::model::NOT_PUBLISHED;
use crate::report::template::Colour;
use maud::{Markup, html};

const THICK: usize = 46;
const GAP: usize = 22;
/// Room for what the two sides are called.
const HEAD: usize = 52;
/// The line: as much room for unfavourable answers as for favourable ones.
const MIDDLE: usize = WIDTH / 2;
/// Percentages are drawn smaller than in other charts: 100 are half of the width.
const HALF: usize = WIDTH / 2 - 10;
/// Narrower pieces have no figure in them.
const ROOM: usize = 64;

pub fn draw(stacks: &[Stack], accent: Colour) -> Drawing {
    let mut top = HEAD;
    let mut drawn = Vec::new();
    for stack in stacks {
        let label = wrapped(&stack.label);
        let y = top + label.len() * LINE + 2;
        drawn.push(html! { (lines(&label, top)) (pieces(stack, y, accent)) });
        top = y + THICK + GAP;
    }
    let body = html! {
        text x=(MIDDLE - 16) y="34" text-anchor="end" { "Unfavourable" }
        text x=(MIDDLE + 16) y="34" { "Favourable" }
        @for one in drawn { (one) }
    };
    Drawing { height: top, body }
}

fn pieces(stack: &Stack, y: usize, accent: Colour) -> Markup {
    let Some(shares) = &stack.shares else {
        return html! { text x="14" y=(y + THICK / 2 + 11) { (NOT_PUBLISHED) } };
    };
    let neutral = width(Tenths(shares.neutral.iter().map(|share| share.0).sum()));
    let (mut right, mut left) = (MIDDLE + neutral / 2, MIDDLE.saturating_sub(neutral.div_ceil(2)));
    let mut placed = vec![(left, neutral, "#e2dfe2".to_owned(), INK, shares.neutral.as_slice())];
    for (step, share) in shares.favourable.iter().enumerate() {
        let is_last = step + 1 == shares.favourable.len();
        let (fill, ink) = if is_last { (accent, "#ffffff") } else { (accent.tint(45), INK) };
        placed.push((right, width(*share), fill.to_string(), ink, std::slice::from_ref(share)));
        right += width(*share);
    }
    for (step, share) in shares.unfavourable.iter().enumerate() {
        let is_last = step + 1 == shares.unfavourable.len();
        let (fill, ink) = if is_last { ("#9a4d00", "#ffffff") } else { ("#f0b878", INK) };
        left = left.saturating_sub(width(*share));
        placed.push((left, width(*share), fill.to_owned(), ink, std::slice::from_ref(share)));
    }
    html! {
        @for (x, width, fill, ink, shares) in placed {
            @if width > 0 { rect.report-piece x=(x) y=(y) width=(width) height=(THICK) fill=(fill) stroke="#ffffff" stroke-width="2" {} }
            @if let [share] = shares { @if width >= ROOM {
                text.report-in x=(x + width / 2) y=(y + THICK / 2 + 10) text-anchor="middle" font-size="27" fill=(ink) { (share) }
            } }
        }
        path.report-whisker fill="none" stroke=(INK) stroke-width="4" d={ "M" (MIDDLE) " " (y - 6) "v" (THICK + 12) } {}
    }
}

fn width(share: Tenths) -> usize {
    units(share) * HALF / FULL
}

/// How many points of a scale are favourable, and whether they are its last; none if
/// they are not all at one end of it, with others at the other.
pub fn favourable_end(is_favourable: &[bool]) -> Option<(usize, bool)> {
    let many = is_favourable.iter().filter(|is| **is).count();
    let (is_first, is_last) =
        (is_favourable.iter().take(many).all(|is| *is), is_favourable.iter().rev().take(many).all(|is| *is));
    ((1..is_favourable.len()).contains(&many) && (is_first || is_last)).then_some((many, is_last))
}

/// The points of a scale, parted: those that are favourable, as many at the other end,
/// and what is between them.
pub fn parted(points: &[(Tenths, bool)]) -> Option<Shares> {
    let (shares, is_favourable): (Vec<Tenths>, Vec<bool>) = points.iter().copied().unzip();
    let (many, is_last) = favourable_end(&is_favourable)?;
    let mut favourable = shares;
    if is_last {
        favourable.reverse();
    }
    let least = many.min(favourable.len() - many);
    let unfavourable = favourable.split_off(favourable.len() - least);
    let neutral = favourable.split_off(many);
    favourable.reverse();
    Some(Shares { favourable, neutral, unfavourable })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(favourable: &[bool]) -> Option<[Vec<u32>; 3]> {
        let points: Vec<_> = (1..).zip(favourable).map(|(n, is)| (Tenths(n), *is)).collect();
        let shares = parted(&points)?;
        Some(
            [shares.favourable, shares.neutral, shares.unfavourable]
                .map(|all| all.iter().map(|share| share.0).collect()),
        )
    }

    #[test]
    fn a_scale_is_parted_into_what_is_favourable_what_is_not_and_what_is_between() {
        let (yes, no) = (true, false);
        assert_eq!(points(&[yes, yes, no, no, no]), Some([vec![2, 1], vec![3], vec![4, 5]]));
        assert_eq!(points(&[no, no, no, yes, yes]), Some([vec![4, 5], vec![3], vec![2, 1]]));
        assert_eq!(points(&[yes, no, no]), Some([vec![1], vec![2], vec![3]]));
        assert_eq!(points(&[yes, yes, no]), Some([vec![2, 1], vec![], vec![3]]));
        assert_eq!(points(&[no, yes, no]), None, "favourable in the middle has no sides");
    }
}
