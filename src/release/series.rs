//! How many people came with each batch.

/// Sizes by batch; batch 1 is the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Running totals: the n-th is that of batches 1 to n, the 0-th is 0.
    totals: Vec<u64>,
}

impl Series {
    pub fn new(sizes: Vec<u64>) -> Self {
        let mut total = 0;
        let running = sizes.into_iter().map(|size| {
            total += size;
            total
        });
        Series { totals: std::iter::once(0).chain(running).collect() }
    }

    /// Everybody of batches 1 to `batch`.
    pub fn up_to(&self, batch: u32) -> u64 {
        let at = usize::try_from(batch).unwrap_or(usize::MAX);
        self.totals.get(at).or(self.totals.last()).copied().unwrap_or(0)
    }

    /// Everybody of the batches after `after`, up to and with `up_to`.
    pub fn between(&self, after: u32, up_to: u32) -> u64 {
        self.up_to(up_to).saturating_sub(self.up_to(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_added_up() {
        let series = Series::new(vec![3, 0, 4]);
        assert_eq!([0, 1, 2, 3, 9].map(|batch| series.up_to(batch)), [0, 3, 3, 7, 7]);
        assert_eq!((series.between(1, 3), series.between(0, 1), series.between(3, 3)), (4, 3, 0));
    }
}
