//! Parts of a rubric in words, for who looks whether anybody reaches them. Must not know where they are written.

use super::{Phrase, terms};
use crate::domain::coverage::{Item, Piece};
use crate::domain::rubric::{OutcomeKey, Rubric};
use crate::domain::text::Lang;

/// What sort of part it is; the id of data formats first.
pub fn sort(item: &Item) -> (&'static str, Phrase) {
    match item {
        Item::Kind(_) => ("kind", Phrase { en: "kind", zh: "类别" }),
        Item::Stage(_) => ("stage", Phrase { en: "stage", zh: "阶段" }),
        Item::Piece(_, _, Piece::Band(_) | Piece::Rest) => ("band", Phrase { en: "band", zh: "分档" }),
        Item::Piece(..) => ("piece", Phrase { en: "piece", zh: "区段" }),
        Item::Chosen(..) => ("option", Phrase { en: "option", zh: "选项" }),
        Item::Missing(_) => ("missing", Phrase { en: "not reported", zh: "未填报" }),
        Item::NotApplicable(_) => ("not-applicable", Phrase { en: "not applicable", zh: "不适用" }),
        Item::Undefined(_) => ("zero-denominator", Phrase { en: "no value", zh: "无值" }),
        Item::Cap(_) | Item::TotalAtLeast | Item::TotalAtMost => ("cap", Phrase { en: "cap", zh: "上下限" }),
        Item::Gate(_) => ("gate", terms::GATE),
        Item::Grade(_) => ("grade", terms::GRADE),
        Item::Requirement(..) | Item::EachCriterion(_) => ("requirement", Phrase { en: "condition", zh: "条件" }),
        Item::Quota(_) | Item::First(_) | Item::Last(_) => ("quota", Phrase { en: "quota", zh: "名额" }),
        Item::Outcome(..) => ("outcome", Phrase { en: "outcome", zh: "处理建议" }),
        Item::Finding(_) => ("finding", Phrase { en: "finding", zh: "认定事项" }),
    }
}

/// A part by ids, as data formats name it: `firms-served#1 band 2`.
pub fn id(item: &Item, rubric: &Rubric) -> String {
    let node = |node: &crate::domain::rubric::NodeIx| rubric.nodes[node.0].id.clone();
    let grade = |grade: &crate::domain::rubric::GradeIx| rubric.grades[grade.0].id.clone();
    let path = |path: &[usize]| path.iter().map(|at| format!("#{}", at + 1)).collect::<String>();
    match item {
        Item::Kind(kind) => rubric.kinds[kind.0].id.clone(),
        Item::Stage(at) => rubric.stages[*at].id.clone(),
        Item::Piece(at, choice, piece) => format!("{}{} {}", node(at), path(choice), piece_id(*piece)),
        Item::Chosen(at, choice) => format!("{}{}", node(at), path(choice)),
        Item::Missing(at) | Item::NotApplicable(at) | Item::Undefined(at) | Item::Cap(at) => node(at),
        Item::TotalAtLeast => "total at_least".to_owned(),
        Item::TotalAtMost => "total at_most".to_owned(),
        Item::Gate(gate) => rubric.gates[gate.0].id.clone(),
        Item::Grade(at) => grade(at),
        Item::Requirement(at, index) => format!("{} requires {}", grade(at), index + 1),
        Item::EachCriterion(at) => format!("{} each_criterion", grade(at)),
        Item::Quota(at) => format!("{} quota", grade(at)),
        Item::First(at) => format!("{} first", grade(at)),
        Item::Last(at) => format!("{} last", grade(at)),
        Item::Outcome(at, case) => {
            let row = match rubric.outcomes[*at].0 {
                OutcomeKey::Grade(at) => grade(&at),
                OutcomeKey::Status(status) => status.id().to_owned(),
            };
            case.map_or(row.clone(), |case| format!("{row} case {}", case + 1))
        }
        Item::Finding(finding) => rubric.findings[finding.0].id.clone(),
    }
}

fn piece_id(piece: Piece) -> String {
    match piece {
        Piece::Band(at) => format!("band {}", at + 1),
        Piece::Rest => "rest".to_owned(),
        Piece::Short => "short".to_owned(),
        Piece::Between => "between".to_owned(),
        Piece::Reached => "reached".to_owned(),
        Piece::Yes => "yes".to_owned(),
        Piece::No => "no".to_owned(),
        Piece::Whole => "whole".to_owned(),
    }
}

/// What nobody does, where nobody reaches a part.
pub fn nobody(item: &Item, lang: Lang) -> &'static str {
    let phrase = match item {
        Item::Kind(_) => Phrase { en: "no centre is of this kind", zh: "没有该类别的中心" },
        Item::Stage(_) => Phrase { en: "no centre is at this stage", zh: "没有处于该阶段的中心" },
        Item::Piece(_, _, piece) => match piece {
            Piece::Band(_) => Phrase { en: "no value falls into this band", zh: "没有值落入该档" },
            Piece::Rest => {
                Phrase { en: "nobody is behind the listed places", zh: "没有排在所列名次之后的中心" }
            }
            Piece::Short => Phrase { en: "nobody has no points", zh: "没有不得分的中心" },
            Piece::Between => Phrase { en: "nobody has a part of the points", zh: "没有得部分分的中心" },
            Piece::Reached => Phrase { en: "nobody has all points", zh: "没有得满分的中心" },
            Piece::Yes => Phrase { en: "nobody says yes", zh: "没有填“是”的中心" },
            Piece::No => Phrase { en: "nobody says no", zh: "没有填“否”的中心" },
            Piece::Whole => Phrase { en: "nobody has a value", zh: "没有中心有值" },
        },
        Item::Chosen(..) => Phrase { en: "this option never decides", zh: "该选项从未起决定作用" },
        Item::Missing(_) => Phrase { en: "everybody reports", zh: "没有未填报的中心" },
        Item::NotApplicable(_) => Phrase { en: "it applies to everybody", zh: "没有不适用的中心" },
        Item::Undefined(_) => Phrase { en: "everybody has a value", zh: "没有算不出值的中心" },
        Item::Cap(_) | Item::TotalAtMost => {
            Phrase { en: "nobody comes to the limit", zh: "没有达到上限的中心" }
        }
        Item::TotalAtLeast => Phrase { en: "nobody falls to the limit", zh: "没有低至下限的中心" },
        Item::Gate(_) => Phrase { en: "it closes for nobody", zh: "没有触发的中心" },
        Item::Grade(_) => Phrase { en: "nobody has this grade", zh: "没有该等级的中心" },
        Item::Requirement(..) | Item::EachCriterion(_) => {
            Phrase { en: "it keeps nobody from the grade", zh: "没有因此未获该等级的中心" }
        }
        Item::Quota(_) => Phrase { en: "nobody misses a place", zh: "没有因名额落选的中心" },
        Item::First(_) => Phrase { en: "nobody is outside these places", zh: "没有排在该名次之外的中心" },
        Item::Last(_) => Phrase { en: "nobody is among the last", zh: "没有末位的中心" },
        Item::Outcome(..) => Phrase { en: "it follows for nobody", zh: "没有适用的中心" },
        Item::Finding(_) => Phrase { en: "it is established of nobody", zh: "没有被认定的中心" },
    };
    phrase.get(lang)
}

/// How much of a rubric is reached: `reached 80 of 100 parts (80.0%)`.
pub fn summary(reached: usize, of: usize, lang: Lang) -> String {
    let share = super::mutation::share(reached, of);
    match lang {
        Lang::En => format!("reached {reached} of {of} parts ({share})"),
        Lang::Zh => format!("共 {of} 处，已覆盖 {reached} 处（{share}）"),
    }
}
