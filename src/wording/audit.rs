//! The boundary audit in words: why a centre is looked at twice, and what would give it a better grade. Must not know how
//! either was found.

use super::number::exact;
use super::{Phrase, robustness as words};
use crate::domain::audit::page::Look;
use crate::domain::audit::{Cause, Near, Outside};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::number::{Mode, Number, Round};
use crate::domain::robustness::{Flip, Lever, Robustness, Route, Sure, Way};
use crate::domain::rubric::{GradeIx, Rubric};
use crate::domain::text::Lang;

pub const ROUNDING: Phrase = Phrase { en: "rounding", zh: "数值修约" };
pub const AS_ZERO: Phrase = Phrase { en: "missing data, were they zero", zh: "未报数据（若按零计）" };
pub const AS_LEFT_OUT: Phrase = Phrase { en: "missing data, were they left out", zh: "未报数据（若不计入）" };
const NO_ROUTE: Phrase =
    Phrase { en: "no one change and no two do it", zh: "任何一项或两项变动均不能提升等级" };
const NO_ROUTE_FOUND: Phrase =
    Phrase { en: "no one change and no two were found to do it", zh: "未发现一项或两项变动可提升等级" };

const NOT_BY_ONE: Phrase =
    Phrase { en: "no change of one reading does it", zh: "任何一个填报值的变动均不改变等级" };
const NOT_FOUND_BY_ONE: Phrase = Phrase {
    en: "no change of one reading was found to do it",
    zh: "未发现可改变等级的单个填报值变动",
};

/// What a route costs, in a sentence.
pub const COST: Phrase = Phrase {
    en: "Ways to a better grade: a change costs its share of the reading (of a reading of zero, its share of the largest \
         figure that anybody has there); two changes cost the sum. Experts' marks are not moved. \"exact\": nothing cheaper \
         does it; \"found\": the cheapest that was found.",
    zh: "提升等级的途径：每项变动的代价为其占该填报值的比例（填报值为零时，取占全体单位该项最大值的比例）；两项变动的代价相加。\
         不变动专家评分。“精确”：没有代价更小的途径；“搜索所得”：已找到的途径中代价最小者。",
};

/// Which side of the boundary has the other grade, in words.
pub const fn side(flip: &Flip) -> Phrase {
    match (flip.way, flip.included) {
        (Way::Up, true) => Phrase { en: "at least", zh: "不低于" },
        (Way::Up, false) => Phrase { en: "more than", zh: "高于" },
        (Way::Down, true) => Phrase { en: "at most", zh: "不高于" },
        (Way::Down, false) => Phrase { en: "less than", zh: "低于" },
    }
}

/// Places of a boundary in a sentence.
const PLACES: u32 = 6;

/// The side and the boundary in a sentence: one of many digits is rounded to what surely lies past it.
fn past(flip: &Flip) -> (Phrase, String) {
    if flip.at.places().is_some_and(|places| places <= PLACES) {
        return (side(flip), exact(&flip.at));
    }
    let step = Number::fraction(1, 10_i64.pow(PLACES)).unwrap_or(Number::ONE);
    let near = flip.at.rounded(Round { places: PLACES, mode: Mode::Down });
    let past = match flip.way {
        Way::Up if near < flip.at => &near + &step,
        Way::Down if near > flip.at => &near - &step,
        _ => near,
    };
    (side(&Flip { included: true, ..flip.clone() }), exact(&past))
}

/// Per cent with two places; a share that is not nothing is never shown as nothing.
pub fn percent(share: &Number) -> String {
    let hundredfold = share * &Number::from(100_i64);
    let text = hundredfold.fixed(Round::half_up(2));
    let hidden = share.is_positive() && text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if hidden { "<0.01%".to_owned() } else { format!("{text}%") }
}

/// What is said of centres, in a language.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub lang: Lang,
}

/// How many others are named before the rest are counted.
const NAMED: usize = 3;

impl Said<'_> {
    fn title(self, grade: GradeIx) -> String {
        self.rubric.grades[grade.0].title.get(self.lang).to_owned()
    }

    /// Every reason to look at a centre twice, with the grades that one change gives instead.
    pub fn reasons(self, look: &Look<'_>) -> Vec<(String, Vec<Option<GradeIx>>)> {
        let alone = |text: String| (text, Vec::new());
        let mut reasons: Vec<_> = look.near.iter().map(|near| alone(self.near(near))).collect();
        if !look.tied.is_empty() {
            reasons.push(alone(self.tied(look.centre, look.tied)));
        }
        reasons.extend(look.outside.iter().map(|outside| alone(self.outside(outside))));
        for hang in &look.rules {
            let cause = match hang.cause {
                Cause::MissingIsZero => AS_ZERO,
                Cause::MissingIsLeftOut => AS_LEFT_OUT,
                _ => ROUNDING,
            };
            reasons.push((cause.get(self.lang).to_owned(), vec![hang.becomes]));
        }
        if let Some(first) = look.judges.first() {
            reasons.push((self.judges(look, &first.cause), look.judges.iter().map(|hang| hang.becomes).collect()));
        }
        for (flip, count, fragile) in look.nearest_cells() {
            reasons.push((self.cells(flip, count, fragile), vec![flip.becomes]));
        }
        reasons
    }

    fn near(self, near: &Near) -> String {
        let over = &near.total - &near.line;
        let (by, line, grade) = (exact(&over.abs()), exact(&near.line), self.title(near.grade));
        match (over.is_zero(), over.is_negative(), self.lang) {
            (true, _, Lang::En) => format!("on the line of {grade}, {line}"),
            (true, _, Lang::Zh) => format!("恰在{grade}分数线 {line}"),
            (_, true, Lang::En) => format!("{by} short of the line of {grade}, {line}"),
            (_, true, Lang::Zh) => format!("距{grade}分数线 {line} 差 {by}"),
            (_, false, Lang::En) => format!("{by} above the line of {grade}, {line}"),
            (_, false, Lang::Zh) => format!("高出{grade}分数线 {line} 仅 {by}"),
        }
    }

    fn tied(self, centre: CentreIx, tied: &[CentreIx]) -> String {
        let others: Vec<&str> =
            tied.iter().filter(|other| **other != centre).map(|other| self.cohort.centre(*other).id.as_str()).collect();
        let more = others.len().saturating_sub(NAMED);
        let named = &others[..others.len() - more];
        match (more, self.lang) {
            (0, Lang::En) => format!("same total as {}", named.join(", ")),
            (0, Lang::Zh) => format!("与 {} 总分相同", named.join("、")),
            (more, Lang::En) => format!("same total as {} and {more} more", named.join(", ")),
            (more, Lang::Zh) => format!("与 {} 等 {} 个单位总分相同", named.join("、"), named.len() + more),
        }
    }

    fn outside(self, outside: &Outside) -> String {
        let Outside { places, of, place, .. } = outside;
        let grade = self.title(outside.grade);
        match self.lang {
            Lang::En => format!("outside the quota of {grade}: place {place} for {places} of {of}"),
            Lang::Zh => format!("超出{grade}名额：{of} 个中取 {places} 个，位列第 {place}"),
        }
    }

    fn judges(self, look: &Look<'_>, first: &Cause) -> String {
        let Cause::Judge(slot, _) = first else { return String::new() };
        let panel = self.cohort.readings(look.centre).marks(*slot).count();
        let (count, metric) = (look.judges.len(), words::cell(*slot, None, self.rubric, self.cohort, self.lang));
        match self.lang {
            Lang::En => format!("one expert left out ({count} of {panel}): {metric}"),
            Lang::Zh => format!("剔除一名专家（{panel} 名中有 {count} 名如此）：{metric}"),
        }
    }

    fn cells(self, flip: &Flip, count: usize, fragile: usize) -> String {
        let what = self.change(flip);
        match (count, fragile, self.lang) {
            (1, 0, Lang::En) => format!("one reading: {what}"),
            (1, 0, Lang::Zh) => format!("一个填报值：{what}"),
            (1, _, Lang::En) => format!("one reading, within its tolerance: {what}"),
            (1, _, Lang::Zh) => format!("一个填报值，在误差范围内：{what}"),
            (_, 0, Lang::En) => format!("{count} readings; first {what}"),
            (_, 0, Lang::Zh) => format!("{count} 个填报值；最近者：{what}"),
            (_, _, Lang::En) => format!("{count} readings, {fragile} within tolerance; first {what}"),
            (_, _, Lang::Zh) => format!("{count} 个填报值，其中 {fragile} 个在误差范围内；最近者：{what}"),
        }
    }

    /// One change: what, from where, to which side of what.
    pub fn change(self, flip: &Flip) -> String {
        let lever = words::lever(&flip.lever, self.rubric, self.cohort, self.lang);
        let unit = words::unit(&flip.lever, self.rubric, self.cohort, self.lang);
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let (side, at) = past(flip);
        let (side, now) = (side.get(self.lang), exact(&flip.now));
        match self.lang {
            Lang::En => format!("{lever} {side} {at}{unit} (now {now})"),
            Lang::Zh => format!("{lever} {side} {at}{unit}（现为 {now}）"),
        }
    }

    /// The nearest changes of single readings that give another grade, one for each metric.
    pub fn nearest(self, found: &Robustness) -> Vec<String> {
        let mut metrics = Vec::new();
        let first = |flip: &&Flip| {
            let Lever::Reading { slot, .. } = flip.lever else { return false };
            let metric = self.cohort.layout.cell(slot).0;
            let new = !metrics.contains(&metric);
            metrics.push(metric);
            new
        };
        let nearest: Vec<&Flip> = found.flips.iter().filter(first).take(NAMED).collect();
        if nearest.is_empty() {
            let proven = found.firm.iter().all(|firm| firm.sure == Sure::Exact);
            let said = if proven { NOT_BY_ONE } else { NOT_FOUND_BY_ONE };
            return vec![said.get(self.lang).to_owned()];
        }
        nearest.into_iter().map(|flip| self.flip(flip)).collect()
    }

    fn flip(self, flip: &Flip) -> String {
        let becomes = words::becomes(flip.becomes, self.rubric, self.lang);
        let change = self.change(flip);
        let sure = words::sure(flip.sure).1.get(self.lang);
        match (flip.fragile, self.lang) {
            (false, Lang::En) => format!("{becomes}: {change}; {sure}"),
            (false, Lang::Zh) => format!("{becomes}：{change}；{sure}"),
            (true, Lang::En) => format!("{becomes}: {change}; {sure}, within its tolerance"),
            (true, Lang::Zh) => format!("{becomes}：{change}；{sure}，在误差范围内"),
        }
    }

    /// The changes of a route.
    pub fn route(self, route: &Route) -> String {
        let changes: Vec<String> = route.moves.iter().map(|flip| self.change(flip)).collect();
        changes.join(match self.lang {
            Lang::En => ", and ",
            Lang::Zh => "，且",
        })
    }

    /// That there is no route.
    pub const fn no_route(self, sure: Sure) -> &'static str {
        match sure {
            Sure::Exact => NO_ROUTE.get(self.lang),
            Sure::Found => NO_ROUTE_FOUND.get(self.lang),
        }
    }
}
