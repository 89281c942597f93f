//! Which edit of a rubric brought which part of a change.
//!
//! Asked of every subset of the edits, or of a stated order of them: what would the rubric with just these edits make of
//! the centre? The shares of a total add up to its change exactly, by fractions. Must not know what an edit is or how a
//! rubric is put together from some of them.

use super::number::Number;

/// The most edits whose every subset is tried: 2⁸ rubrics. Above it their order decides.
pub const MOST_BY_SUBSETS: usize = 8;
/// The most edits that can be told apart at all.
pub const MOST: usize = 64;

/// Some of the edits; edit `n` is bit `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Subset(u64);

impl Subset {
    pub const NONE: Self = Self(0);

    /// The first `count` edits.
    pub fn first(count: usize) -> Self {
        (0..count.min(MOST)).fold(Self::NONE, Self::with)
    }

    /// Every subset of the first `count` edits, by position: no edit first, all of them last.
    pub fn all(count: usize) -> impl Iterator<Item = Self> {
        (0..1_u64 << count.min(MOST_BY_SUBSETS)).map(Self)
    }

    #[must_use]
    pub fn with(self, edit: usize) -> Self {
        Self(self.0 | 1 << edit)
    }

    pub fn has(self, edit: usize) -> bool {
        self.0 >> edit & 1 == 1
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub fn edits(self) -> impl Iterator<Item = usize> {
        (0..MOST).filter(move |edit| self.has(*edit))
    }
}

/// How a change was shared out among edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// By every subset: an edit's share is the mean of what it adds, over all orders in which the edits can be made.
    Subsets,
    /// One after the other in the order in which they are listed: an edit's share is what it added to those before it.
    Order,
}

impl Method {
    /// The method for so many edits.
    pub fn of(edits: usize) -> Self {
        if edits <= MOST_BY_SUBSETS { Self::Subsets } else { Self::Order }
    }

    /// The subsets of `edits` edits that have to be scored, no edit first and all of them last.
    pub fn subsets(self, edits: usize) -> Vec<Subset> {
        match self {
            Self::Subsets => Subset::all(edits).collect(),
            Self::Order => (0..=edits).map(Subset::first).collect(),
        }
    }
}

/// The shares of the edits in the change of a number, edit by edit; they add up to it exactly. `values` are what the
/// number is for each of [`Method::subsets`], in their order.
///
/// By subsets these are Shapley's values ("A value for n-person games", 1953): the subset `S` without the edit weighs
/// `|S|! (n - |S| - 1)! / n!`.
pub fn shares(method: Method, edits: usize, values: &[Number]) -> Vec<Number> {
    let value = |at: usize| values.get(at).cloned().unwrap_or(Number::ZERO);
    match method {
        Method::Order => (0..edits).map(|edit| &value(edit + 1) - &value(edit)).collect(),
        Method::Subsets => {
            let weights: Vec<Number> = (0..edits).map(|size| weight(size, edits)).collect();
            let share = |edit: usize| -> Number {
                let without = Subset::all(edits).enumerate().filter(|(_, subset)| !subset.has(edit));
                let added = without.map(|(at, subset)| {
                    let more = &value(at | 1 << edit) - &value(at);
                    &more * &weights[subset.len()]
                });
                added.sum()
            };
            (0..edits).map(share).collect()
        }
    }
}

/// `size! (n - size - 1)! / n!`, which is one over `n` times the number of subsets of that size of the others.
fn weight(size: usize, n: usize) -> Number {
    let choose = (0..size).fold(Number::ONE, |product, k| {
        let (up, down) = (Number::from(n - 1 - k), Number::from(k + 1));
        (&product * &up).divided_by(&down).unwrap_or(Number::ONE)
    });
    Number::ONE.divided_by(&(&choose * &Number::from(n))).unwrap_or(Number::ZERO)
}

/// What brings something about that all edits together bring about: the smallest subsets that do, each of which loses it
/// without any one of its edits; fewest edits first. `holds` says it for each of [`Method::subsets`], in their order. In an
/// order this is the first edit with which it holds until the end, and all it needs of those before is not known.
pub fn causes(method: Method, edits: usize, holds: &[bool]) -> Vec<Subset> {
    match method {
        Method::Order => {
            let after = holds.iter().rposition(|holds| !holds);
            after.filter(|at| *at < edits).map(|at| Subset::NONE.with(at)).into_iter().collect()
        }
        Method::Subsets => {
            let mut found: Vec<Subset> = Vec::new();
            let mut holding: Vec<Subset> =
                Subset::all(edits).zip(holds).filter(|(_, holds)| **holds).map(|(subset, _)| subset).collect();
            holding.sort_by_key(|subset| (subset.len(), *subset));
            for subset in holding {
                if !found.iter().any(|smaller| smaller.is_within(subset)) {
                    found.push(subset);
                }
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn numbers(values: &[i64]) -> Vec<Number> {
        values.iter().map(|value| Number::from(*value)).collect()
    }

    /// The gloves game of every textbook: edits 0 and 1 are left gloves, edit 2 the right one; a pair is worth 1. Shapley
    /// gives 1/6, 1/6 and 2/3.
    #[test]
    fn a_share_is_what_an_edit_adds_on_the_mean_of_all_orders() {
        // By bits 210: only what has bit 2 and one of the others is worth 1.
        let values = numbers(&[0, 0, 0, 0, 0, 1, 1, 1]);
        let third = |num| Number::fraction(num, 6).unwrap();
        assert_eq!(shares(Method::Subsets, 3, &values), [third(1), third(1), third(4)]);
    }

    #[test]
    fn what_does_nothing_has_no_share_and_what_works_alone_has_all() {
        let values = numbers(&[10, 7, 10, 7]);
        assert_eq!(shares(Method::Subsets, 2, &values), [n("-3"), n("0")]);
        assert_eq!(shares(Method::Subsets, 0, &numbers(&[5])), []);
    }

    #[test]
    fn in_an_order_each_edit_has_what_it_added_to_those_before() {
        let values = numbers(&[10, 12, 12, 9]);
        assert_eq!(shares(Method::Order, 3, &values), numbers(&[2, 0, -3]));
        assert_eq!(Method::of(MOST_BY_SUBSETS), Method::Subsets);
        assert_eq!(Method::of(MOST_BY_SUBSETS + 1), Method::Order);
        let order: Vec<usize> = Method::Order.subsets(3).into_iter().map(Subset::len).collect();
        assert_eq!(order, [0, 1, 2, 3]);
    }

    #[test]
    fn the_smallest_subsets_that_suffice_are_the_causes() {
        let of = |holds: [u8; 8]| causes(Method::Subsets, 3, &holds.map(|bit| bit == 1));
        let edits = |subset: &Subset| subset.edits().collect::<Vec<_>>();
        let listed = |holds| of(holds).iter().map(edits).collect::<Vec<_>>();
        assert_eq!(listed([0, 1, 0, 1, 0, 1, 0, 1]), [vec![0]], "the first alone");
        assert_eq!(listed([0, 1, 1, 1, 0, 1, 1, 1]), [vec![0], vec![1]], "either alone");
        assert_eq!(listed([0, 0, 0, 0, 0, 0, 0, 1]), [vec![0, 1, 2]], "only together");
        assert_eq!(listed([0, 0, 0, 1, 1, 0, 0, 1]), [vec![2], vec![0, 1]], "the third alone, or the others together");
    }

    #[test]
    fn in_an_order_the_cause_is_the_edit_from_which_on_it_stays() {
        let cause = causes(Method::Order, 3, &[false, true, false, true]);
        assert_eq!(cause, [Subset::NONE.with(2)]);
        assert_eq!(causes(Method::Order, 3, &[true; 4]), []);
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_change_exactly(edits in 0..6_usize, seed in prop::collection::vec((-9999..9999_i64, 1..97_i64), 64)) {
            let values: Vec<Number> = seed.iter().map(|(num, den)| Number::fraction(*num, *den).unwrap()).collect();
            for method in [Method::Subsets, Method::Order] {
                let last = method.subsets(edits).len() - 1;
                let sum: Number = shares(method, edits, &values).iter().sum();
                prop_assert_eq!(sum, &values[last] - &values[0]);
            }
        }

        /// An edit that never does anything has no share; two that always do the same have the same.
        #[test]
        fn equals_share_alike(seed in prop::collection::vec(-99..99_i64, 4)) {
            // Edits 0 and 1 are interchangeable, edit 2 does nothing: the value depends on how many of 0 and 1 there are.
            let value = |at: usize| Number::from(seed[(at & 1) + (at >> 1 & 1)]);
            let all = shares(Method::Subsets, 3, &(0..8).map(value).collect::<Vec<_>>());
            prop_assert_eq!(&all[0], &all[1]);
            prop_assert_eq!(&all[2], &Number::ZERO);
        }
    }
}
