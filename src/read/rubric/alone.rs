//! Whether a cohort is large enough for rules that set one centre against the others: a cohort of one has no best, no
//! mean and no rank that says anything. Must not know what a place among the others comes to.

use std::collections::BTreeMap;

use super::place::{Part, span};
use crate::domain::centre::Status;
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::group::{Group, Member};
use crate::domain::rubric::{NodeIx, Rubric, Scoring};
use crate::domain::rule::Rule;

/// Doubts about relative rules of the rubric in `text` for the centres that take part.
pub fn alone(text: &str, rubric: &Rubric, cohort: &Cohort) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (ix, indicator) in rubric.indicators() {
        let mut groups = Vec::new();
        compared(&indicator.scoring, &mut groups);
        let least = groups.into_iter().filter_map(|per| smallest(rubric, cohort, ix, per)).min();
        if least == Some(1) {
            let id = &rubric.nodes[ix.0].id;
            let what = Diagnostic::warning(
                "W-alone",
                format!("`{id}` compares a centre with the others of its group, and some group has only one"),
                format!("`{id}` 与同组其他单位比较，而有的组只有一个单位"),
            );
            let help = what.help(
                "compare within larger groups (`per`), or use a goal that does not depend on the others",
                "请在更大的范围内比较（per），或改用不依赖其他单位的目标值",
            );
            found.push(match span(text, Part::Node(id)) {
                Some(at) => help.at(at),
                None => help,
            });
        }
    }
    found
}

/// Groups of the relative rules of an indicator.
fn compared(scoring: &Scoring, groups: &mut Vec<Group>) {
    match scoring {
        Scoring::Rule { rule: Rule::Relative(relative), .. } => groups.push(relative.per),
        Scoring::Rule { .. } | Scoring::Profile(_) => {}
        Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) => {
            choices.iter().for_each(|choice| compared(&choice.scoring, groups));
        }
    }
}

/// How many centres the smallest group has that takes part in an indicator; `None` where nobody does.
fn smallest(rubric: &Rubric, cohort: &Cohort, node: NodeIx, per: Group) -> Option<usize> {
    let mut sizes: BTreeMap<Member, usize> = BTreeMap::new();
    for centre in cohort.all().map(|ix| cohort.centre(ix)) {
        let takes_part = centre.status == Status::Participating;
        if takes_part && rubric.class(centre).is_some_and(|class| rubric.exists_for(node, class)) {
            *sizes.entry(per.member(centre)).or_default() += 1;
        }
    }
    sizes.into_values().min()
}
