//! The total of a rubric: how the criteria become one figure, and what it can be at most. Must not know grades.

use super::super::toml::Table;
use super::{Scope, nodes};
use crate::domain::number::Points;
use crate::domain::rubric::{Combine, Node, PerKind, Role, Total};

pub(super) fn total(top: &Table<'_>, scope: &Scope<'_>, nodes: &[Node]) -> Total {
    let kinds = scope.classes();
    let of_tops = |kind: usize| {
        let main = nodes.iter().filter(|n| n.parent.is_none() && n.role == Role::Main);
        main.map(|n| &n.points.0[kind]).sum::<Points>()
    };
    let sums = PerKind((0..kinds).map(of_tops).collect());
    let mut total = Total { combine: Combine::Sum, points: sums.clone(), at_least: None, at_most: None };
    let Some(value) = top.get("total") else { return total };
    // The table lives as long as the tree, like every other one.
    let known = ["combine", "points", "at_least", "at_most"];
    let Some(table) = Table::of(scope.source, value, "[total]", &known) else { return total };
    total.combine = table.word("combine", &nodes::COMBINES).unwrap_or(Combine::Sum);
    total.at_least = table.number("at_least").map(Points);
    total.at_most = table.number("at_most").map(Points);
    match scope.per_kind(&table, "points") {
        Some(points) => {
            if total.combine == Combine::Sum && points != sums {
                nodes::points_do_not_add_up(scope, &table.place("points"), "the total", "总分", &points, &sums);
            }
            total.points = points;
        }
        None if total.combine != Combine::Sum => table.missing("points", "points = 100"),
        None => {}
    }
    total
}

/// The most points that anybody can have: the total and every bonus, of the kind and stage that has most.
pub(super) fn most(total: &Total, nodes: &[Node]) -> Points {
    let bonus = |class: usize| {
        let tops = nodes.iter().filter(|node| node.parent.is_none() && node.role == Role::Bonus);
        tops.map(|node| &node.points.0[class]).sum::<Points>()
    };
    let of = |class: usize| {
        let all = total.points.0[class].clone() + &bonus(class);
        total.at_most.as_ref().map_or(all.clone(), |limit| all.min(limit.clone()))
    };
    (0..total.points.0.len()).map(of).max().unwrap_or(Points::ZERO)
}
