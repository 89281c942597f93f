//! What plots say: their captions, and the words at their lines and marks. Must not know how they are drawn.

use super::Phrase;
use super::number::{Level, exact, points, shortened};
use super::terms;
use crate::domain::cohort::Cohort;
use crate::domain::distribution::{Apart, Distribution, GradeLine};
use crate::domain::grade::Scorecard;
use crate::domain::ledger::Subject;
use crate::domain::number::{Number, Points};
use crate::domain::peers::Part;
use crate::domain::reading::{Presence, Reading};
use crate::domain::rubric::{KindIx, Metric, Rubric};
use crate::domain::score::State;
use crate::domain::text::Lang;

/// Places of figures that a plot shows beside its marks.
const PLACES: u32 = 2;

/// Below a profile.
pub const PROFILE_KEY: Phrase = Phrase {
    en: "Dot: this centre. Bar: the middle half of the complete centres of its kind. Stroke: their median.",
    zh: "圆点：本中心；色条：同类数据齐全中心居中的一半；竖线：其中位数。",
};
/// Below a trend.
pub const TREND_KEY: Phrase = Phrase {
    en: "Line: this centre. Dashed: the median of those of its kind that take part and report a value, complete or not. Every row has a scale of its own.",
    zh: "实线：本中心；虚线：同类参评单位中已填报者的中位数（不论数据是否齐全）；各行比例尺不同。",
};
/// Heads the column of the median.
pub const MEDIAN: Phrase = Phrase { en: "median", zh: "中位数" };
/// Heads of columns, and what the signs of a profile and a trend in a terminal are.
pub const OWN: Phrase = Phrase { en: "own", zh: "本中心" };
pub const CRITERION: Phrase = Phrase { en: "Criterion", zh: "指标" };
pub const METRIC: Phrase = terms::METRIC;
pub const SHARES_KEY: Phrase = Phrase {
    en: "Share of the most points. O this centre; of the complete ones of its kind: | median, = middle half, . least to most",
    zh: "占满分的比例。O 本中心；同类数据齐全者：| 中位数，= 居中的一半，. 最低至最高",
};
pub const YEARS_KEY: Phrase = Phrase {
    en: "_ low, - middle, ^ high among the centre's own years. Median: of those of its kind that report, complete or not. Figures are as reported; no points belong to a year.",
    zh: "_ 低、- 中、^ 高，均就本中心各年度相比。中位数：同类参评单位中已填报者（不论是否齐全）。数字为填报值；得分按整个周期计算，不分年度。",
};
/// Where there is nothing to draw.
pub const NO_TOTALS: Phrase = Phrase {
    en: "This rubric gives no totals, so that there is no distribution of them.",
    zh: "本体系不计总分，因此没有总分分布。",
};
pub const NO_CENTRES: Phrase = Phrase { en: "There are no centres yet.", zh: "尚无参评单位。" };
pub const NOBODY_COMPLETE: Phrase = Phrase { en: "No centre is complete yet.", zh: "尚无数据齐全的单位。" };
pub const NO_PROFILE: Phrase = Phrase {
    en: "This centre is not scored, so that it has no profile.",
    zh: "该单位不计分，因此没有指标对比图。",
};
pub const NO_TREND: Phrase =
    Phrase { en: "This centre has no readings by year.", zh: "该单位没有分年度的填报值。" };
pub const DISTRIBUTION: Phrase = Phrase { en: "Distribution of totals", zh: "总分分布" };
pub const PROFILE: Phrase = Phrase { en: "Profile against its kind", zh: "与同类对比" };
/// What the key for plots does on a plot.
pub const TO_CENTRE: Phrase = Phrase { en: "p: this centre", zh: "p：本中心" };
pub const TO_DISTRIBUTION: Phrase = Phrase { en: "p: distribution", zh: "p：总分分布" };
/// Names a centre's own plots.
pub const OF_CENTRE: Phrase = Phrase { en: "Plots", zh: "图表" };
pub const TREND: Phrase = Phrase { en: "Trend", zh: "年度趋势" };

/// The kind's own title; a word for centres whose kind is not known; empty where the rubric has no kinds.
pub fn kind(kind: Option<KindIx>, rubric: &Rubric, lang: Lang) -> &str {
    match kind {
        None => terms::WITHOUT_KIND.get(lang),
        Some(kind) => rubric.kinds.get(kind.0).map_or("", |kind| kind.title.get(lang)),
    }
}

/// `Good from 60`: what a grade line says.
pub fn line(line: &GradeLine, rubric: &Rubric, lang: Lang) -> String {
    let grade = rubric.grades[line.grade.0].title.get(lang);
    let at = shortened_plain(&line.at);
    match (lang, line.strict) {
        (Lang::En, false) => format!("{grade} from {at}"),
        (Lang::En, true) => format!("{grade} above {at}"),
        (Lang::Zh, false) => format!("{grade}：{at}起"),
        (Lang::Zh, true) => format!("{grade}：高于{at}"),
    }
}

/// What a distribution shows, in sentences: whose totals, how they lie, and who is not in it.
pub fn distribution(of: &Distribution, rubric: &Rubric, lang: Lang) -> String {
    let kind = kind(of.kind, rubric, lang);
    let head = match (lang, kind.is_empty()) {
        (Lang::En, true) => "Distribution of totals.".to_owned(),
        (Lang::En, false) => format!("Distribution of totals: {kind}."),
        (Lang::Zh, true) => "总分分布。".to_owned(),
        (Lang::Zh, false) => format!("总分分布：{kind}。"),
    };
    match lang {
        Lang::En => format!("{head} {}", lie(of, rubric, lang)),
        Lang::Zh => format!("{head}{}", lie(of, rubric, lang)),
    }
}

/// How the totals lie, and who has none.
pub fn lie(of: &Distribution, rubric: &Rubric, lang: Lang) -> String {
    let total = |total: &Number| points(&Points(total.clone()), &rubric.rounding, Level::Total);
    let lie = match (&of.spread, lang) {
        (None, lang) => NOBODY_COMPLETE.get(lang).to_owned(),
        (Some(s), Lang::En) => {
            format!("Complete: {}, from {} to {}, median {}.", s.of, total(&s.least), total(&s.most), total(&s.median))
        }
        (Some(s), Lang::Zh) => {
            format!("数据齐全{}家，最低{}，最高{}，中位数{}。", s.of, total(&s.least), total(&s.most), total(&s.median))
        }
    };
    let apart = apart(of.apart, lang);
    match lang {
        _ if apart.is_empty() => lie,
        Lang::En => format!("{lie} Not in it: {apart}."),
        Lang::Zh => format!("{lie}未计入：{apart}。"),
    }
}

/// Why one centre is in no range.
pub fn without_total(name: &str, state: &State, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{name} is in no range: {}.", terms::state(state).en),
        Lang::Zh => format!("{name}未计入任何一段：{}。", terms::state(state).zh),
    }
}

/// Who has no final total, by why: `2 incomplete, 1 not scored`; empty where everybody has one.
pub fn apart(apart: Apart, lang: Lang) -> String {
    let why = [
        (apart.incomplete, terms::INCOMPLETE),
        (apart.blocked, terms::BLOCKED),
        (apart.without_kind, terms::WITHOUT_KIND),
        (apart.not_scored, Phrase { en: "not scored", zh: "不计分" }),
    ];
    let parts = why.iter().filter(|(count, _)| *count > 0).map(|(count, why)| match lang {
        Lang::En => format!("{count} {}", why.en),
        Lang::Zh => format!("{}{count}家", why.zh),
    });
    super::listed(lang, &parts.collect::<Vec<_>>())
}

/// Which range a total at an edge is in.
pub const EDGES: Phrase = Phrase {
    en: "A total at the edge of two ranges is in the higher one.",
    zh: "恰在两段分界处的总分计入较高一段。",
};

/// The title of a part of a profile.
pub fn part(part: Part, rubric: &Rubric, lang: Lang) -> String {
    match part {
        Part::Node(node) => rubric.nodes[node.0].title.get(lang).to_owned(),
        Part::Level(node, level) => {
            let (node, level) = (rubric.nodes[node.0].title.get(lang), rubric.levels[level].title.get(lang));
            match lang {
                Lang::En => format!("{node}: {level}"),
                Lang::Zh => format!("{node}：{level}"),
            }
        }
    }
}

/// A share as a percentage with as many places as a plot has room for: `62.5%`, `33.3~%`.
pub fn share(share: &Number) -> String {
    let hundredfold = share * &Number::from(100_i64);
    let text = match hundredfold.places() {
        Some(places) if places <= 1 => hundredfold.plain(),
        _ => shortened(&hundredfold, 1),
    };
    format!("{text}%")
}

/// What a profile shows.
pub fn profile(name: &str, peers: usize, provisional: bool, lang: Lang) -> String {
    match (lang, provisional) {
        (Lang::En, false) => {
            format!("{name}: share of the points of each criterion. Complete centres of its kind: {peers}.")
        }
        (Lang::En, true) => {
            format!(
                "{name}: share of the points of each criterion, data incomplete. Complete centres of its kind: {peers}."
            )
        }
        (Lang::Zh, false) => format!("{name}：各项指标得分占满分的比例。同类数据齐全中心{peers}家。"),
        (Lang::Zh, true) => format!("{name}：各项指标得分占满分的比例（数据不全）。同类数据齐全中心{peers}家。"),
    }
}

/// How many a centre is set beside, and whether its own points are final.
pub fn peers(of: usize, state: &State, lang: Lang) -> String {
    let said = match lang {
        Lang::En => format!("Complete centres of its kind: {of}."),
        Lang::Zh => format!("同类数据齐全中心{of}家。"),
    };
    match (state, lang) {
        (State::Complete, _) => said,
        (_, Lang::En) => format!("{said} Its own points are not final: {}.", terms::state(state).en),
        (_, Lang::Zh) => format!("{said}本中心得分不是最终得分：{}。", terms::state(state).zh),
    }
}

/// `12.50 / 20`; nothing for a level of a profile; a word where the part is left out.
pub fn points_of(card: &Scorecard, part: Part, rubric: &Rubric, cohort: &Cohort, lang: Lang) -> String {
    let Part::Node(node) = part else { return String::new() };
    let class = rubric.class(cohort.centre(card.centre));
    match (&card.tally.nodes[node.0], class) {
        (Some(own), Some(class)) => {
            let level = Level::of(Subject::Node(node), rubric);
            let of = exact(&rubric.nodes[node.0].points.get(class).0);
            format!("{} / {of}", points(own, &rubric.rounding, level))
        }
        _ => terms::LEFT_OUT.get(lang).to_owned(),
    }
}

/// Which rows of a plot are on the screen, and how the others are seen.
pub fn scroll(first: usize, last: usize, of: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{first}-{last} of {of}, arrows scroll"),
        Lang::Zh => format!("第 {first}-{last} 行，共 {of} 行，方向键滚动"),
    }
}

/// A metric with its unit.
pub fn metric(metric: &Metric, lang: Lang) -> String {
    let (title, unit) = (metric.title.get(lang), metric.unit.get(lang));
    match lang {
        _ if unit.is_empty() => title.to_owned(),
        Lang::En => format!("{title} ({unit})"),
        Lang::Zh => format!("{title}（{unit}）"),
    }
}

/// Heads the medians of a year.
pub fn median_in(year: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("med.{year}"),
        Lang::Zh => format!("{year}中位"),
    }
}

/// What a trend shows; `part` of `parts` where it takes more than one drawing.
pub fn trend(name: &str, part: usize, parts: usize, lang: Lang) -> String {
    let counted = if parts > 1 { format!(" ({part}/{parts})") } else { String::new() };
    match lang {
        Lang::En => format!("{name}: readings by year{counted}."),
        Lang::Zh => format!("{name}：各年度填报值{counted}。"),
    }
}

/// A reading as a plot has room for it: a figure, or the short sign of what stands instead.
pub fn reading(seen: Option<&Reading>, metric: &Metric, lang: Lang) -> String {
    match seen {
        Some(Reading::Value(value)) if metric.panel.is_some() => shortened_plain(value),
        Some(reading) => metric.written(reading),
        None => terms::presence(Presence::Blank).get(lang).to_owned(),
    }
}

/// A number in full where it is short, else with the places of a plot and the sign that they are not all.
pub fn shortened_plain(number: &Number) -> String {
    match number.places() {
        Some(places) if places <= 4 => number.plain(),
        _ => shortened(number, PLACES),
    }
}
