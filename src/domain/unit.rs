//! Units: what may be added to what, and what a quotient counts.
//!
//! A unit is read from the words that a rubric prints (`万元`, `%`, `元/人`). Powers of ten of the same thing are the
//! same kind and differ in scale; words that nobody knows are kinds of their own. Must not know formulas.

use std::collections::BTreeMap;

use super::number::Number;
use super::text::Text;

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// A number without a unit: it takes that of its neighbour.
    Plain,
    /// Nobody said; nothing can be checked.
    Unknown,
    Of(Kind),
}

/// Powers of things, and how many of the base units one of them is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    powers: BTreeMap<String, i32>,
    /// `None` where the author multiplied by a number, which may have converted it.
    scale: Option<Number>,
}

/// Why two units do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The same thing in other powers of ten: one of the first is so many of the second.
    Scale(Number),
    /// Different things.
    Kind,
}

/// Things that are counted one by one: any of them may be added to another.
const COUNTED: [&str; 24] = [
    "件",
    "项",
    "个",
    "家",
    "次",
    "篇",
    "部",
    "台",
    "套",
    "种",
    "台套",
    "台（套）",
    "批",
    "份",
    "场",
    "期",
    "门",
    "宗",
    "所",
    "条",
    "组",
    "处",
    "人次",
    "件次",
];

/// Written before a unit: how many of it.
const TENS: [(&str, i64); 7] = [
    ("万亿", 1_000_000_000_000),
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];

/// Units that are known by name, with what they are and how many of it.
const NAMED: [(&str, &str, i64); 10] = [
    ("元", "yuan", 1),
    ("yuan", "yuan", 1),
    ("wan yuan", "yuan", 10_000),
    ("人", "person", 1),
    ("persons", "person", 1),
    ("人年", "person-year", 1),
    ("年", "year", 1),
    ("岁", "year", 1),
    ("小时", "hour", 1),
    ("平方米", "square metre", 1),
];

impl Unit {
    /// The unit that a rubric prints; the Chinese words go first, because they are the statutory ones.
    pub fn read(text: &Text) -> Self {
        let text = if text.zh.is_empty() { text.en.trim() } else { text.zh.trim() };
        if text.is_empty() {
            return Self::Unknown;
        }
        let mut parts = text.split('/');
        let first = Self::simple(parts.next().unwrap_or_default());
        parts.fold(first, |unit, part| unit.over(&Self::simple(part)).unwrap_or(Self::Unknown))
    }

    fn simple(text: &str) -> Self {
        let text = text.trim();
        let of = |thing: &str, scale: Number| {
            Self::Of(Kind { powers: BTreeMap::from([(thing.to_owned(), 1)]), scale: Some(scale) })
        };
        let share = |den: i64| Self::Of(Kind { powers: BTreeMap::new(), scale: Number::fraction(1, den) });
        match text {
            "%" | "％" => return share(100),
            "‰" => return share(1000),
            _ => {}
        }
        let known = |text: &str| {
            let named = NAMED.iter().find(|(word, ..)| *word == text).map(|(_, thing, scale)| (*thing, *scale));
            named.or_else(|| COUNTED.contains(&text).then_some(("count", 1)))
        };
        if let Some((thing, scale)) = known(text) {
            return of(thing, Number::from(scale));
        }
        let tens = TENS.iter().find_map(|(word, tens)| {
            let (thing, scale) = known(text.strip_prefix(word)?)?;
            Some((thing, &Number::from(*tens) * &Number::from(scale)))
        });
        tens.map_or_else(|| of(text, Number::ONE), |(thing, scale)| of(thing, scale))
    }

    /// A share of something: the quotient of two of the same.
    fn ratio() -> Self {
        Self::Of(Kind { powers: BTreeMap::new(), scale: Some(Number::ONE) })
    }

    /// Of which thing it counts how many at once: `yuan` and 10,000 for 万元; `None` where it is no power of one thing.
    pub fn multiple(&self) -> Option<(&str, &Number)> {
        let Self::Of(Kind { powers, scale: Some(scale) }) = self else { return None };
        match powers.iter().next() {
            Some((thing, 1)) if powers.len() == 1 => Some((thing, scale)),
            _ => None,
        }
    }

    /// Of a share, how many of them are a whole: 100 per cent, 1,000 per mille, or 1.
    pub fn whole(&self) -> Option<i64> {
        let Self::Of(Kind { powers, scale: Some(scale) }) = self else { return None };
        let whole = Number::ONE.divided_by(scale)?.to_usize()?;
        i64::try_from(whole).ok().filter(|_| powers.is_empty())
    }

    /// The unit of two that are added, compared or chosen between.
    ///
    /// # Errors
    /// Where they count different things, or the same in other powers of ten.
    pub fn with(&self, other: &Self) -> Result<Self, Mismatch> {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Ok(Self::Unknown),
            (Self::Plain, unit) | (unit, Self::Plain) => Ok(unit.clone()),
            (Self::Of(a), Self::Of(b)) if a.powers != b.powers => Err(Mismatch::Kind),
            (Self::Of(a), Self::Of(b)) => match (&a.scale, &b.scale) {
                (Some(one), Some(two)) if one != two => {
                    Err(one.divided_by(two).map_or(Mismatch::Kind, Mismatch::Scale))
                }
                (Some(_), _) => Ok(self.clone()),
                (None, _) => Ok(other.clone()),
            },
        }
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Plain, Self::Plain) => Self::Plain,
            // A number may have converted it.
            (Self::Plain, Self::Of(kind)) | (Self::Of(kind), Self::Plain) => {
                Self::Of(Kind { scale: None, ..kind.clone() })
            }
            (Self::Of(a), Self::Of(b)) => Self::Of(a.combined(b, 1)),
        }
    }

    /// The unit of a quotient.
    ///
    /// # Errors
    /// Where both count the same in other powers of ten: what comes out is no share.
    pub fn over(&self, other: &Self) -> Result<Self, Mismatch> {
        Ok(match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Plain, Self::Plain) => Self::Plain,
            (Self::Of(kind), Self::Plain) => Self::Of(Kind { scale: None, ..kind.clone() }),
            (Self::Plain, Self::Of(kind)) => {
                let nothing = Kind { powers: BTreeMap::new(), scale: None };
                Self::Of(nothing.combined(kind, -1))
            }
            (Self::Of(a), Self::Of(b)) if a.powers == b.powers => match (&a.scale, &b.scale) {
                (Some(_), Some(_)) => {
                    self.with(other)?;
                    Self::ratio()
                }
                _ => Self::Of(Kind { powers: BTreeMap::new(), scale: None }),
            },
            (Self::Of(a), Self::Of(b)) => Self::Of(a.combined(b, -1)),
        })
    }
}

impl Kind {
    /// With another's powers added (1) or taken off (−1).
    fn combined(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.powers.clone();
        for (thing, power) in &other.powers {
            *powers.entry(thing.clone()).or_default() += sign * power;
        }
        powers.retain(|_, power| *power != 0);
        let scale = self
            .scale
            .as_ref()
            .zip(other.scale.as_ref())
            .and_then(|(a, b)| if sign > 0 { Some(a * b) } else { a.divided_by(b) });
        Self { powers, scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        Unit::read(&Text::both(text))
    }

    #[test]
    fn powers_of_ten_of_the_same_thing_differ_in_scale_only() {
        assert_eq!(unit("万元").with(&unit("元")), Err(Mismatch::Scale(Number::from(10_000_i64))));
        assert_eq!(unit("亿元").with(&unit("万元")), Err(Mismatch::Scale(Number::from(10_000_i64))));
        assert_eq!(unit("万元").with(&unit("万元")), Ok(unit("万元")));
        assert_eq!(unit("wan yuan"), unit("万元"));
        assert_eq!(unit("%").with(&Unit::ratio()), Err(Mismatch::Scale(Number::fraction(1, 100).unwrap())));
    }

    #[test]
    fn counts_go_together_and_other_things_do_not() {
        assert_eq!(unit("件").with(&unit("项")), Ok(unit("件")));
        assert_eq!(unit("件").with(&unit("人")), Err(Mismatch::Kind));
        assert_eq!(unit("万件").with(&unit("件")), Err(Mismatch::Scale(Number::from(10_000_i64))));
        assert_eq!(unit("寸").with(&unit("尺")), Err(Mismatch::Kind));
        assert_eq!(unit("").with(&unit("尺")), Ok(Unit::Unknown));
    }

    #[test]
    fn quotients_count_one_thing_per_other_and_equals_give_a_share() {
        assert_eq!(unit("元").over(&unit("人")), Ok(unit("元/人")));
        assert_eq!(unit("万元").over(&unit("万元")), Ok(Unit::ratio()));
        assert_eq!(unit("万元").over(&unit("元")), Err(Mismatch::Scale(Number::from(10_000_i64))));
        assert_eq!(unit("元/人").times(&unit("人")), unit("元"));
        assert_eq!(Unit::ratio().with(&unit("件")), Err(Mismatch::Kind));
    }

    #[test]
    fn a_number_may_convert_and_is_trusted() {
        let converted = Unit::Plain.times(&unit("万元"));
        assert!(converted.with(&unit("元")).is_ok());
        assert_eq!(converted.with(&unit("人")), Err(Mismatch::Kind));
        assert!(unit("%").over(&Unit::Plain).unwrap().with(&Unit::ratio()).is_ok());
    }
}
