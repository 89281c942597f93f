//! Rules relative to the cohort in words: what a value is set against, and what came of it.
//!
//! Every sentence says that the points depend on the other centres. Must not know which centres those are.

use super::number::{exact, percent, term};
use crate::domain::group::Group;
use crate::domain::number::{Number, Points};
use crate::domain::relative::{Against, By, Counting, Outliers, RankTies, Relative};
use crate::domain::rubric::{ClassIx, Rubric};
use crate::domain::text::Lang;

/// The centres that a value is set against: `the cohort`, `the centres of its kind`.
pub fn among(per: Group, rubric: &Rubric, lang: Lang) -> String {
    match (per, lang) {
        (Group::All, Lang::En) => "the cohort".to_owned(),
        (Group::All, Lang::Zh) => "全部参评单位".to_owned(),
        (Group::Kind, Lang::En) => "the centres of its kind".to_owned(),
        (Group::Kind, Lang::Zh) => "同类参评单位".to_owned(),
        (Group::Stage, Lang::En) => "the centres of its stage".to_owned(),
        (Group::Stage, Lang::Zh) => "同阶段参评单位".to_owned(),
        (Group::Attribute(ix), Lang::En) => {
            format!("the centres with the same {}", rubric.attributes[ix.0].title.get(lang))
        }
        (Group::Attribute(ix), Lang::Zh) => format!("“{}”相同的参评单位", rubric.attributes[ix.0].title.get(lang)),
    }
}

/// Whose points move one's own: `the other centres of its kind`.
const fn others(per: Group, lang: Lang) -> &'static str {
    match (per, lang) {
        (Group::All, Lang::En) => "depends on the other centres",
        (Group::Kind, Lang::En) => "depends on the other centres of its kind",
        (Group::Stage, Lang::En) => "depends on the other centres of its stage",
        (Group::Attribute(_), Lang::En) => "depends on the other centres of its group",
        (Group::All, Lang::Zh) => "与其他参评单位有关",
        (Group::Kind, Lang::Zh) => "与其他同类参评单位有关",
        (Group::Stage, Lang::Zh) => "与其他同阶段参评单位有关",
        (Group::Attribute(_), Lang::Zh) => "与其他同组参评单位有关",
    }
}

/// How a value's place among the others of its group was found.
pub fn place(against: &Against, value: &Number, per: Group, lang: Lang) -> String {
    let found = against.place(value).map_or(String::new(), |place| exact(&place));
    let value = term(value);
    let text = match (against, lang) {
        (Against::MinMax { worst, best, at_worst }, _) => {
            let way = format!("({value} - {0}) / ({1} - {0})", term(worst), term(best));
            let head = match lang {
                Lang::En => format!("worst {}, best {}", exact(worst), exact(best)),
                Lang::Zh => format!("最差{}、最优{}", exact(worst), exact(best)),
            };
            let kept = if lang == Lang::En { "kept between 0 and 1" } else { "限定在0至1之间" };
            match at_worst.is_zero() {
                true => format!("{head}: {way}, {kept} = {found}"),
                false => format!("{head}: {0} + ({way}, {kept}) × (1 - {0}) = {found}", term(at_worst)),
            }
        }
        (Against::Best { best, lower: false }, Lang::En) => {
            format!("ratio to the best: {value} / {} = {found}", term(best))
        }
        (Against::Best { best, lower: false }, Lang::Zh) => format!("与最优值之比：{value} / {} = {found}", term(best)),
        (Against::Best { best, lower: true }, Lang::En) => {
            format!("ratio of the lowest: {} / {value} = {found}", term(best))
        }
        (Against::Best { best, lower: true }, Lang::Zh) => format!("最低值之比：{} / {value} = {found}", term(best)),
        (Against::Mean { mean, lower: false }, Lang::En) => {
            format!("ratio to the mean: {value} / {} = {found}", term(mean))
        }
        (Against::Mean { mean, lower: false }, Lang::Zh) => format!("与平均值之比：{value} / {} = {found}", term(mean)),
        (Against::Mean { mean, lower: true }, Lang::En) => {
            format!("ratio to the mean, lower is better: 2 - {value} / {} = {found}", term(mean))
        }
        (Against::Mean { mean, lower: true }, Lang::Zh) => {
            format!("与平均值之比（逆向）：2 - {value} / {} = {found}", term(mean))
        }
        (Against::ZScore { mean, deviation, lower }, _) => {
            let way = if *lower { format!("{} - {value}", term(mean)) } else { format!("{value} - {}", term(mean)) };
            let head = if lang == Lang::En { "z-score: " } else { "标准分：" };
            format!("{head}({way}) / {} = {found}", term(deviation))
        }
        (Against::Percentile { worse, equal, of, counting }, _) => {
            percentile((*worse, *equal, *of), *counting, &found, lang)
        }
        (Against::Rank { place, equal: 0 | 1, of, .. }, Lang::En) => format!("place {place} of {of}"),
        (Against::Rank { place, equal, of, .. }, Lang::En) => format!("place {place} of {of}, shared by {equal}"),
        (Against::Rank { place, equal: 0 | 1, of, .. }, Lang::Zh) => format!("{of}家中列第{place}位"),
        (Against::Rank { place, equal, of, .. }, Lang::Zh) => format!("{of}家中列第{place}位，{equal}家并列"),
    };
    match lang {
        Lang::En => format!("{text} ({})", others(per, lang)),
        Lang::Zh => format!("{text}（{}）", others(per, lang)),
    }
}

fn percentile((worse, equal, of): (usize, usize, usize), counting: Counting, found: &str, lang: Lang) -> String {
    let (text, en, zh) = match counting {
        Counting::Below => {
            (format!("{worse} / ({of} - 1)"), "the worse ones of the others", "劣于本单位的占其他单位之比")
        }
        Counting::AtOrBelow => {
            (format!("({worse} + {equal}) / {of}"), "the worse and equal ones of all", "不优于本单位的占全部单位之比")
        }
        Counting::Middle => (
            format!("({worse} + {equal} / 2) / {of}"),
            "the worse ones and half of the equal ones of all",
            "劣于本单位的与相同者之半占全部单位之比",
        ),
    };
    match lang {
        Lang::En => format!("percentile, {en}: {text} = {found}"),
        Lang::Zh => format!("百分位，{zh}：{text} = {found}"),
    }
}

/// What the place earned, where no rule of its own says so.
pub fn earned(against: &Against, value: &Number, points: &Points, of: &Points, lang: Lang) -> String {
    let (points, of) = (exact(&points.0), term(&of.0));
    let place = against.place(value).map_or_else(|| "0".to_owned(), |place| term(&place));
    match (against, lang) {
        (Against::Rank { .. }, Lang::En) => format!("{points} points for the place"),
        (Against::Rank { .. }, Lang::Zh) => format!("该位次得{points}分"),
        (_, Lang::En) => format!("{place}, kept between 0 and 1, × {of} = {points}"),
        (_, Lang::Zh) => format!("{place}（限定在0至1之间）× {of} = {points}"),
    }
}

/// What a relative rule earns in general. `then` says what its own rule earns.
pub fn describe(rule: &Relative, class: ClassIx, then: Option<String>, lang: Lang) -> String {
    let english = lang == Lang::En;
    let by = match &rule.by {
        By::MinMax { at_worst } => match lang {
            Lang::En => format!("way from the worst ({} of the points) to the best", percent(at_worst)),
            Lang::Zh => format!("最差（得分率{}）至最优之间的位置", percent(at_worst)),
        },
        By::Best if english => "ratio to the best".to_owned(),
        By::Best => "与最优值之比".to_owned(),
        By::Mean if english => "ratio to the mean".to_owned(),
        By::Mean => "与平均值之比".to_owned(),
        By::ZScore if english => "z-score".to_owned(),
        By::ZScore => "标准分".to_owned(),
        By::Percentile(_) if english => "percentile".to_owned(),
        By::Percentile(_) => "百分位".to_owned(),
        By::Rank { points, rest, ties } => {
            let points: Vec<String> = points.iter().map(|award| exact(&award.get(class).0)).collect();
            let (points, rest) = (super::listed(lang, &points), exact(&rest.get(class).0));
            match (ties, lang) {
                (RankTies::Best, Lang::En) => {
                    format!("by place: {points}, then {rest}; shared places get the best of them")
                }
                (RankTies::Mean, Lang::En) => format!("by place: {points}, then {rest}; shared places get their mean"),
                (RankTies::Worst, Lang::En) => {
                    format!("by place: {points}, then {rest}; shared places get the least of them")
                }
                (RankTies::Best, Lang::Zh) => format!("按位次计{points}分，其后{rest}分；并列取所占位次中最高分"),
                (RankTies::Mean, Lang::Zh) => format!("按位次计{points}分，其后{rest}分；并列取所占位次的平均分"),
                (RankTies::Worst, Lang::Zh) => format!("按位次计{points}分，其后{rest}分；并列取所占位次中最低分"),
            }
        }
    };
    let lower = match (rule.lower_is_better, lang) {
        (false, _) => "",
        (true, Lang::En) => ", lower is better",
        (true, Lang::Zh) => "，越低越好",
    };
    let outliers = rule.outliers.as_ref().map_or(String::new(), |outliers| treatment(outliers, lang));
    let then = then.map_or(String::new(), |then| if english { format!("; {then}") } else { format!("；{then}") });
    match lang {
        Lang::En => format!("{by}{lower}{outliers}{then} ({})", others(rule.per, lang)),
        Lang::Zh => format!("{by}{lower}{outliers}{then}（{}）", others(rule.per, lang)),
    }
}

fn treatment(outliers: &Outliers, lang: Lang) -> String {
    match (outliers, lang) {
        (Outliers::LeaveOut { beyond }, Lang::En) => {
            format!(", values more than {} standard deviations from the mean left out", exact(beyond))
        }
        (Outliers::LeaveOut { beyond }, Lang::Zh) => format!("，偏离平均值超过{}倍标准差的不计入", exact(beyond)),
        (Outliers::Winsorise { most, skewness, kurtosis }, Lang::En) => format!(
            ", up to {most} extreme values drawn in while |skewness| is above {} and excess kurtosis above {}",
            exact(skewness),
            exact(kurtosis)
        ),
        (Outliers::Winsorise { most, skewness, kurtosis }, Lang::Zh) => {
            format!("，偏度绝对值大于{}且超值峰度大于{}时最多缩尾{most}个极端值", exact(skewness), exact(kurtosis))
        }
    }
}
