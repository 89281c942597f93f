//! Values that clap does not know: points, shares, cycles. Must not know which command takes them.

use crate::domain::number::Number;
use crate::domain::reading::Cycle;
use crate::read::fact;

/// No less than nothing.
pub(super) fn points(text: &str) -> Result<Number, String> {
    let points = Number::parse(text).ok().filter(|points| !points.is_negative());
    points.ok_or_else(|| "write points, such as 0.5".to_owned())
}

/// `10%` or `0.1`: more than nothing, less than all.
pub(super) fn spread(text: &str) -> Result<Number, String> {
    let share = Number::parse_share(text).ok().filter(|share| share.is_positive() && *share < Number::ONE);
    share.ok_or_else(|| "write a share between 0 and 1, such as 10%".to_owned())
}

/// `2023-2025`, or one year.
pub(super) fn cycle(text: &str) -> Result<Cycle, String> {
    fact::cycle(text).ok_or_else(|| "write it as 2023-2025".to_owned())
}
