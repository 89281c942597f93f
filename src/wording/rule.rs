//! Rules in words: what one earns in general, and how it made points of a value.
//!
//! Every sentence holds the numbers it uses, in full, so that a reader can work it out again by hand. Must not know
//! where the value came from.

use super::formula::Names;
use super::number::{exact, term};
use super::relative;
use crate::domain::formula::Expr;
use crate::domain::group::Group;
use crate::domain::ledger::{Applied, Working};
use crate::domain::number::{Number, Points};
use crate::domain::relative::Against;
use crate::domain::rubric::{ClassIx, Rubric};
use crate::domain::rule::{Band, Bound, Edge, MarkedBand, MarkedBands, PerUnit, Rule, Start};
use crate::domain::text::Lang;

/// How a rule made points of a measured value. `rule` is the rubric's own, for what surrounds a band.
pub fn working(working: &Working, points: &Points, of: &Points, rule: Option<&Rule>, lang: Lang) -> String {
    let value = &working.value;
    let calculation = Calculation { value, points, of, lang };
    match &working.applied {
        Applied::Linear { from, to, start } => calculation.linear(from, to, start),
        Applied::Target { goal, lower_is_better } => {
            let (over, under) = if *lower_is_better { (goal, value) } else { (value, goal) };
            let raw = over.divided_by(under).map(|share| &share * &of.0);
            let text = format!("{} / {} × {}", term(over), term(under), term(&of.0));
            let head = match lang {
                Lang::En => format!("target {} ({} points at most)", exact(goal), exact(&of.0)),
                Lang::Zh => format!("目标值{}（最高{}分）", exact(goal), exact(&of.0)),
            };
            calculation.settled(&head, &text, raw)
        }
        Applied::Band { index, award } => {
            let (range, award, value) = (range(&edges(rule), *index, lang), exact(&award.0), exact(value));
            match lang {
                Lang::En => format!("band \"{range}: {award} points\" holds {value}"),
                Lang::Zh => format!("{value}落入“{range}，得{award}分”一档"),
            }
        }
        Applied::MarkedBand { .. } => marked(working, points, rule, lang),
        Applied::Relative { against, then } => {
            relative_place(value, (against, then.as_deref()), (points, of), rule, lang)
        }
        Applied::PerUnit { from, base, unit, units, earns, lower_is_better } => {
            calculation.per_unit(from, base, unit, units, earns, *lower_is_better)
        }
        Applied::YesNo => match (lang, value.is_zero()) {
            (Lang::En, true) => "no: 0 points".to_owned(),
            (Lang::En, false) => format!("yes: all {} points", exact(&of.0)),
            (Lang::Zh, true) => "否：得0分".to_owned(),
            (Lang::Zh, false) => format!("是：得满分{}分", exact(&of.0)),
        },
        Applied::Expert { from, to } => {
            let share = (value - from).divided_by(&(to - from));
            let raw = share.map(|share| &share * &of.0);
            let way = format!("({} - {}) / ({} - {})", term(value), term(from), term(to), term(from));
            let head = match lang {
                Lang::En => format!("mark {} on a scale from {} to {}", exact(value), exact(from), exact(to)),
                Lang::Zh => format!("专家评分{}（{}至{}分制）", exact(value), exact(from), exact(to)),
            };
            calculation.settled(&head, &format!("{way} × {}", term(&of.0)), raw)
        }
    }
}

/// Lower edges of the bands of a rule.
fn edges(rule: Option<&Rule>) -> Vec<Option<&Edge>> {
    match rule {
        Some(Rule::Bands(bands)) => bands.iter().map(|band| band.lower.as_ref()).collect(),
        Some(Rule::MarkedBands(rule)) => rule.bands.iter().map(|band| band.lower.as_ref()).collect(),
        _ => Vec::new(),
    }
}

/// The band that the data chose and the mark inside it.
fn marked(working: &Working, points: &Points, rule: Option<&Rule>, lang: Lang) -> String {
    let Applied::MarkedBand { index, mark, scale, lowest, highest } = &working.applied else { return String::new() };
    let range = range(&edges(rule), *index, lang);
    let (value, shown) = (exact(&working.value), exact(mark));
    let (low, high, earned) = (exact(&lowest.0), exact(&highest.0), exact(&points.0));
    let way = match scale {
        None => shown.clone(),
        Some((from, to)) => format!(
            "{0} + ({1} - {2}) / ({3} - {2}) × ({4} - {0})",
            term(&lowest.0),
            term(mark),
            term(from),
            term(to),
            term(&highest.0)
        ),
    };
    match lang {
        Lang::En => format!(
            "band \"{range}: {low} to {high} points\" holds {value}; inside it the expert's mark {shown} decides: {way}, \
             kept inside the band: {earned}"
        ),
        Lang::Zh => format!(
            "{value}落入“{range}，{low}至{high}分”一档；档内由专家评分{shown}确定：{way}，限定在档内，得{earned}分"
        ),
    }
}

/// The place among the others, and what it earned.
fn relative_place(
    value: &Number,
    (against, then): (&Against, Option<&Applied>),
    (points, of): (&Points, &Points),
    rule: Option<&Rule>,
    lang: Lang,
) -> String {
    let (own, per) = match rule {
        Some(Rule::Relative(rule)) => (rule.then.as_ref(), rule.per),
        _ => (None, Group::All),
    };
    let place = relative::place(against, value, per, lang);
    let earned = match (then, against.place(value)) {
        (Some(then), Some(value)) => {
            working(&Working { value, applied: then.clone(), steps: Vec::new() }, points, of, own, lang)
        }
        _ => relative::earned(against, value, points, of, lang),
    };
    format!("{place}{}{earned}", if lang == Lang::En { "; " } else { "；" })
}

/// One leaf's numbers, for the sentences that end in its points.
struct Calculation<'a> {
    value: &'a Number,
    points: &'a Points,
    of: &'a Points,
    lang: Lang,
}

impl Calculation<'_> {
    /// `head: text = points`, with the limit named where the plain result lies outside 0 and all points.
    fn settled(&self, head: &str, text: &str, raw: Option<Number>) -> String {
        let (points, of) = (exact(&self.points.0), exact(&self.of.0));
        let colon = if self.lang == Lang::En { ": " } else { "：" };
        match raw.filter(|raw| *raw != self.points.0).map(|raw| exact(&raw)) {
            None => format!("{head}{colon}{text} = {points}"),
            Some(raw) => match self.lang {
                Lang::En => format!("{head}: {text} = {raw}, kept between 0 and {of}: {points}"),
                Lang::Zh => format!("{head}：{text} = {raw}，限定在0至{of}分之间，得{points}分"),
            },
        }
    }

    fn linear(&self, from: &Number, to: &Number, start: &Start) -> String {
        let Self { value, of, lang, .. } = *self;
        let (v, f, t, all) = (term(value), term(from), term(to), term(&of.0));
        let head = linear_head(&exact(from), &exact(to), start, of, lang);
        let rising = from <= to;
        let reached = if rising { value >= to } else { value <= to };
        let short = if rising { value < from } else { value > from };
        if reached || short {
            let (shown, from, to, all) = (exact(value), exact(from), exact(to), exact(&of.0));
            return match (lang, reached) {
                (Lang::En, true) => format!("{head}: {shown} reaches {to}, so all {all} points"),
                (Lang::En, false) => format!("{head}: {shown} falls short of {from}, so 0 points"),
                (Lang::Zh, true) => format!("{head}：{shown}已达到{to}，得满分{all}分"),
                (Lang::Zh, false) => format!("{head}：{shown}未达到{from}，得0分"),
            };
        }
        let way = format!("({v} - {f}) / ({t} - {f})");
        let (text, raw) = match start {
            Start::Zero => (format!("{way} × {all}"), None),
            Start::Share(share) => (format!("({0} + {way} × (1 - {0})) × {all}", term(share)), None),
            Start::InProportion => (format!("{v} / {t} × {all}"), value.divided_by(to).map(|share| &share * &of.0)),
        };
        self.settled(&head, &text, raw)
    }

    fn per_unit(
        &self,
        from: &Number,
        base: &Points,
        unit: &Number,
        units: &Number,
        earns: &Points,
        lower: bool,
    ) -> String {
        let Self { value, of, lang, .. } = *self;
        let head = per_unit_head(from, base, unit, earns, of, lower, lang);
        if lower && value > from {
            return match lang {
                Lang::En => format!("{head}: {} is above {}, so 0 points", exact(value), exact(from)),
                Lang::Zh => format!("{head}：{}高于{}，得0分", exact(value), exact(from)),
            };
        }
        if !lower && value < from {
            return match lang {
                Lang::En => format!("{head}: {} is below {}, so 0 points", exact(value), exact(from)),
                Lang::Zh => format!("{head}：{}低于{}，得0分", exact(value), exact(from)),
            };
        }
        let over = if lower { from - value } else { value - from };
        let over = over.divided_by(unit).unwrap_or_else(|| units.clone());
        let counted = match (from.is_zero(), *unit == Number::ONE) {
            _ if lower => format!("({} - {}) / {} = {}", term(from), term(value), term(unit), exact(&over)),
            (true, true) => term(value),
            (true, false) => format!("{} / {} = {}", term(value), term(unit), exact(&over)),
            (false, _) => format!("({} - {}) / {} = {}", term(value), term(from), term(unit), exact(&over)),
        };
        let cut = match lang {
            _ if over == *units => String::new(),
            Lang::En => format!(", {} whole", exact(units)),
            Lang::Zh => format!("，取整为{}", exact(units)),
        };
        let earned = format!("{} × {}", term(units), term(&earns.0));
        let text = if base.0.is_zero() { earned } else { format!("{} + {earned}", term(&base.0)) };
        let raw = &base.0 + &(units * &earns.0);
        let separator = if lang == Lang::En { "; " } else { "；" };
        // Where nothing had to be counted first, the multiplication says it all.
        let counting = if counted == term(units) { String::new() } else { format!("{counted}{cut}{separator}") };
        self.settled(&head, &format!("{counting}{text}"), Some(raw))
    }
}

fn linear_head(from: &str, to: &str, start: &Start, of: &Points, lang: Lang) -> String {
    let all = exact(&of.0);
    match (start, lang) {
        (Start::InProportion, Lang::En) => format!("in proportion to {to} ({all} points), from {from} on"),
        (Start::InProportion, Lang::Zh) => format!("自{from}起按占{to}的比例计分（{to}得{all}分）"),
        (start, lang) => {
            let low = match start {
                Start::Share(share) => exact(&(share * &of.0)),
                _ => "0".to_owned(),
            };
            match lang {
                Lang::En => format!("linear from {from} ({low} points) to {to} ({all} points)"),
                Lang::Zh => format!("线性计分，{from}得{low}分，{to}得{all}分"),
            }
        }
    }
}

fn per_unit_head(
    from: &Number,
    base: &Points,
    unit: &Number,
    earns: &Points,
    of: &Points,
    lower: bool,
    lang: Lang,
) -> String {
    let plain = from.is_zero() && base.0.is_zero();
    let (from, base, unit, earns, of) = (exact(from), exact(&base.0), exact(unit), exact(&earns.0), exact(&of.0));
    match lang {
        Lang::En if plain => format!("{earns} points for every {unit}, at most {of}"),
        Lang::Zh if plain => format!("每{unit}计{earns}分，最高{of}分"),
        Lang::En if lower => format!("{base} points at {from}, then {earns} for every {unit} less, at most {of}"),
        Lang::Zh if lower => format!("{from}计{base}分，每减少{unit}计{earns}分，最高{of}分"),
        Lang::En => format!("{base} points at {from}, then {earns} for every {unit}, at most {of}"),
        Lang::Zh => format!("{from}计{base}分，每增加{unit}计{earns}分，最高{of}分"),
    }
}

/// What a band holds: `at least 10 and below 30`.
fn range(edges: &[Option<&Edge>], index: usize, lang: Lang) -> String {
    let edge = |at: usize| edges.get(at).copied().flatten();
    let (lower, upper) = (edge(index), index.checked_sub(1).and_then(edge));
    let lower = lower.map(|edge| match (lang, edge.strict) {
        (Lang::En, true) => format!("above {}", exact(&edge.value)),
        (Lang::En, false) => format!("at least {}", exact(&edge.value)),
        (Lang::Zh, true) => format!("{}以上（不含）", exact(&edge.value)),
        (Lang::Zh, false) => format!("{}以上（含）", exact(&edge.value)),
    });
    // What the band above does not take: its own edge where that is strict.
    let upper = upper.map(|edge| match (lang, edge.strict) {
        (Lang::En, true) => format!("at most {}", exact(&edge.value)),
        (Lang::En, false) => format!("below {}", exact(&edge.value)),
        (Lang::Zh, true) => format!("{}以下（含）", exact(&edge.value)),
        (Lang::Zh, false) => format!("{}以下（不含）", exact(&edge.value)),
    });
    match (lower, upper, lang) {
        (Some(lower), Some(upper), Lang::En) => format!("{lower} and {upper}"),
        (Some(lower), Some(upper), Lang::Zh) => format!("{lower}、{upper}"),
        (Some(edge), None, _) | (None, Some(edge), _) => edge,
        (None, None, Lang::En) => "any value".to_owned(),
        (None, None, Lang::Zh) => "任意值".to_owned(),
    }
}

/// A formula as a rubric writes it, or in words; a number always as it is written.
fn formula(expr: &Expr, source: &str, rubric: Option<&Rubric>, lang: Lang) -> String {
    match (expr, rubric) {
        (Expr::Constant(_), _) | (_, None) => source.to_owned(),
        (expr, Some(rubric)) => super::formula::expr(expr, rubric, Names::Titles(lang)),
    }
}

fn marked_bands(rule: &MarkedBands, class: ClassIx, rubric: Option<&Rubric>, lang: Lang) -> String {
    let mark = formula(&rule.mark.expr, &rule.mark.source, rubric, lang);
    let edges: Vec<Option<&Edge>> = rule.bands.iter().map(|band| band.lower.as_ref()).collect();
    let one = |(index, band): (usize, &MarkedBand)| {
        let (low, high) = (band.lowest.get(class), band.highest.get(class));
        let (range, fixed) = (range(&edges, index, lang), low == high);
        let (low, high) = (exact(&low.0), exact(&high.0));
        match lang {
            Lang::En if fixed => format!("{range}: {low} points"),
            Lang::Zh if fixed => format!("{range}得{low}分"),
            Lang::En => format!("{range}: {low} to {high} points"),
            Lang::Zh => format!("{range}得{low}至{high}分"),
        }
    };
    let bands = rule.bands.iter().enumerate().map(one).collect::<Vec<_>>();
    match lang {
        Lang::En => format!("{}; inside the band the expert chooses ({mark})", bands.join("; ")),
        Lang::Zh => format!("{}；档内由专家确定（{mark}）", bands.join("；")),
    }
}

/// All bands of a rule that has some, with the one that was applied in brackets.
pub fn scale(applied: &Applied, rule: &Rule, class: ClassIx, lang: Lang) -> Option<String> {
    let (bands, index) = match (applied, rule) {
        (Applied::Band { index, .. }, Rule::Bands(bands)) => (bands, *index),
        (Applied::Relative { then: Some(applied), .. }, Rule::Relative(rule)) => {
            return scale(applied, rule.then.as_ref()?, class, lang);
        }
        _ => return None,
    };
    let bands = scale_of(bands, Some(index), class, lang);
    Some(match lang {
        Lang::En => format!("scale: {bands}"),
        Lang::Zh => format!("计分档次：{bands}"),
    })
}

fn scale_of(bands: &[Band], marked: Option<usize>, class: ClassIx, lang: Lang) -> String {
    let edges: Vec<Option<&Edge>> = bands.iter().map(|band| band.lower.as_ref()).collect();
    let one = |(index, band): (usize, &Band)| {
        let (range, award) = (range(&edges, index, lang), exact(&band.award.get(class).0));
        match (lang, marked == Some(index)) {
            (Lang::En, false) => format!("{range}: {award} points"),
            (Lang::En, true) => format!("[{range}: {award} points]"),
            (Lang::Zh, false) => format!("{range}得{award}分"),
            (Lang::Zh, true) => format!("【{range}得{award}分】"),
        }
    };
    let bands: Vec<String> = bands.iter().enumerate().map(one).collect();
    bands.join(if lang == Lang::En { "; " } else { "；" })
}

/// What a rule earns with the bounds that it had for one centre.
pub fn describe_applied(working: &Working, rule: &Rule, class: ClassIx, of: &Points, lang: Lang) -> String {
    let constant = |value: &Number| Bound::constant(value.clone());
    let settled = match (rule, &working.applied) {
        (Rule::Linear { start, .. }, Applied::Linear { from, to, .. }) => {
            Rule::Linear { from: constant(from), to: constant(to), start: start.clone() }
        }
        (Rule::Target { lower_is_better, .. }, Applied::Target { goal, .. }) => {
            Rule::Target { goal: constant(goal), lower_is_better: *lower_is_better }
        }
        _ => rule.clone(),
    };
    describe(&settled, class, of, None, lang)
}

/// What a rule earns in general, for a kind of centre. Formulas in it are in the words of `rubric`, or without one as
/// the rubric writes them.
pub fn describe(rule: &Rule, class: ClassIx, of: &Points, rubric: Option<&Rubric>, lang: Lang) -> String {
    let bound = |bound: &Bound| formula(&bound.expr, &bound.source, rubric, lang);
    match rule {
        Rule::Linear { from, to, start } => linear_head(&bound(from), &bound(to), start, of, lang),
        Rule::Target { goal, lower_is_better: true } => match lang {
            Lang::En => format!("target {} / value × {}, at most {}", bound(goal), term(&of.0), exact(&of.0)),
            Lang::Zh => format!("目标值（{}）/ 实际值 × {}，最高{}分", bound(goal), term(&of.0), exact(&of.0)),
        },
        Rule::Target { goal, .. } => match lang {
            Lang::En => format!("value / target {} × {}, at most {}", bound(goal), term(&of.0), exact(&of.0)),
            Lang::Zh => format!("实际值 / 目标值（{}）× {}，最高{}分", bound(goal), term(&of.0), exact(&of.0)),
        },
        Rule::Bands(bands) => scale_of(bands, None, class, lang),
        Rule::MarkedBands(rule) => marked_bands(rule, class, rubric, lang),
        Rule::Relative(rule) => {
            let then = rule.then.as_ref().map(|then| describe(then, class, of, rubric, lang));
            relative::describe(rule, class, then, lang)
        }
        Rule::PerUnit(PerUnit { unit, earns, from, base, whole, lower_is_better }) => {
            let head = per_unit_head(from, base.get(class), unit, earns.get(class), of, *lower_is_better, lang);
            match (lang, whole) {
                (_, false) => head,
                (Lang::En, true) => format!("{head}; whole units only"),
                (Lang::Zh, true) => format!("{head}；不足一个单位的不计"),
            }
        }
        Rule::YesNo => match lang {
            Lang::En => format!("yes: {} points; no: 0", exact(&of.0)),
            Lang::Zh => format!("是得{}分，否得0分", exact(&of.0)),
        },
        Rule::Expert { from, to } => match lang {
            Lang::En => format!("experts' mark from {} to {}, in proportion", exact(from), exact(to)),
            Lang::Zh => format!("专家评分（{}至{}分制），按比例折算", exact(from), exact(to)),
        },
    }
}

#[cfg(test)]
mod tests;
