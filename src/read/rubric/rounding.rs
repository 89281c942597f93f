//! Where a rubric rounds, to how many places, and which way. Must not know what is rounded.

use ::toml::de::DeValue;

use super::super::toml::{Table, unknown_word};
use crate::domain::number::{Mode, Round};
use crate::domain::rubric::Rounding;

pub(super) fn rounding(header: &Table<'_>) -> Rounding {
    let compare = header.word("compare", &[("rounded", true), ("exact", false)]);
    let display_places = header.count("display_places", 12).map_or(2, |p| u32::try_from(p).unwrap_or(2));
    let mut rounding = Rounding {
        indicator: None,
        criterion: None,
        profile: None,
        total: None,
        display_places,
        compare_rounded: compare.unwrap_or(true),
    };
    let Some(value) = header.get("rounding") else {
        header.missing(
            "rounding",
            "rounding = { at = \"indicator\", places = 2, mode = \"half-up\" }, or rounding = \"none\"",
        );
        return rounding;
    };
    if matches!(value.get_ref(), DeValue::String(_)) {
        header.word("rounding", &[("none", ())]);
        return rounding;
    }
    let Some(table) = Table::of(header.source(), value, "rounding", &["at", "places", "mode"]) else { return rounding };
    for (key, example) in [("at", "at = \"total\""), ("places", "places = 2"), ("mode", "mode = \"half-up\"")] {
        if table.get(key).is_none() {
            table.missing(key, example);
        }
    }
    let modes = [("half-up", Mode::HalfUp), ("half-even", Mode::HalfEven), ("down", Mode::Down), ("up", Mode::Up)];
    let (Some(places), Some(mode)) = (table.count("places", 12), table.word("mode", &modes)) else { return rounding };
    let round = Some(Round { places: u32::try_from(places).unwrap_or(2), mode });
    for (level, span) in table.strings("at") {
        match level {
            "indicator" => rounding.indicator = round,
            "criterion" => rounding.criterion = round,
            "profile" => rounding.profile = round,
            "total" => rounding.total = round,
            _ => {
                let known = ["indicator", "criterion", "profile", "total"];
                unknown_word(header.source(), span, level, "at", &known);
            }
        }
    }
    rounding
}
