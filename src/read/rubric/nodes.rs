//! Criteria, indicators, bonus and deductions: the tree that earns points. Points must add up.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use ::toml::de::DeValue;

use super::declared::Ids;
use super::{MAX_NODES, Scope, citation, title};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::group::Group;
use crate::domain::number::{Number, Points, Weight};
use crate::domain::rubric::{
    Body, Combine, Indicator, Missing, Node, NodeIx, NotApplicable, PerKind, Role, Scoring, Undefined,
};
use crate::read::toml::Table;

pub(super) const COMBINES: [(&str, Combine); 6] = [
    ("sum", Combine::Sum),
    ("weighted-mean", Combine::WeightedMean),
    ("geometric-mean", Combine::GeometricMean),
    ("best-of", Combine::BestOf),
    ("all-of", Combine::AllOf),
    ("profile", Combine::Profile),
];

const CRITERION: [&str; 10] =
    ["id", "title", "definition", "points", "weight", "combine", "capped", "cite", "criterion", "indicator"];
const INDICATOR: [&str; 17] = [
    "id",
    "title",
    "definition",
    "points",
    "weight",
    "measure",
    "unit",
    "rule",
    "best_of",
    "all_of",
    "checklist",
    "profile",
    "missing",
    "not_applicable",
    "zero_denominator",
    "partial",
    "cite",
];

/// All nodes, depth first in file order.
pub(super) fn nodes<'a>(top: &Table<'a>, scope: &Scope<'a>) -> Vec<Node> {
    let mut tree = Tree {
        scope: *scope,
        nodes: Vec::new(),
        unsure: BTreeSet::new(),
        heirs: Vec::new(),
        items: Cell::new(0),
        ids: Ids::new(scope.source, "node", "指标"),
    };
    for (key, role) in [("criterion", Role::Main), ("bonus", Role::Bonus), ("deduction", Role::Deduction)] {
        for table in top.tables(key, "[[criterion]]", &CRITERION) {
            tree.criterion(&table, None, 0, role);
        }
    }
    if !tree.nodes.iter().any(|n| n.role == Role::Main) && top.get("criterion").is_none() {
        top.missing("criterion", "[[criterion]]");
    }
    tree.find_heirs();
    let count = tree.nodes.len() + tree.items.get();
    if count > MAX_NODES {
        let what = Diagnostic::error(
            "E-limit-indicators",
            format!("{count} criteria and indicators; a rubric has at most {MAX_NODES}"),
            format!("共有 {count} 个指标，最多 {MAX_NODES} 个"),
        );
        scope.source.fault(what.help("split the scheme", "请拆分该体系"));
    }
    tree.nodes
}

/// The nodes read so far.
pub(super) struct Tree<'a> {
    pub(super) scope: Scope<'a>,
    nodes: Vec<Node>,
    /// Nodes whose points could not be read, so that no sum is checked against them.
    unsure: BTreeSet<NodeIx>,
    /// Indicators that give their points to a sibling where they do not apply: its id and where it is named.
    heirs: Vec<(NodeIx, &'a str, Range<usize>)>,
    /// How many items checklists have.
    pub(super) items: Cell<usize>,
    ids: Ids<'a>,
}

/// Columns that every score table has, so that no criterion may be called the same.
const COLUMNS: [&str; 9] = ["centre", "name", "kind", "status", "total", "grade", "rank", "outcome", "flags"];

impl<'a> Tree<'a> {
    fn id(&mut self, table: &Table<'a>) -> String {
        let id = table.id().unwrap_or_default();
        self.ids.take(&id, table.place("id"));
        if COLUMNS.contains(&id.as_str()) {
            let what = Diagnostic::error(
                "E-reserved-id",
                format!("`{id}` is a column that every score table has"),
                format!("`{id}` 是评分表的固定列名"),
            );
            self.scope.source.fault(what.help("choose another id", "请换一个标识").at(table.place("id")));
        }
        id
    }

    fn criterion(&mut self, table: &Table<'a>, parent: Option<NodeIx>, depth: usize, role: Role) -> NodeIx {
        let ix = NodeIx(self.nodes.len());
        let combine = table.word("combine", &COMBINES).unwrap_or(Combine::Sum);
        let given = self.scope.per_kind(table, "points");
        // Read for its faults: only indicators show theirs.
        table.text("definition");
        let node = Node {
            id: self.id(table),
            title: title(table),
            parent,
            depth,
            role,
            points: given.clone().unwrap_or_else(|| self.nothing()),
            weight: self.weight(table),
            cite: citation(table, self.scope.documents),
            body: Body::Criterion { children: Vec::new(), combine },
        };
        self.nodes.push(node);
        let mut parts: Vec<(usize, bool, Table<'a>)> = Vec::new();
        let nested = table.tables("criterion", "[[criterion.criterion]]", &CRITERION);
        parts.extend(nested.into_iter().map(|t| (t.span.start, true, t)));
        let leaves = table.tables("indicator", "[[criterion.indicator]]", &INDICATOR);
        parts.extend(leaves.into_iter().map(|t| (t.span.start, false, t)));
        parts.sort_by_key(|(start, ..)| *start);
        if parts.is_empty() {
            let what =
                Diagnostic::error("E-empty-criterion", "the criterion has no indicator", "该一级指标下没有二级指标");
            let help = what
                .help("add an [[criterion.indicator]], or take it out", "请添加 [[criterion.indicator]]，或删去该项");
            self.scope.source.fault(help.at(table.span.clone()));
        }
        let children: Vec<NodeIx> = parts
            .iter()
            .map(|(_, nested, part)| match nested {
                true => self.criterion(part, Some(ix), depth + 1, role),
                false => self.indicator(part, ix, depth + 1, role),
            })
            .collect();
        let points = self.criterion_points(table, given, &children, combine, role);
        self.nodes[ix.0].points = points;
        self.nodes[ix.0].body = Body::Criterion { children, combine };
        ix
    }

    fn nothing(&self) -> PerKind<Points> {
        PerKind(vec![Points::ZERO; self.scope.classes()])
    }

    /// What a profile can earn where its author names no points: all of them, counted in per cent.
    fn whole(&self) -> PerKind<Points> {
        PerKind(vec![Points(Number::from(100_i64)); self.scope.classes()])
    }

    fn weight(&self, table: &Table<'a>) -> PerKind<Weight> {
        let given = table.get("weight").and_then(|value| self.scope.by_class(value, "weight"));
        let weights = given.unwrap_or_else(|| vec![Number::ONE; self.scope.classes()]);
        if let Some(weight) = weights.iter().find(|weight| weight.is_negative()) {
            let what = Diagnostic::error("E-weight", format!("the weight is {weight}"), format!("权重为 {weight}"));
            self.scope.source.fault(what.help("a weight is zero or more", "权重不能小于零").at(table.place("weight")));
        }
        PerKind(weights.into_iter().map(Weight).collect())
    }

    /// The siblings that carry points of what does not apply.
    fn find_heirs(&mut self) {
        for (from, id, span) in std::mem::take(&mut self.heirs) {
            let parent = self.nodes[from.0].parent;
            let siblings = || self.nodes.iter().enumerate().filter(|(ix, n)| n.parent == parent && *ix != from.0);
            let Some((to, _)) = siblings().find(|(_, node)| node.id == id) else {
                let known: Vec<&str> = siblings().map(|(_, node)| node.id.as_str()).collect();
                crate::read::toml::unknown_word(self.scope.source, span.clone(), id, "give_to", &known);
                continue;
            };
            let parent = parent.map(|parent| &self.nodes[parent.0].body);
            if !matches!(parent, Some(Body::Criterion { combine: Combine::Sum, .. })) {
                let what = Diagnostic::error(
                    "E-key-does-not-fit",
                    "points can be given to a sibling only where points are added up",
                    "只有加总计分时才能把分值给同级指标",
                );
                let help = what.help(
                    "leave it out: in a mean the others' weights carry it",
                    "请用 leave-out：在平均中由其他指标的权重承担",
                );
                self.scope.source.fault(help.at(span));
                continue;
            }
            if let Body::Indicator(indicator) = &mut self.nodes[from.0].body {
                indicator.not_applicable = NotApplicable::GiveTo(NodeIx(to));
            }
        }
    }

    /// The criterion's own points, checked against its children's.
    fn criterion_points(
        &self,
        table: &Table<'a>,
        given: Option<PerKind<Points>>,
        children: &[NodeIx],
        combine: Combine,
        role: Role,
    ) -> PerKind<Points> {
        let kinds = 0..self.scope.classes();
        let of = |kind: usize| children.iter().map(move |c| &self.nodes[c.0].points.0[kind]);
        let sums = PerKind(kinds.clone().map(|kind| of(kind).sum()).collect());
        let most = PerKind(kinds.clone().map(|kind| of(kind).max().cloned().unwrap_or(Points::ZERO)).collect());
        let Some(given) = given else {
            if combine == Combine::Profile && table.get("points").is_none() {
                return self.whole();
            }
            // Where the key is there but faulty, that fault is enough.
            if table.get("points").is_none() && (role != Role::Main || !matches!(combine, Combine::Sum)) {
                table.missing("points", "points = 20");
            }
            return sums;
        };
        let (id, at) = (table.string("id").unwrap_or_default(), table.place("points"));
        let capped = table.boolean("capped") == Some(true);
        let below = given.0.iter().zip(&sums.0).all(|(given, sum)| given <= sum);
        match combine {
            // Its parts may earn more than it keeps, but what it promises can be earned.
            Combine::Sum if capped && below => {}
            _ if children.iter().any(|child| self.unsure.contains(child)) => {}
            Combine::Sum if role == Role::Main && given != sums => {
                points_do_not_add_up(&self.scope, &at, &format!("`{id}`"), &format!("`{id}`"), &given, &sums);
            }
            Combine::BestOf | Combine::AllOf if given != most => {
                let (wanted, found) = (list(&given), list(&most));
                let what = Diagnostic::error(
                    "E-points-choice",
                    format!("`{id}` has {wanted} points, its best indicator {found}"),
                    format!("`{id}` 为 {wanted} 分，而其最高的指标为 {found} 分"),
                );
                let help = what
                    .help("where one of several counts, each has the whole points", "择一计分时，每一项都应为全部分值");
                self.scope.source.fault(help.at(at));
            }
            _ => {}
        }
        given
    }

    fn indicator(&mut self, table: &Table<'a>, parent: NodeIx, depth: usize, role: Role) -> NodeIx {
        let ix = NodeIx(self.nodes.len());
        let points = match table.get("points") {
            None if table.get("profile").is_some() => Some(self.whole()),
            None => {
                table.missing("points", "points = 5");
                None
            }
            Some(_) => self.scope.per_kind(table, "points"),
        };
        let points = points.unwrap_or_else(|| {
            self.unsure.insert(ix);
            self.nothing()
        });
        if points.0.iter().any(|p| p.0.is_negative()) {
            let what = Diagnostic::error("E-points", "points below zero", "分值小于零");
            let help = what.help("to take points off, use [[deduction]]", "扣分请使用 [[deduction]]");
            self.scope.source.fault(help.at(table.place("points")));
        }
        let id = self.id(table);
        let scoring = self.scoring(table, &points, true);
        let not_applicable = self.not_applicable(table, ix);
        self.nodes.push(Node {
            id,
            title: title(table),
            parent: Some(parent),
            depth,
            role,
            weight: self.weight(table),
            cite: citation(table, self.scope.documents),
            body: Body::Indicator(Box::new(Indicator {
                // A faulty rubric is never scored; the stand-in lets the rest be read.
                scoring: scoring.unwrap_or(Scoring::BestOf(Vec::new())),
                definition: table.text("definition").unwrap_or_default(),
                missing: self.missing(table),
                not_applicable,
                undefined: self.undefined(table),
                reported_years_only: table
                    .word("partial", &[("reported-years", true), ("all-years", false)])
                    .unwrap_or(false),
            })),
            points,
        });
        ix
    }

    fn missing(&self, table: &Table<'a>) -> Missing {
        let words = [
            ("zero", Missing::Zero),
            ("group-mean", Missing::GroupMean(Group::Kind)),
            ("leave-out", Missing::LeaveOut),
            ("block", Missing::Block),
        ];
        let Some(value) = table.get("missing") else { return Missing::Zero };
        if let DeValue::Table(_) = value.get_ref() {
            let given = Table::of(self.scope.source, value, "missing", &["penalty", "group_mean"]);
            let Some(given) = given else { return Missing::Zero };
            if given.get("group_mean").is_some() {
                return Missing::GroupMean(self.scope.group(&given, "group_mean").unwrap_or_default());
            }
            if given.get("penalty").is_none() {
                given.missing("penalty", "penalty = 3");
            }
            let penalty = Points(given.number("penalty").unwrap_or(Number::ZERO).abs());
            return Missing::Penalty(PerKind(vec![penalty; self.scope.classes()]));
        }
        table.word("missing", &words).unwrap_or(Missing::Zero)
    }

    fn not_applicable(&mut self, table: &Table<'a>, ix: NodeIx) -> NotApplicable {
        if let Some(value) = table.get("not_applicable")
            && let DeValue::Table(_) = value.get_ref()
        {
            let given = Table::of(self.scope.source, value, "not_applicable", &["give_to"]);
            if let Some(given) = given
                && let Some(to) = given.required("give_to", "give_to = \"a-sibling\"")
            {
                self.heirs.push((ix, to, given.place("give_to")));
            }
            return NotApplicable::LeaveOut;
        }
        let words =
            [("leave-out", NotApplicable::LeaveOut), ("zero", NotApplicable::Zero), ("full", NotApplicable::Full)];
        table.word("not_applicable", &words).unwrap_or(NotApplicable::LeaveOut)
    }

    fn undefined(&self, table: &Table<'a>) -> Undefined {
        let words = [
            ("missing", Undefined::Missing),
            ("zero", Undefined::Zero),
            ("full", Undefined::Full),
            ("not-applicable", Undefined::NotApplicable),
        ];
        table.word("zero_denominator", &words).unwrap_or(Undefined::Missing)
    }
}

/// A profile is a part of a profile, or stands at the top; what it adds to other points must be worth something.
pub(super) fn profiles_fit(top: &Table<'_>, scope: &Scope<'_>, nodes: &[Node]) {
    let is_profile = |node: &Node| match &node.body {
        Body::Criterion { combine, .. } => *combine == Combine::Profile,
        Body::Indicator(indicator) => matches!(indicator.scoring, Scoring::Profile(_)),
    };
    let worth = scope.levels.iter().any(|level| level.worth.is_some());
    let tops = nodes.iter().filter(|node| node.parent.is_none());
    let mixed = tops.clone().any(is_profile) && !tops.clone().all(is_profile);
    let misplaced = |node: &&Node| match node.parent.map(|parent| &nodes[parent.0]) {
        Some(parent) => is_profile(parent) != is_profile(node) && (is_profile(parent) || !worth),
        None => mixed && !worth && is_profile(node),
    };
    if let Some(node) = nodes.iter().find(misplaced) {
        let id = &node.id;
        let what = Diagnostic::error(
            "E-profile",
            format!("`{id}` does not fit where it stands: shares by level and points cannot be put together"),
            format!("`{id}` 的位置不合适：分档比例与分数不能合并"),
        );
        let help = what.help(
            "combine profiles with combine = \"profile\"; to add one to points, give each [[profile.level]] a `worth`",
            "分档结果请用 combine = \"profile\" 合并；如需计入分数，请为每个 [[profile.level]] 写 worth",
        );
        scope.source.fault(help.at(top.place("profile")));
    }
    for node in nodes.iter().filter(|node| is_profile(node)) {
        for level in scope.levels {
            let column = format!("{}_{}", node.id, level.id);
            if nodes.iter().any(|other| other.id == column) {
                let what = Diagnostic::error(
                    "E-reserved-id",
                    format!("`{column}` is the column of a level of `{}`", node.id),
                    format!("`{column}` 是 `{}` 的分档列名", node.id),
                );
                scope.source.fault(what.help("choose another id", "请换一个标识").at(top.place("profile")));
            }
        }
    }
}

fn list(points: &PerKind<Points>) -> String {
    let texts: Vec<String> = points.0.iter().map(ToString::to_string).collect();
    texts.join(" / ")
}

/// Both numbers, for every kind.
pub(super) fn points_do_not_add_up(
    scope: &Scope<'_>,
    at: &Range<usize>,
    en: &str,
    zh: &str,
    given: &PerKind<Points>,
    sums: &PerKind<Points>,
) {
    let (given, sums) = (list(given), list(sums));
    let what = Diagnostic::error(
        "E-points-sum",
        format!("{en} has {given} points, its parts add up to {sums}"),
        format!("{zh} 为 {given} 分，而其下各项合计 {sums} 分"),
    );
    scope.source.fault(what.help("correct one of the two", "请更正其中之一").at(at.clone()));
}
