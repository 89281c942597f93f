//! Doubts about a rubric that reads well: conditions and edges that nothing can reach, weights that do not add up,
//! points that nobody is cited for. Warnings only; must not change what the rubric means.

use std::ops::Range as Span;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::Scope;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::Expr;
use crate::domain::number::{Number, Points};
use crate::domain::range::{Bounds, Hold, Range};
use crate::domain::rubric::{Body, Combine, GateEffect, GradeIx, Node, NodeIx, Requirement, Rubric};
use crate::domain::rule::{Edge, Rule};
use crate::read::toml::{Source, Table};

/// Edges and goals of a rule that its measure cannot reach, from the bounds of its metrics.
pub(super) fn reach<'a>(scope: &Scope<'a>, value: &'a Spanned<DeValue<'a>>, measure: &Expr, rule: &Rule) {
    // Bounds with a fault tell nothing.
    if scope.source.has_errors() {
        return;
    }
    let bounds = Bounds {
        cycle_years: scope.names.cycle_years,
        metrics: scope.names.metrics,
        references: scope.names.references,
        nodes: &[],
        most: None,
    };
    let can = bounds.of(measure);
    match rule {
        Rule::Bands(bands) => band_reach(scope, value, &can, bands.iter().map(|band| band.lower.as_ref())),
        Rule::MarkedBands(marked) => {
            band_reach(scope, value, &can, marked.bands.iter().map(|band| band.lower.as_ref()));
        }
        Rule::Linear { from, to, .. } => {
            let (from, to) = (bounds.of(&from.expr), bounds.of(&to.expr));
            let rises = matches!((&from.high, &to.low), (Some(from), Some(to)) if from <= to);
            goal_reach(scope, value, "to", &can, &to, rises);
        }
        Rule::Target { goal, lower_is_better: false } => {
            goal_reach(scope, value, "goal", &can, &bounds.of(&goal.expr), true);
        }
        _ => {}
    }
}

fn goal_reach<'a>(
    scope: &Scope<'a>,
    value: &'a Spanned<DeValue<'a>>,
    key: &'static str,
    can: &Range,
    goal: &Range,
    rises: bool,
) {
    let (end, goal) = match rises {
        true => (&can.high, &goal.low),
        false => (&can.low, &goal.high),
    };
    let (Some(end), Some(goal)) = (end, goal) else { return };
    if rises && goal > end || !rises && goal < end {
        let what = Diagnostic::warning(
            "W-goal-out-of-reach",
            format!("the measure goes to {end}, and all points are earned at {goal}"),
            format!("计算口径最多到 {end}，而得满分需要 {goal}"),
        );
        let help = what.help(
            "correct the goal, or the minimum and maximum of the metrics",
            "请更正目标值，或数据项的 minimum、maximum",
        );
        let at = Table::reopen(scope.source, value, "rule").map_or_else(|| value.span(), |table| table.place(key));
        scope.source.fault(help.at(at));
    }
}

fn band_reach<'a, 'e>(
    scope: &Scope<'a>,
    value: &'a Spanned<DeValue<'a>>,
    can: &Range,
    edges: impl Iterator<Item = Option<&'e Edge>>,
) {
    let Some(table) = Table::reopen(scope.source, value, "rule") else { return };
    let mut above: Option<&Edge> = None;
    for (edge, band) in edges.zip(table.list("bands")) {
        let too_high = matches!((edge, &can.high), (Some(edge), Some(high)) if !edge.admits(high));
        let too_low = matches!((above, &can.low), (Some(above), Some(low)) if above.admits(low));
        if too_high || too_low {
            let shown = |end: &Option<Number>, open: &str| end.as_ref().map_or(open.to_owned(), ToString::to_string);
            let (low, high) = (shown(&can.low, "-∞"), shown(&can.high, "∞"));
            let what = Diagnostic::warning(
                "W-band-out-of-reach",
                format!("nothing can reach this band: the measure goes from {low} to {high}"),
                format!("任何值都到不了这一段：计算口径的范围为 {low} 至 {high}"),
            );
            let help = what.help(
                "correct the edge, or the minimum and maximum of the metrics; or take the band out",
                "请更正界点或数据项的 minimum、maximum，或删去这一段",
            );
            scope.source.fault(help.at(band.span()));
        }
        above = edge.or(above);
    }
}

/// Doubts about the rubric as a whole.
pub(super) fn whole(top: &Table<'_>, rubric: &Rubric, most: &Points) {
    conditions(top, rubric, most);
    let nodes = tables(top);
    weights(top.source(), rubric, &nodes);
}

/// Tables of criteria and indicators, depth first in file order, as the rubric has its nodes.
fn tables<'a>(top: &Table<'a>) -> Vec<Table<'a>> {
    let mut found = Vec::new();
    for key in ["criterion", "bonus", "deduction"] {
        top.list(key).into_iter().for_each(|value| node_tables(top.source(), value, &mut found));
    }
    found
}

fn node_tables<'a>(source: &'a Source<'a>, value: &'a Spanned<DeValue<'a>>, found: &mut Vec<Table<'a>>) {
    let Some(table) = Table::reopen(source, value, "[[criterion]]") else { return };
    let mut parts: Vec<_> = ["criterion", "indicator"].into_iter().flat_map(|key| table.list(key)).collect();
    parts.sort_by_key(|part| part.span().start);
    found.push(table);
    parts.into_iter().for_each(|part| node_tables(source, part, found));
}

fn conditions(top: &Table<'_>, rubric: &Rubric, most: &Points) {
    let bounds = Bounds {
        cycle_years: rubric.cycle_years,
        metrics: &rubric.metrics,
        references: &rubric.references,
        nodes: &rubric.nodes,
        most: Some(&most.0),
    };
    let tell = |requirement: &Requirement, at: Span<usize>| {
        let source = &requirement.source;
        let what = match bounds.hold(&requirement.condition) {
            Hold::Sometimes => return,
            Hold::Never => Diagnostic::warning(
                "W-never-holds",
                format!("`{source}` can never hold"),
                format!("`{source}` 永远不会成立"),
            ),
            Hold::Always => Diagnostic::warning(
                "W-always-holds",
                format!("`{source}` holds whatever is reported"),
                format!("无论填报什么，`{source}` 总是成立"),
            ),
        };
        let help = what.help(
            "correct the number, or the points, minimum or maximum that it is compared with",
            "请更正该数，或与之比较的分值、minimum、maximum",
        );
        top.source().fault(help.at(at));
    };
    let reopen =
        |key: &str| top.list(key).into_iter().filter_map(|v| Table::reopen(top.source(), v, "")).collect::<Vec<_>>();
    for (gate, table) in rubric.gates.iter().zip(reopen("gate")) {
        tell(&gate.when, table.place("when"));
        if gate.effect == GateEffect::Cap(GradeIx(0)) {
            let what = Diagnostic::warning(
                "W-gate-without-effect",
                "nobody has a grade above this one, so that the gate changes nothing",
                "没有比这更高的等级，该项不起作用",
            );
            let help = what.help("cap at a lower grade, or take the gate out", "请改为较低的等级，或删去该项");
            top.source().fault(help.at(table.place("at_most")));
        }
    }
    for (grade, table) in rubric.grades.iter().zip(reopen("grade")) {
        for (requirement, value) in grade.requires.iter().zip(table.list("requires")) {
            tell(requirement, value.span());
        }
    }
    let Some(rows) = top.get("outcome").and_then(|value| Table::reopen(top.source(), value, "[outcome]")) else {
        return;
    };
    for ((_, outcome), (_, _, row)) in rubric.outcomes.iter().zip(rows.entries()) {
        let Some(row) = Table::reopen(top.source(), row, "an outcome") else { continue };
        let cases = row.list("cases").into_iter().filter_map(|v| Table::reopen(top.source(), v, "a case"));
        for (case, table) in outcome.cases.iter().zip(cases) {
            tell(&case.when, table.place("when"));
        }
    }
}

/// Weights written as percentages claim to be shares of a whole.
fn weights(source: &Source<'_>, rubric: &Rubric, nodes: &[Table<'_>]) {
    for (node, table) in rubric.nodes.iter().zip(nodes) {
        let Body::Criterion { children, combine } = &node.body else { continue };
        if !matches!(combine, Combine::WeightedMean | Combine::GeometricMean | Combine::Profile) {
            continue;
        }
        let written = |child: &NodeIx| nodes.get(child.0).and_then(|table| table.get("weight")?.get_ref().as_str());
        if !children.iter().all(|child| written(child).is_some_and(|text| text.trim().ends_with('%'))) {
            continue;
        }
        let sum: Number =
            children.iter().filter_map(|child| rubric.nodes[child.0].weight.0.first()).map(|w| w.0.clone()).sum();
        if sum != Number::ONE {
            let (id, sum) = (&node.id, &sum * &Number::from(100_i64));
            let what = Diagnostic::warning(
                "W-weights-sum",
                format!("the weights in `{id}` add up to {sum}%, not to 100%"),
                format!("`{id}` 下各权重合计 {sum}%，不是 100%"),
            );
            let help = what.help(
                "correct them; relative weights are written without a percent sign",
                "请更正；相对权重请不带百分号",
            );
            source.fault(help.at(table.place("id")));
        }
    }
}

/// Points of top criteria for which nothing is cited: not there, not above, and not by all the parts.
pub(super) fn uncited(top: &Table<'_>, rubric: &Rubric) {
    if rubric.cite.is_some() {
        return;
    }
    let (source, nodes) = (top.source(), tables(top));
    let tops = rubric.nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none());
    for (ix, node) in tops.filter(|(ix, _)| !is_cited(rubric, NodeIx(*ix))) {
        let id = &node.id;
        let what = Diagnostic::warning(
            "W-uncited",
            format!("nothing is cited for the points of `{id}`"),
            format!("`{id}` 的分值没有引用依据"),
        );
        let help = what.help(
            "add cite = { document, article, basis } here, to all its indicators, or to [rubric]; basis = \"example\" says \
             that no article fixes the numbers",
            "请在此处、其全部指标或 [rubric] 加上 cite = { document, article, basis }；basis = \"example\" 表示数值未由条文规定",
        );
        if let Some(table) = nodes.get(ix) {
            source.fault(help.at(table.place("id")));
        }
    }
}

/// Whether a citation stands at a node or at each of its parts.
pub(crate) fn is_cited(rubric: &Rubric, ix: NodeIx) -> bool {
    let node: &Node = &rubric.nodes[ix.0];
    node.cite.is_some()
        || match &node.body {
            Body::Criterion { children, .. } => !children.is_empty() && children.iter().all(|c| is_cited(rubric, *c)),
            Body::Indicator(_) => false,
        }
}
