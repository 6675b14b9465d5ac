//! Seeded chance: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). For invented
//! people only; secrets come from `crate::secret`.

#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    /// One of 0 to `bound` - 1, near enough evenly; 0 when there is nothing to
    /// choose from.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)).checked_rem(bound).unwrap_or(0)
    }

    /// One of `from`, by weight; none when nothing weighs anything.
    pub fn pick<'a, T>(&mut self, from: &'a [T], weigh: impl Fn(&T) -> u64) -> Option<&'a T> {
        let mut left = self.below(from.iter().map(&weigh).sum());
        from.iter().find(|item| {
            let weight = weigh(item);
            let is_it = left < weight;
            left = left.saturating_sub(weight);
            is_it
        })
    }
}
