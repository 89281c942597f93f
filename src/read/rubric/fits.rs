//! Whether a rule speaks of what its measure counts. Must not know what either earns.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::{Scope, doubts};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::Expr;
use crate::domain::rule::Rule;
use crate::read::formula::units;

/// Keys of a rule that hold a value of the measure.
const EDGES: [&str; 7] = ["from", "to", "goal", "at_least", "above", "at_most", "below"];

/// Goals and edges in the unit of the measure; a measure in per cent with edges in per cent, and not as shares.
pub(super) fn rule_fits<'a>(scope: &Scope<'a>, value: &'a Spanned<DeValue<'a>>, measure: &Expr, rule: &Rule) {
    let bounds: Vec<&Expr> = match rule {
        Rule::Linear { from, to, .. } => vec![&from.expr, &to.expr],
        Rule::Target { goal, .. } => vec![&goal.expr],
        _ => Vec::new(),
    };
    for bound in bounds {
        if let Err(fault) = units::fit(measure, bound, &scope.names) {
            scope.source.fault(fault.at(value.span()));
            return;
        }
    }
    let relative = matches!(rule, Rule::Relative(_) | Rule::MarkedBands(_));
    doubts::reach(scope, value, measure, rule);
    if !relative && units::of(measure, &scope.names).as_ref().is_ok_and(|unit| unit.whole() == Some(100)) {
        shares(scope, value);
    }
}

/// Refuses `"60%"`, which is 0.6, where 60 is meant.
fn shares(scope: &Scope<'_>, value: &Spanned<DeValue<'_>>) {
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, value) in table {
                let share = value.get_ref().as_str().and_then(|text| text.trim().strip_suffix('%'));
                if let (Some(per_cent), true) = (share, EDGES.contains(&key.get_ref().as_ref())) {
                    let what = Diagnostic::error(
                        "E-unit",
                        format!("the measure counts per cent, and \"{per_cent}%\" is the share {per_cent} / 100"),
                        format!("计算口径以 % 计，而 \"{per_cent}%\" 是比值 {per_cent} / 100"),
                    );
                    let help = what.help(
                        format!("write {per_cent} without the sign, or divide the measure by 100"),
                        format!("请写 {per_cent}（不带百分号），或将计算口径除以 100"),
                    );
                    scope.source.fault(help.at(value.span()));
                } else {
                    shares(scope, value);
                }
            }
        }
        DeValue::Array(array) => array.iter().for_each(|value| shares(scope, value)),
        _ => {}
    }
}
