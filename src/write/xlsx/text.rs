//! Pieces of spreadsheet formulas: numbers, absences, comparisons and rounding, so that binary fractions end where exact
//! ones do.
//!
//! A spreadsheet has no fractions: 0.1 + 0.2 is a hair above 0.3 in it. What is compared or rounded is therefore first
//! brought to a number of digits that holds every figure of a sheet and no such hair. Must not know rubrics.

use crate::domain::ledger::Measured;
use crate::domain::number::{Mode, Number, Round};
use crate::domain::text::Lang;
use crate::wording::terms;

/// As they are typed, in every language: a workbook is imported again.
pub(super) const NOT_REPORTED: &str = "NR";
pub(super) const NOT_APPLICABLE: &str = "N/A";

/// Significant digits that a spreadsheet is trusted with.
const DIGITS: usize = 12;
/// Digits behind the places of a rounding that are looked at.
const BEHIND: u32 = 8;

/// What stands in a cell, as its text.
pub(super) fn cached(measured: &Measured, lang: Lang) -> String {
    match measured {
        Measured::Value(value) => value.plain(),
        Measured::Blank => String::new(),
        Measured::NotReported => NOT_REPORTED.to_owned(),
        Measured::NotApplicable => NOT_APPLICABLE.to_owned(),
        Measured::Undefined => terms::UNDEFINED.get(lang).to_owned(),
    }
}

/// A number as a formula has it: its decimal, or a division where that never ends.
pub(super) fn literal(number: &Number) -> String {
    let text = if number.places().is_some() { number.plain() } else { format!("({})", number.as_fraction()) };
    if number.is_negative() { format!("({text})") } else { text }
}

/// What is left of operands that are not all numbers: blank before not reported before not applicable.
pub(super) fn obstacle(operands: &[&str], lang: Lang) -> String {
    let any = |status: &str| {
        let tests: Vec<String> = operands.iter().map(|operand| format!("{operand}=\"{status}\"")).collect();
        if let [test] = tests.as_slice() { test.clone() } else { format!("OR({})", tests.join(",")) }
    };
    format!(
        "IF({},\"\",IF({},\"{NOT_REPORTED}\",IF({},\"{NOT_APPLICABLE}\",\"{}\")))",
        any(""),
        any(NOT_REPORTED),
        any(NOT_APPLICABLE),
        terms::UNDEFINED.get(lang)
    )
}

/// `inner` where the operand is a number, else what it is instead.
pub(super) fn guarded(operand: &str, inner: &str) -> String {
    format!("IF(ISNUMBER({operand}),{inner},{operand}&\"\")")
}

/// How far left lies above right, without the hair.
pub(super) fn above(left: &str, right: &str, about: Option<&Number>) -> String {
    let whole = about.map_or(3, |number| number.abs().floor().plain().len());
    format!("ROUND({left}-{right},{})", DIGITS.saturating_sub(whole).max(1))
}

/// The largest whole number not above an operand.
pub(super) fn floor(operand: &str) -> String {
    format!("INT(ROUND({operand},9))")
}

/// An operand rounded as the rubric says.
pub(super) fn rounded(operand: &str, round: Option<Round>) -> String {
    let Some(Round { places, mode }) = round else { return operand.to_owned() };
    let near = format!("ROUND({operand},{})", places + BEHIND);
    match mode {
        Mode::HalfUp => format!("ROUND({near},{places})"),
        Mode::Down => format!("ROUNDDOWN({near},{places})"),
        Mode::Up => format!("ROUNDUP({near},{places})"),
        Mode::HalfEven => format!(
            "IF(ABS(MOD(ABS({near})*10^{places},1)-0.5)<0.0000001,2*ROUND({near}*10^{places}/2,0)/10^{places},\
             ROUND({near},{places}))"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_decimal_is_written_as_its_division() {
        let n = |a, b| Number::fraction(a, b).unwrap_or(Number::ZERO);
        let texts = [n(1, 2), n(-1, 2), n(1, 3), n(-2, 3)].map(|number| literal(&number));
        assert_eq!(texts, ["0.5", "(-0.5)", "(1/3)", "((-2/3))"]);
    }
}
