//! The rubric: everything a scheme of scoring fixes, as plain data.
//!
//! Names, points, thresholds, quotas, gates and deadlines are always data here and never Rust, because authorities
//! differ. This file must not know how a rubric is written down (`read`) or what it does to a centre (`score`).

mod check;
mod grade;
mod metric;
mod publication;

pub use check::{Assertion, Checks, Tolerance};
pub use grade::{
    Act, Case, Gate, GateEffect, Grade, NamedAct, Outcome, OutcomeKey, Period, PeriodUnit, Places, PublicNotice, Quota,
    QuotaSize, Requirement, Threshold, TieBreak, Ties, WholePlaces,
};
pub use metric::{Metric, MetricTolerance, Panel, PanelAverage, Quorum, Values};
pub use publication::{Publication, Told};

use super::centre::Centre;
use super::formula::Expr;
use super::group::Group;
use super::number::{Number, Points, Round, Weight};
use super::rule::Rule;
use super::text::Text;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub usize);
    )*};
}
index!(
    /// Position in [`Rubric::metrics`].
    MetricIx,
    /// Position in [`Rubric::nodes`].
    NodeIx,
    /// Position in [`Rubric::kinds`]; always 0 where the rubric has no kinds.
    KindIx,
    /// Position in [`Rubric::grades`], best first.
    GradeIx,
    /// Position in [`Rubric::gates`].
    GateIx,
    /// Position in [`Rubric::findings`].
    FindingIx,
    /// Position in [`Rubric::attributes`].
    AttributeIx,
    /// Position in [`Rubric::documents`].
    DocumentIx,
    /// Position in [`Rubric::references`].
    ReferenceIx,
    /// A kind and a stage together, which is what points and weights may differ by; always 0 where the rubric has
    /// neither.
    ClassIx,
);

/// One immutable edition of a scheme of scoring (评价指标体系).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    pub id: String,
    pub edition: String,
    pub title: Text,
    /// Printed on every screen and sheet: for example that the numbers are an example.
    pub note: Text,
    /// What stands behind every number that nothing nearer is cited for.
    pub cite: Option<Citation>,
    /// Years evaluated together.
    pub cycle_years: usize,
    /// Earlier years that growth and references may look at; they are never part of a sum or mean.
    pub lookback_years: usize,
    pub rounding: Rounding,
    /// How the columns of a data file are called, where that is not the command line's contract.
    pub data: DataColumns,
    /// Levels of a profile, from the top; empty where nothing is scored as one.
    pub levels: Vec<Level>,
    /// What the shares of a profile add up to.
    pub whole: Number,
    pub documents: Vec<Document>,
    pub kinds: Vec<Kind>,
    /// Stages of growth, where points differ by them too.
    pub stages: Vec<Stage>,
    pub references: Vec<Reference>,
    pub attributes: Vec<Attribute>,
    pub findings: Vec<Finding>,
    pub metrics: Vec<Metric>,
    /// Relations between figures that should hold.
    pub assertions: Vec<Assertion>,
    /// Criteria and indicators, depth first in file order: a parent stands before its children.
    pub nodes: Vec<Node>,
    pub total: Total,
    /// Best first; the last one takes whoever is left.
    pub grades: Vec<Grade>,
    pub gates: Vec<Gate>,
    pub outcomes: Vec<(OutcomeKey, Outcome)>,
    pub acts: Vec<NamedAct>,
    pub notice: Option<PublicNotice>,
    pub publication: Publication,
}

/// Where rounding happens and what is compared afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    pub indicator: Option<Round>,
    pub criterion: Option<Round>,
    /// Running totals of a profile, from the top level down.
    pub profile: Option<Round>,
    pub total: Option<Round>,
    /// How points that the rubric does not round are shown; a sheet marks them as shortened.
    pub display_places: u32,
    /// Whether thresholds and ranks look at the rounded total; `false` compares the exact one.
    pub compare_rounded: bool,
}

/// Columns of published tables, which have names of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataColumns {
    /// The column that holds a centre's id where there is no `centre`.
    pub centre: Option<String>,
    /// The column that holds a centre's name where there is no `name`.
    pub name: Option<String>,
    /// Columns that are known and passed over, such as published results.
    pub ignore: Vec<String>,
}

/// A level of a profile: `4*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub id: String,
    pub title: Text,
    /// The share of the points that all at this level would earn; `None` where a profile earns no points.
    pub worth: Option<Number>,
}

/// A law, notice or statistical annex that the rubric cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    pub title: Text,
    /// The document's own number: `国科发区〔2021〕17号`.
    pub number: String,
    /// Day on which somebody last compared the rubric with the document, as `YYYY-MM-DD`.
    pub checked_on: String,
}

/// What a citation claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The article fixes this number or act; it is quoted.
    Sets,
    /// The article names the subject and leaves the number open.
    Topic,
    /// Neither: the number is an example.
    Example,
}

/// A document and article behind a number or an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub document: DocumentIx,
    pub article: String,
    pub basis: Basis,
    pub quote: String,
}

/// A kind of centre that is scored on its own points: 综合类, 领域类.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub id: String,
    pub title: Text,
    /// Forms that a centre's name should have, `*` for any text; another form is a remark, never a lost point.
    pub name_forms: Vec<String>,
    pub cite: Option<Citation>,
}

/// A stage of growth: 初创期, 成长期, 稳定期.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub id: String,
    pub title: Text,
    pub cite: Option<Citation>,
}

/// A number from outside the cohort that formulas may name: a city's average, a frozen base year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub id: String,
    pub title: Text,
    pub value: Number,
    pub unit: Text,
    pub cite: Option<Citation>,
}

/// A fact about a centre that the rubric asks for and conditions may test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub id: String,
    pub title: Text,
    /// The values allowed; empty where any text is.
    pub values: Vec<String>,
}

/// Something established about a centre outside the metrics, such as falsified data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub id: String,
    pub title: Text,
    pub cite: Option<Citation>,
}

/// A number per kind and stage of centre: all stages of the first kind, then of the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerKind<T>(pub Vec<T>);

impl<T> PerKind<T> {
    pub fn get(&self, class: ClassIx) -> &T {
        &self.0[class.0]
    }
}

/// A criterion or an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub id: String,
    pub title: Text,
    pub parent: Option<NodeIx>,
    pub depth: usize,
    pub role: Role,
    /// The most that can be earned here. 0 for a kind: the node does not exist for that kind.
    pub points: PerKind<Points>,
    /// Its weight inside a mean; 1 where the rubric gives none.
    pub weight: PerKind<Weight>,
    pub cite: Option<Citation>,
    pub body: Body,
}

/// What a top-level node does to the total; nested nodes carry their ancestor's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Part of the score proper.
    Main,
    /// Added on top, up to its own points (加分).
    Bonus,
    /// Taken off, up to its own points (扣分).
    Deduction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Criterion { children: Vec<NodeIx>, combine: Combine },
    Indicator(Box<Indicator>),
}

/// How the children of a node become its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Combine {
    /// The children's points add up, never above the node's own.
    Sum,
    /// The node's points times the weighted mean of the children's shares.
    WeightedMean,
    /// The node's points times the weighted geometric mean of the children's shares.
    GeometricMean,
    /// The child with the most points counts.
    BestOf,
    /// The child with the fewest points counts.
    AllOf,
    /// The weighted mean of the children's profiles, level by level.
    Profile,
}

/// A leaf that earns points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub scoring: Scoring,
    pub definition: Text,
    pub missing: Missing,
    pub not_applicable: NotApplicable,
    pub undefined: Undefined,
    /// Years that are not reported are left out as long as one is reported; otherwise one such year makes the whole
    /// measure not reported.
    pub reported_years_only: bool,
}

/// A measure and its rule, or a choice among several of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly every indicator is the large one")]
pub enum Scoring {
    Rule {
        measure: Measure,
        rule: Rule,
    },
    /// The option with the most points counts (择优).
    BestOf(Vec<Choice>),
    /// The option with the fewest points counts: all must be met for the full points.
    AllOf(Vec<Choice>),
    /// Items with points of their own, added up; an item without a value earns nothing.
    Checklist(Vec<Choice>),
    /// A share for each level, from the top.
    Profile(Vec<Measure>),
}

/// One of several ways to score an indicator, or one item of its checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub title: Text,
    /// What an item of a checklist earns; `None` for an option, which earns what the indicator does.
    pub points: Option<PerKind<Points>>,
    pub scoring: Scoring,
}

/// A formula with the words the author wrote it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub source: String,
    pub expr: Expr,
    pub unit: Text,
}

/// What happens where a measure is not reported; `P`: points for each kind and stage, or those of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing<P = PerKind<Points>> {
    /// No points.
    Zero,
    /// So many points are taken off.
    Penalty(P),
    /// The mean points of the reporting centres of the same group: relative to the cohort.
    GroupMean(Group),
    /// The indicator is left out and its siblings carry its points in proportion.
    LeaveOut,
    /// The centre cannot be graded until it is reported.
    Block,
}

impl Missing {
    /// What happens to centres of one kind and stage.
    pub fn of(&self, class: ClassIx) -> Missing<Points> {
        match self {
            Self::Zero => Missing::Zero,
            Self::Penalty(points) => Missing::Penalty(points.get(class).clone()),
            Self::GroupMean(group) => Missing::GroupMean(*group),
            Self::LeaveOut => Missing::LeaveOut,
            Self::Block => Missing::Block,
        }
    }
}

/// What happens where a measure does not apply to a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotApplicable {
    /// The indicator is left out and its siblings carry its points in proportion.
    LeaveOut,
    /// The indicator is left out and this sibling carries its points.
    GiveTo(NodeIx),
    Zero,
    Full,
}

/// What happens where a formula has no value: a zero denominator, a logarithm of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// As the `missing` policy says.
    Missing,
    Zero,
    Full,
    NotApplicable,
}

/// How the top-level nodes become the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub combine: Combine,
    pub points: PerKind<Points>,
    pub at_least: Option<Points>,
    pub at_most: Option<Points>,
}

impl Rubric {
    pub fn metric(&self, id: &str) -> Option<MetricIx> {
        self.metrics.iter().position(|m| m.id == id).map(MetricIx)
    }

    pub fn kind(&self, id: &str) -> Option<KindIx> {
        self.kinds.iter().position(|k| k.id == id).map(KindIx)
    }

    pub fn node(&self, id: &str) -> Option<NodeIx> {
        self.nodes.iter().position(|n| n.id == id).map(NodeIx)
    }

    pub fn grade(&self, id: &str) -> Option<GradeIx> {
        self.grades.iter().position(|g| g.id == id).map(GradeIx)
    }

    pub fn finding(&self, id: &str) -> Option<FindingIx> {
        self.findings.iter().position(|f| f.id == id).map(FindingIx)
    }

    pub fn attribute(&self, id: &str) -> Option<AttributeIx> {
        self.attributes.iter().position(|a| a.id == id).map(AttributeIx)
    }

    /// Top-level nodes of a role, in file order.
    pub fn tops(&self, role: Role) -> impl Iterator<Item = NodeIx> + '_ {
        let top = move |(ix, node): (usize, &Node)| (node.parent.is_none() && node.role == role).then_some(NodeIx(ix));
        self.nodes.iter().enumerate().filter_map(top)
    }

    /// Criteria, depth first in file order: the columns of a cohort table.
    pub fn criteria(&self) -> impl Iterator<Item = NodeIx> + '_ {
        let criterion = |(ix, node): (usize, &Node)| matches!(node.body, Body::Criterion { .. }).then_some(NodeIx(ix));
        self.nodes.iter().enumerate().filter_map(criterion)
    }

    /// Indicators, in file order.
    pub fn indicators(&self) -> impl Iterator<Item = (NodeIx, &Indicator)> + '_ {
        self.nodes.iter().enumerate().filter_map(|(ix, node)| match &node.body {
            Body::Indicator(indicator) => Some((NodeIx(ix), &**indicator)),
            Body::Criterion { .. } => None,
        })
    }

    /// How many kinds and stages points may differ by.
    pub fn classes(&self) -> usize {
        self.kinds.len().max(1) * self.stages.len().max(1)
    }

    /// The kind and stage of a centre together; `None` while either is not known.
    pub fn class(&self, centre: &Centre) -> Option<ClassIx> {
        class(centre, self.stages.iter().map(|stage| stage.id.as_str()))
    }

    /// The kind that a class is of, and its stage.
    pub fn parts(&self, class: ClassIx) -> (KindIx, usize) {
        let stages = self.stages.len().max(1);
        (KindIx(class.0 / stages), class.0 % stages)
    }

    /// Whether a node can earn anything for a kind and stage, itself and all it stands in.
    pub fn exists_for(&self, node: NodeIx, class: ClassIx) -> bool {
        let this = &self.nodes[node.0];
        this.points.get(class).0.is_positive() && this.parent.is_none_or(|parent| self.exists_for(parent, class))
    }

    /// Whether a node is a profile: it combines profiles, or reads one.
    pub fn is_profile(&self, node: NodeIx) -> bool {
        match &self.nodes[node.0].body {
            Body::Criterion { combine, .. } => *combine == Combine::Profile,
            Body::Indicator(indicator) => matches!(indicator.scoring, Scoring::Profile(_)),
        }
    }

    /// What each level of a profile is worth; empty where a profile earns no points.
    pub fn worth(&self) -> Vec<Number> {
        self.levels.iter().filter_map(|level| level.worth.clone()).collect()
    }

    /// Whether there is a total to grade and rank by: a rubric of profiles that earn no points has none.
    pub fn has_total(&self) -> bool {
        let earns = |node| !self.is_profile(node) || self.levels.iter().any(|level| level.worth.is_some());
        self.levels.is_empty() || self.tops(Role::Main).any(earns)
    }

    /// Within which groups ranks are given: those of the first quota that is counted in groups.
    pub fn ranked_per(&self) -> Group {
        let quota = |grade: &Grade| grade.quota.as_ref().or(grade.last.as_ref()).map(|quota| quota.per);
        let first = |grade: &Grade| grade.first.as_ref().map(|first| first.per);
        let groups = self.grades.iter().flat_map(|grade| [quota(grade), first(grade)]).flatten();
        groups.into_iter().find(|group| *group != Group::All).unwrap_or_default()
    }

    /// Whether one centre's points can depend on the others'.
    pub fn is_relative(&self) -> bool {
        let relative = |(_, indicator): (NodeIx, &Indicator)| {
            matches!(indicator.missing, Missing::GroupMean(_)) || indicator.scoring.is_relative()
        };
        self.indicators().any(relative)
    }
}

/// The kind and stage of a centre together, where these are the stages.
pub fn class<'a>(centre: &Centre, mut stages: impl ExactSizeIterator<Item = &'a str>) -> Option<ClassIx> {
    let kind = centre.kind?;
    match stages.len() {
        0 => Some(ClassIx(kind.0)),
        count => stages.position(|stage| stage == centre.stage).map(|stage| ClassIx(kind.0 * count + stage)),
    }
}

impl Scoring {
    /// Whether a rule in it sets a value against the cohort.
    pub fn is_relative(&self) -> bool {
        let mut relative = false;
        self.leaves(&mut |_, rule| relative |= matches!(rule, Rule::Relative(_)));
        relative
    }

    /// Calls `visit` on every measure with its rule, options and items included.
    pub fn leaves<'a>(&'a self, visit: &mut impl FnMut(&'a Measure, &'a Rule)) {
        match self {
            Self::Rule { measure, rule } => visit(measure, rule),
            Self::BestOf(choices) | Self::AllOf(choices) | Self::Checklist(choices) => {
                choices.iter().for_each(|choice| choice.scoring.leaves(visit));
            }
            Self::Profile(_) => {}
        }
    }
}
