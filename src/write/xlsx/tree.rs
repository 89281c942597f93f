//! Points as formulas: indicators from their working, criteria from their indicators, the total from the criteria.
//!
//! What a rubric says of readings that are missing is in the formulas too, so that a changed reading moves points as it
//! does in a score. Stated instead are profiles, places among the cohort and means of a group that stand in for one.
//! Must not know how a workbook is written.

use super::formula::Formulas;
use super::place::cell;
use super::text::{NOT_APPLICABLE, NOT_REPORTED, cached, guarded, literal, rounded};
use crate::domain::ledger::{Absence, Line, Operation, Policy, Subject};
use crate::domain::number::{Points, Round};
use crate::domain::rubric::{
    Body, Choice, ClassIx, Combine, Indicator, Missing, NodeIx, NotApplicable, Role, Rubric, Scoring, Undefined,
};
use crate::domain::text::Lang;
use crate::wording::{Phrase, terms};

/// No formula is longer: programs refuse more than 8,192 characters.
const LONGEST: usize = 8_000;

/// Points of the total or a node, as they stand on the points sheet.
pub(super) struct Scored {
    /// 0 for the total, then the nodes of the rubric.
    pub index: usize,
    /// `None`: stated.
    pub formula: Option<String>,
    /// Ours: points as a decimal, or what stands instead of them.
    pub ours: String,
}

/// Translates one centre's points.
pub(super) struct Tree<'a, 'b> {
    pub formulas: Formulas<'a, 'b>,
    pub class: ClassIx,
    pub ledger: &'b Line,
    pub left_out: &'b [(NodeIx, Absence)],
    pub scored: Vec<Scored>,
}

/// What is stated about an option that has no line of its own.
const NOTHING: &str = "";

impl<'a> Tree<'a, '_> {
    pub(super) fn total(&mut self) {
        let rubric = self.rubric();
        let total = &rubric.total;
        let tops = |role| rubric.tops(role).filter(|node| rubric.exists_for(*node, self.class)).collect::<Vec<_>>();
        let (mains, bonus, deductions) = (tops(Role::Main), tops(Role::Bonus), tops(Role::Deduction));
        for node in mains.iter().chain(&bonus).chain(&deductions) {
            self.node(*node);
        }
        if !rubric.has_total() {
            return;
        }
        let combined = self.combined(total.combine, &mains, total.points.get(self.class), Role::Main);
        let ours = self.ledger.points.0.plain();
        let Some(combined) = combined else {
            self.scored.push(Scored { index: 0, formula: None, ours });
            return;
        };
        let main = self.formulas.put("total", "Σ".to_owned(), Some(combined), NOTHING.to_owned());
        let mut text = format!("N({main})");
        bonus.iter().for_each(|node| text.push_str(&format!("+N({})", self.address(*node))));
        deductions.iter().for_each(|node| text.push_str(&format!("-N({})", self.address(*node))));
        if let Some(limit) = &total.at_least {
            text = format!("MAX({},{text})", literal(&limit.0));
        }
        if let Some(limit) = &total.at_most {
            text = format!("MIN({},{text})", literal(&limit.0));
        }
        self.scored.push(Scored { index: 0, formula: Some(rounded(&text, rubric.rounding.total)), ours });
    }

    fn rubric(&self) -> &'a Rubric {
        self.formulas.view.rubric
    }

    /// Where a node's points stand.
    fn address(&self, node: NodeIx) -> String {
        cell(self.formulas.tabs.points, self.formulas.shape.points(node.0 + 1))
    }

    fn of(&self, node: NodeIx) -> &'a Points {
        self.rubric().nodes[node.0].points.get(self.class)
    }

    fn node(&mut self, ix: NodeIx) {
        let rubric = self.rubric();
        let node = &rubric.nodes[ix.0];
        if rubric.is_profile(ix) {
            return self.stated(ix);
        }
        let (raw, round) = match &node.body {
            Body::Indicator(indicator) => (self.indicator(ix, indicator), rubric.rounding.indicator),
            Body::Criterion { children, combine } => {
                let children: Vec<NodeIx> =
                    children.iter().copied().filter(|child| self.of(*child).0.is_positive()).collect();
                children.iter().for_each(|child| self.node(*child));
                (self.combined(*combine, &children, self.of(ix), node.role), rubric.rounding.criterion)
            }
        };
        match raw.filter(|raw| raw.len() <= LONGEST) {
            None => self.stated(ix),
            Some(raw) => self.outer(ix, raw, round),
        }
    }

    /// A node's own points in the working, then with what it carries for siblings, rounded, among the points.
    fn outer(&mut self, ix: NodeIx, raw: String, round: Option<Round>) {
        let line = self.line(ix);
        let own = line.map_or_else(|| self.instead(ix), |line| bare(line).points.0.plain());
        let id = &self.rubric().nodes[ix.0].id;
        let raw = self.formulas.put(&format!("{id} own"), format!("{id} ="), Some(raw), own);
        let mut points = raw.clone();
        let givers = self.givers(ix);
        if !givers.is_empty() {
            let (own, word) = (literal(&self.of(ix).0), self.word(terms::GIVEN));
            let given: Vec<String> = givers
                .iter()
                .map(|giver| format!("IF({}=\"{word}\",{},0)", self.address(*giver), literal(&self.of(*giver).0)))
                .collect();
            points = format!("{raw}*({own}+{})/{own}", given.join("+"));
        }
        let formula = Some(guarded(&raw, &rounded(&points, round)));
        self.scored.push(Scored { index: ix.0 + 1, formula, ours: self.ours(ix) });
    }

    fn stated(&mut self, ix: NodeIx) {
        let ours = self.ours(ix);
        self.scored.push(Scored { index: ix.0 + 1, formula: None, ours });
    }

    fn ours(&self, ix: NodeIx) -> String {
        self.line(ix).map_or_else(|| self.instead(ix), |line| line.points.0.plain())
    }

    /// The line of a node's own points: for a deduction that under the one that takes them off.
    fn line(&self, ix: NodeIx) -> Option<&Line> {
        let line = self.ledger.of_node(ix)?;
        match (&line.operation, line.children.as_slice()) {
            (Operation::Minus, [child]) => Some(child),
            _ => Some(line),
        }
    }

    /// What stands for an indicator that is left out.
    fn instead(&self, ix: NodeIx) -> String {
        let left_out = self.left_out.iter().find(|(node, _)| *node == ix).map(|(_, absence)| &absence.policy);
        let given = matches!(left_out, Some(Policy::NotApplicable(NotApplicable::GiveTo(_))));
        self.word(if given { terms::GIVEN } else { terms::LEFT_OUT }).to_owned()
    }

    /// Siblings that may give their points to a node.
    fn givers(&self, ix: NodeIx) -> Vec<NodeIx> {
        let rubric = self.rubric();
        let parent = rubric.nodes[ix.0].parent;
        let sums = match parent.map(|parent| &rubric.nodes[parent.0].body) {
            Some(Body::Criterion { combine, .. }) => *combine == Combine::Sum,
            _ => rubric.total.combine == Combine::Sum,
        };
        let gives = |(node, indicator): (NodeIx, &Indicator)| {
            let here = rubric.nodes[node.0].parent == parent && self.of(node).0.is_positive();
            (sums && here && indicator.not_applicable == NotApplicable::GiveTo(ix)).then_some(node)
        };
        rubric.indicators().filter_map(gives).collect()
    }

    fn word(&self, word: Phrase) -> &'static str {
        word.get(self.formulas.lang)
    }

    /// Points of several nodes taken together; `None` where a formula cannot say it.
    fn combined(&self, combine: Combine, children: &[NodeIx], of: &Points, role: Role) -> Option<String> {
        let cells: Vec<String> = children.iter().map(|child| self.address(*child)).collect();
        let left_out = self.word(terms::LEFT_OUT);
        if cells.is_empty() {
            return Some(format!("\"{left_out}\""));
        }
        let all = cells.join(",");
        let (most, weight) = (literal(&of.0), |node: &NodeIx| &self.rubric().nodes[node.0].weight.get(self.class).0);
        let text = match combine {
            Combine::Sum => self.sum(children, &cells, of, role),
            Combine::WeightedMean => {
                let term = |(node, cell): (&NodeIx, &String)| {
                    format!("N({cell})*{}/{}", literal(weight(node)), literal(&self.of(*node).0))
                };
                let terms: Vec<String> = children.iter().zip(&cells).map(term).collect();
                format!("{most}*({})/({})", terms.join("+"), self.weights(children, &cells))
            }
            Combine::GeometricMean => {
                let term = |(node, cell): (&NodeIx, &String)| {
                    let share = format!("{cell}/{}", literal(&self.of(*node).0));
                    format!("IF(ISNUMBER({cell}),({share})^{},1)", literal(weight(node)))
                };
                let terms: Vec<String> = children.iter().zip(&cells).map(term).collect();
                format!("{most}*({})^(1/({}))", terms.join("*"), self.weights(children, &cells))
            }
            Combine::BestOf => format!("MAX({all})"),
            Combine::AllOf => format!("MIN({all})"),
            Combine::Profile => return None,
        };
        Some(format!("IF(COUNT({all})=0,\"{left_out}\",{text})"))
    }

    fn weights(&self, children: &[NodeIx], cells: &[String]) -> String {
        let weight = |node: &NodeIx| literal(&self.rubric().nodes[node.0].weight.get(self.class).0);
        let terms: Vec<String> =
            children.iter().zip(cells).map(|(node, cell)| format!("ISNUMBER({cell})*{}", weight(node))).collect();
        terms.join("+")
    }

    /// The sum, carrying what is left out, never above the node's own points.
    fn sum(&self, children: &[NodeIx], cells: &[String], of: &Points, role: Role) -> String {
        let given = self.word(terms::GIVEN);
        let full: Points = children.iter().map(|child| self.of(*child)).sum();
        let counted = |(node, cell): (&NodeIx, &String)| {
            let points = literal(&self.of(*node).0);
            let target = match &self.rubric().nodes[node.0].body {
                Body::Indicator(indicator) => match indicator.not_applicable {
                    NotApplicable::GiveTo(to) if children.contains(&to) => Some(to),
                    _ => None,
                },
                Body::Criterion { .. } => None,
            };
            match target {
                Some(to) => {
                    let to = self.address(to);
                    format!("(ISNUMBER({cell})+({cell}=\"{given}\")*ISNUMBER({to}))*{points}")
                }
                None => format!("ISNUMBER({cell})*{points}"),
            }
        };
        let sum = format!("SUM({})", cells.join(","));
        let carried = match role {
            Role::Main => {
                let available: Vec<String> = children.iter().zip(cells).map(counted).collect();
                format!("{sum}*{}/({})", literal(&full.0), available.join("+"))
            }
            Role::Bonus | Role::Deduction => sum,
        };
        format!("MIN({},{carried})", literal(&of.0))
    }

    /// An indicator's own points, or what stands instead of them; `None` where a formula cannot say it.
    fn indicator(&mut self, ix: NodeIx, indicator: &Indicator) -> Option<String> {
        self.formulas.view.reported_years_only = indicator.reported_years_only;
        let (of, ledger) = (self.of(ix), self.ledger);
        let line = ledger.of_node(ix).map(bare);
        let id = &self.rubric().nodes[ix.0].id;
        let scored = self.scoring(&indicator.scoring, of, id, line)?;
        if let Some(Operation::Without(absence)) = line.map(|line| &line.operation)
            && matches!(absence.policy, Policy::Missing(Missing::GroupMean(_)))
        {
            return None;
        }
        let [left_out, given, no_value] = [terms::LEFT_OUT, terms::GIVEN, terms::UNDEFINED].map(|word| self.word(word));
        let missing = match indicator.missing.of(self.class) {
            Missing::Zero | Missing::Block => "0".to_owned(),
            Missing::Penalty(points) => literal(&-&points.0),
            Missing::LeaveOut => format!("\"{left_out}\""),
            Missing::GroupMean(_) => "\"?\"".to_owned(),
        };
        let not_applicable = match indicator.not_applicable {
            NotApplicable::LeaveOut => format!("\"{left_out}\""),
            NotApplicable::GiveTo(_) => format!("\"{given}\""),
            NotApplicable::Full => literal(&of.0),
            _ => "0".to_owned(),
        };
        let undefined = match indicator.undefined {
            Undefined::Missing => missing.clone(),
            Undefined::Zero => "0".to_owned(),
            Undefined::Full => literal(&of.0),
            Undefined::NotApplicable => not_applicable.clone(),
        };
        Some(format!(
            "IF(ISNUMBER({scored}),{scored},IF({scored}=\"{NOT_REPORTED}\",{missing},IF({scored}=\"{NOT_APPLICABLE}\",\
             {not_applicable},IF({scored}=\"{no_value}\",{undefined},0))))"
        ))
    }

    /// The cell with the points of a rule or a choice; `None` where a formula cannot say it.
    fn scoring(&mut self, scoring: &Scoring, of: &Points, key: &str, line: Option<&Line>) -> Option<String> {
        let value = told(line, self.formulas.lang);
        let text = match scoring {
            Scoring::Rule { measure, rule } => {
                let operand = self.formulas.operand(&measure.expr, None, &format!("{key} m"));
                self.formulas.rule(rule, &operand, of, self.class, &format!("{key} r"))?
            }
            Scoring::BestOf(choices) => {
                let cells = self.options(choices, of, key, line)?;
                let blank: Vec<String> = cells.iter().map(|cell| format!("{cell}=\"\"")).collect();
                let (all, first) = (cells.join(","), cells.first()?);
                format!("IF(OR({}),\"\",IF(COUNT({all})=0,{first},MAX({all})))", blank.join(","))
            }
            Scoring::AllOf(choices) => {
                let cells = self.options(choices, of, key, line)?;
                let least = format!("MIN({})", cells.join(","));
                cells.iter().rev().fold(least, |rest, cell| format!("IF(ISNUMBER({cell}),{rest},{cell})"))
            }
            Scoring::Checklist(items) => {
                let cells = self.options(items, of, key, line)?;
                let blank: Vec<String> = cells.iter().map(|cell| format!("{cell}=\"\"")).collect();
                let (all, first) = (cells.join(","), cells.first()?);
                format!("IF(OR({}),\"\",IF(COUNT({all})=0,{first},SUM({all})))", blank.join(","))
            }
            Scoring::Profile(_) => return None,
        };
        (text.len() <= LONGEST).then(|| self.formulas.put(&format!("{key} p"), format!("{key} →"), Some(text), value))
    }

    fn options(&mut self, choices: &[Choice], of: &Points, key: &str, line: Option<&Line>) -> Option<Vec<String>> {
        let mut cells = Vec::new();
        for (choice, at) in choices.iter().zip(0..) {
            let points = choice.points.as_ref().map(|points| points.get(self.class).clone());
            let children = line.map_or(&[][..], |line| line.children.as_slice());
            let line = children.iter().find(|child| matches!(child.subject, Subject::Choice(_, nth) if nth == at));
            let of = points.as_ref().unwrap_or(of);
            cells.push(self.scoring(&choice.scoring, of, &format!("{key}#{}", at + 1), line)?);
        }
        Some(cells)
    }
}

/// The line under any rounding and carrying.
fn bare(line: &Line) -> &Line {
    match (&line.operation, line.children.as_slice()) {
        (Operation::Round(_) | Operation::Carry { .. }, [child]) => bare(child),
        _ => line,
    }
}

/// What a line's own cell holds: its points, or why it has none.
fn told(line: Option<&Line>, lang: Lang) -> String {
    match line.map(|line| (&line.operation, &line.points)) {
        None => NOTHING.to_owned(),
        Some((Operation::Without(absence), _)) => cached(&absence.why, lang),
        Some((_, points)) => points.0.plain(),
    }
}

/// How many of the points that a workbook shows are formulas.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub formulas: usize,
    pub of: usize,
    pub totals: usize,
    pub of_totals: usize,
}

impl Share {
    pub(super) fn count(&mut self, scored: &[Scored]) {
        for one in scored {
            let is_formula = usize::from(one.formula.is_some());
            if one.index == 0 {
                self.totals += is_formula;
                self.of_totals += 1;
            } else {
                self.formulas += is_formula;
                self.of += 1;
            }
        }
    }
}
