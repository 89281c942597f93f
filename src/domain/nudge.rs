//! Moving one weight while its siblings make up for it, so that what they share stays the same.
//!
//! Knows figures and who is above whom; must not know what the figures weigh, where they are written, or who asks.

use super::number::{Mode, Number, Round};

/// A figure among its siblings, with the figures it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub value: Number,
    /// It stays as it is when a sibling moves.
    pub locked: bool,
    /// Whose sum it is; empty where it stands for itself.
    pub parts: Vec<Self>,
}

/// Why a figure cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// It would fall to zero or below: what weighs nothing is no longer there.
    Nothing,
    /// No sibling may move, or what they have does not suffice.
    Siblings,
    /// What it is made of may not move, or would fall to zero.
    Parts,
}

/// Moves the share at `at` by `step`; its unlocked siblings take or give the difference in proportion to what they have,
/// on a grid of `places` decimal places, and whatever moves hands its own change down to its parts. The sum of the
/// siblings stays exactly what it was. Largest remainders decide who gets the last steps of the grid; of equal ones the
/// first.
///
/// # Errors
/// See [`Stuck`]; then nothing is moved.
pub fn moved(siblings: &[Share], at: usize, step: &Number, places: u32) -> Result<Vec<Share>, Stuck> {
    let mut after = siblings.to_vec();
    let wanted = &after[at].value + step;
    if !wanted.is_positive() {
        return Err(Stuck::Nothing);
    }
    let others = shared(siblings, Some(at), &-step, places).ok_or(Stuck::Siblings)?;
    for (ix, share) in after.iter_mut().enumerate() {
        let value = if ix == at { &wanted } else { &others[ix] };
        set(share, value, places)?;
    }
    Ok(after)
}

/// Moves a share that has no siblings by `step`; its parts move with it, on a grid of `places` decimal places.
///
/// # Errors
/// See [`Stuck`].
pub fn resized(share: &Share, step: &Number, places: u32) -> Result<Share, Stuck> {
    let wanted = &share.value + step;
    if !wanted.is_positive() {
        return Err(Stuck::Nothing);
    }
    let mut after = share.clone();
    set(&mut after, &wanted, places)?;
    Ok(after)
}

/// Gives a share a value and lets its parts add up to it.
fn set(share: &mut Share, value: &Number, places: u32) -> Result<(), Stuck> {
    if share.value == *value {
        return Ok(());
    }
    let difference = value - &share.value;
    share.value = value.clone();
    if share.parts.is_empty() {
        return Ok(());
    }
    let values = shared(&share.parts, None, &difference, places).ok_or(Stuck::Parts)?;
    share.parts.iter_mut().zip(&values).try_for_each(|(part, value)| set(part, value, places))
}

/// What each has after `difference` was shared among all that may move; `None` where none may, or one would be left with
/// nothing.
fn shared(shares: &[Share], except: Option<usize>, difference: &Number, places: u32) -> Option<Vec<Number>> {
    let moves = |ix: usize| Some(ix) != except && !shares[ix].locked && shares[ix].value.is_positive();
    let free: Vec<usize> = (0..shares.len()).filter(|ix| moves(*ix)).collect();
    let before: Number = free.iter().map(|ix| &shares[*ix].value).sum();
    let after = &before + difference;
    if free.is_empty() || !after.is_positive() {
        return None;
    }
    let factor = after.divided_by(&before)?;
    let down = Round { places, mode: Mode::Down };
    let exact: Vec<Number> = free.iter().map(|ix| &shares[*ix].value * &factor).collect();
    let mut values: Vec<Number> = exact.iter().map(|value| value.rounded(down)).collect();
    let mut order: Vec<usize> = (0..free.len()).collect();
    // The sort is stable: of equal remainders the first comes first.
    order.sort_by_key(|nth| std::cmp::Reverse(&exact[*nth] - &values[*nth]));
    let grain = grain(places);
    let mut left = &after - &values.iter().sum::<Number>();
    for nth in order.into_iter().cycle() {
        if left < grain {
            break;
        }
        values[nth] = &values[nth] + &grain;
        left = &left - &grain;
    }
    // Siblings that stood beside the grid keep their sum all the same.
    let largest = (0..values.len()).max_by(|a, b| values[*a].cmp(&values[*b]).then(b.cmp(a)))?;
    values[largest] = &values[largest] + &left;
    let mut all: Vec<Number> = shares.iter().map(|share| share.value.clone()).collect();
    for (ix, value) in free.into_iter().zip(values) {
        if !value.is_positive() {
            return None;
        }
        all[ix] = value;
    }
    Some(all)
}

/// The smallest step of a grid: 0.01 at two places.
pub fn grain(places: u32) -> Number {
    let tenth = Number::fraction(1, 10).unwrap_or(Number::ONE);
    (0..places).fold(Number::ONE, |grain, _| &grain * &tenth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn share(value: &str) -> Share {
        Share { value: n(value), locked: false, parts: Vec::new() }
    }

    fn values(shares: &[Share]) -> Vec<String> {
        shares.iter().map(|share| share.value.plain()).collect()
    }

    #[test]
    fn siblings_give_in_proportion_and_the_sum_stays() {
        let siblings = [share("20"), share("30"), share("50")];
        let after = moved(&siblings, 0, &n("8"), 0).unwrap();
        // 8 from 80: 30 gives 3, 50 gives 5.
        assert_eq!(values(&after), ["28", "27", "45"]);
    }

    #[test]
    fn the_last_steps_go_to_the_largest_remainders() {
        // 10 - 1 = 9 among 3, 3, 4: 2.7, 2.7, 3.6. Cut to whole points 2, 2, 3; two more, for 0.7 and 0.7.
        let after = moved(&[share("5"), share("3"), share("3"), share("4")], 0, &n("1"), 0).unwrap();
        assert_eq!(values(&after), ["6", "3", "3", "3"]);
        // The same at one place is exact.
        let after = moved(&[share("5"), share("3"), share("3"), share("4")], 0, &n("1"), 1).unwrap();
        assert_eq!(values(&after), ["6", "2.7", "2.7", "3.6"]);
    }

    #[test]
    fn what_is_locked_stays() {
        let locked = Share { locked: true, ..share("30") };
        let after = moved(&[share("20"), locked.clone(), share("50")], 0, &n("-5"), 0).unwrap();
        assert_eq!(values(&after), ["15", "30", "55"]);
        assert_eq!(moved(&[share("20"), locked], 0, &n("1"), 0), Err(Stuck::Siblings));
    }

    #[test]
    fn parts_follow_what_they_are_part_of() {
        let group = Share { value: n("20"), locked: false, parts: vec![share("15"), share("5")] };
        let after = moved(&[share("10"), group.clone()], 0, &n("4"), 0).unwrap();
        assert_eq!(values(&after), ["14", "16"]);
        assert_eq!(values(&after[1].parts), ["12", "4"]);
        let held = Share { parts: vec![Share { locked: true, ..share("15") }, share("5")], ..group };
        assert_eq!(moved(&[share("10"), held], 0, &n("5"), 0), Err(Stuck::Parts));
    }

    #[test]
    fn nobody_falls_to_nothing() {
        assert_eq!(moved(&[share("1"), share("9")], 0, &n("-1"), 0), Err(Stuck::Nothing));
        assert_eq!(moved(&[share("1"), share("9")], 0, &n("9"), 0), Err(Stuck::Siblings));
        // 0.5 of a whole point is nothing on a grid of whole points.
        assert_eq!(moved(&[share("10"), share("1"), share("19")], 0, &n("19"), 0), Err(Stuck::Siblings));
    }

    #[test]
    fn a_share_beside_the_grid_keeps_the_sum() {
        let after = moved(&[share("10"), share("4.25"), share("5.75")], 0, &n("1"), 0).unwrap();
        assert_eq!(after.iter().map(|share| &share.value).sum::<Number>(), n("20"));
    }
}
