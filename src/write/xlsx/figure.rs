//! The one place where a decimal becomes what a workbook holds: a binary fraction. No arithmetic is done on it. Must not
//! know what the number means.

/// The nearest number that a workbook can hold; `None` where the text is no number.
pub(super) fn of(decimal: &str) -> Option<f64> {
    decimal.parse().ok().filter(|held: &f64| held.is_finite())
}
