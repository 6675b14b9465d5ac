//! Codes and tickets as people read and type them: groups of four from an
//! alphabet in which nothing looks like anything else, the last a check
//! character.
//!
//! The alphabet has 29 characters (no 0 O, 1 I L, U V, S 5 twins) because 29 is
//! prime: with the weights 1, 2, 3, ... the weighted sum modulo 29 catches every
//! single wrong character and every swap of two.

const ALPHABET: &[u8; 29] = b"23456789ABCDEFGHJKMNPQRTVWXYZ";
const BASE: u128 = 29;

/// How many characters stand before the check character in an invitation's code
/// (53 bits) and in a ticket (128 bits and room to spare).
pub const CODE_DIGITS: usize = 11;
pub const TICKET_DIGITS: usize = 27;

/// Writes `value` modulo 29^`digits` with its check character: `ABCD-EFGH-JKMN`.
pub fn spell(value: u128, digits: usize) -> String {
    let mut rest = value;
    let mut values: Vec<u128> = Vec::with_capacity(digits + 1);
    for _ in 0..digits {
        values.push(rest % BASE);
        rest /= BASE;
    }
    values.push(check_digit(&values));
    let mut text = String::with_capacity(digits + digits / 4 + 2);
    for (position, value) in values.iter().enumerate() {
        if position > 0 && position % 4 == 0 {
            text.push('-');
        }
        let character = usize::try_from(*value).ok().and_then(|at| ALPHABET.get(at)).copied();
        text.push(char::from(character.unwrap_or(b'2')));
    }
    text
}

/// Reads what [`spell`] wrote, in either case and whatever stands between the
/// characters or around them: dashes of any kind, the bracket or full stop that
/// came along with a link. None if a character is wrong, missing or too many. The left-out twins are read as
/// what they were meant to be.
pub fn read(text: &str, digits: usize) -> Option<u128> {
    let mut values: Vec<u128> = Vec::with_capacity(digits + 1);
    for character in text.chars().filter(|c| c.is_alphanumeric()) {
        let character = match character.to_ascii_uppercase() {
            'S' => '5',
            'U' => 'V',
            other => other,
        };
        let value = ALPHABET.iter().position(|known| char::from(*known) == character)?;
        values.push(u128::try_from(value).ok()?);
        if values.len() > digits + 1 {
            return None;
        }
    }
    let check = values.pop()?;
    if values.len() != digits || check != check_digit(&values) {
        return None;
    }
    values.iter().rev().try_fold(0_u128, |sum, value| sum.checked_mul(BASE)?.checked_add(*value))
}

/// The character that makes the weighted sum of all come to 0 modulo 29: the
/// check character's own weight is one more than the last one's.
fn check_digit(values: &[u128]) -> u128 {
    let mut weight = 0;
    let mut sum = 0;
    for value in values {
        weight += 1;
        sum += weight * value;
    }
    // (weight + 1) * check = -sum, solved by trying: there are 29.
    (0..BASE).find(|check| (sum + (weight + 1) * check) % BASE == 0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_spelt_is_read_back(value in 0..29_u128.pow(11), wide in any::<u128>()) {
            prop_assert_eq!(read(&spell(value, CODE_DIGITS), CODE_DIGITS), Some(value));
            prop_assert_eq!(read(&spell(wide, TICKET_DIGITS), TICKET_DIGITS), Some(wide));
        }

        #[test]
        fn one_wrong_character_is_caught(value in 0..29_u128.pow(11), at in 0_usize..12, by in 1_usize..29) {
            let mut plain: Vec<u8> = spell(value, CODE_DIGITS).bytes().filter(|b| *b != b'-').collect();
            let was = ALPHABET.iter().position(|b| *b == plain[at]).unwrap();
            plain[at] = ALPHABET[(was + by) % 29];
            prop_assert_eq!(read(&String::from_utf8(plain).unwrap(), CODE_DIGITS), None);
        }

        #[test]
        fn two_characters_swapped_are_caught(value in any::<u128>(), a in 0_usize..28, b in 0_usize..28) {
            let mut plain: Vec<u8> = spell(value, TICKET_DIGITS).bytes().filter(|b| *b != b'-').collect();
            prop_assume!(plain[a] != plain[b]);
            plain.swap(a, b);
            prop_assert_eq!(read(&String::from_utf8(plain).unwrap(), TICKET_DIGITS), None);
        }
    }

    #[test]
    fn typing_is_read_generously() {
        let code = spell(123_456_789_012, CODE_DIGITS);
        assert_eq!(code.len(), 14);
        assert_eq!(read(&format!("  {} ", code.to_lowercase().replace('-', " ")), CODE_DIGITS), Some(123_456_789_012));
        for dash in ["–", "\u{2011}", "\u{AD}", "\u{200B}", " / "] {
            let typed = format!("<{}>,", code.replace('-', dash));
            assert_eq!(read(&typed, CODE_DIGITS), Some(123_456_789_012), "{typed}");
        }
        assert_eq!(read(&format!("{code}é"), CODE_DIGITS), None);
        assert_eq!(read("", CODE_DIGITS), None);
        assert_eq!(read("0000-0000-0000", CODE_DIGITS), None);
    }
}
