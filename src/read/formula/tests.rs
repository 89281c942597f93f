use super::*;
use crate::domain::formula::{Aggregate, Operator};
use crate::domain::number::Number;
use crate::domain::rubric::{Checks, MetricIx, Values};
use crate::domain::text::Text;

fn metric(id: &str, yearly: bool) -> Metric {
    Metric {
        id: id.to_owned(),
        title: Text::both(id),
        unit: Text::default(),
        definition: Text::default(),
        yearly,
        values: Values::Number { minimum: None, maximum: None, whole: false },
        panel: None,
        evidence: false,
        tolerance: None,
        checks: Checks::standard(false),
        cite: None,
    }
}

/// `a` and `b` are yearly, `p` is not.
fn with<T>(cycle_years: usize, read: impl FnOnce(&Names<'_>) -> T) -> T {
    let metrics = [metric("a", true), metric("b", true), metric("p", false)];
    let findings = [Finding { id: "falsified-data".to_owned(), title: Text::default(), cite: None }];
    let names = Names {
        cycle_years,
        lookback_years: 0,
        metrics: &metrics,
        kinds: &[],
        stages: &[],
        references: &[],
        levels: &[],
        findings: &findings,
        attributes: &[],
        nodes: &[],
        grades: &[],
    };
    read(&names)
}

fn parsed(text: &str) -> Expr {
    with(3, |names| expression(text, names)).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

/// The code of the fault and the part of the text it points at.
fn fault(text: &str) -> (&'static str, &str) {
    let (diagnostic, span) = *with(3, |names| expression(text, names)).unwrap_err();
    assert!(!diagnostic.help.en.is_empty() && !diagnostic.help.zh.is_empty());
    (diagnostic.code, &text[span])
}

fn sum(metric: usize) -> Expr {
    Expr::Over(Aggregate::Sum, Box::new(Expr::Metric(MetricIx(metric))))
}

fn binary(operator: Operator, left: Expr, right: Expr) -> Expr {
    Expr::Binary(operator, Box::new(left), Box::new(right))
}

#[test]
fn products_bind_tighter_than_sums_and_both_go_from_the_left() {
    use Operator::{Add, Divide, Multiply, Subtract};
    let two = || Expr::Constant(Number::from(2_i64));
    assert_eq!(parsed("sum(a) + sum(b) * 2"), binary(Add, sum(0), binary(Multiply, sum(1), two())));
    assert_eq!(parsed("(sum(a) + sum(b)) * 2"), binary(Multiply, binary(Add, sum(0), sum(1)), two()));
    assert_eq!(parsed("sum(a) - sum(b) - 2"), binary(Subtract, binary(Subtract, sum(0), sum(1)), two()));
    assert_eq!(parsed("sum(a) / sum(b) / 2"), binary(Divide, binary(Divide, sum(0), sum(1)), two()));
}

#[test]
fn a_percentage_is_a_share_and_a_minus_before_a_number_belongs_to_it() {
    assert_eq!(parsed("60%"), Expr::Constant(Number::parse("0.6").unwrap()));
    assert_eq!(parsed("-1.5"), Expr::Constant(Number::parse("-1.5").unwrap()));
    assert_eq!(parsed(".5"), parsed("0.5"));
}

#[test]
fn each_fault_points_at_its_part() {
    assert_eq!(fault("sum(a) + c"), ("E-formula-name", "c"));
    assert_eq!(fault("summ(a)"), ("E-formula-name", "summ"));
    assert_eq!(fault("a + 1"), ("E-formula-years", "a"));
    assert_eq!(fault("sum(p)"), ("E-formula", "sum"));
    assert_eq!(fault("sum(sum(a))"), ("E-formula", "sum"));
    assert_eq!(fault("sum(a"), ("E-formula", ""));
    assert_eq!(fault("sum(a) sum(b)"), ("E-formula", "sum"));
    assert_eq!(fault("sum(a) ∑"), ("E-formula", "∑"));
    assert_eq!(fault("ln(1, 2)"), ("E-formula", "ln(1, 2)"));
    assert_eq!(fault("least(1)"), ("E-formula", "least(1)"));
    assert_eq!(fault("sum(a) >= 2"), ("E-formula", "sum(a) >= 2"));
    assert_eq!(fault("weighted(a: 1, a: 2)"), ("E-formula", "a"));
    assert_eq!(fault("1.2.3"), ("E-formula", "1.2.3"));
    assert_eq!(fault("points(x)"), ("E-formula-name", "x"));
    assert_eq!(fault(""), ("E-formula", ""));
}

#[test]
fn a_year_is_needed_only_where_there_are_several() {
    assert!(with(1, |names| expression("a / b", names)).is_ok());
    assert!(with(3, |names| expression("mean(a / p)", names)).is_ok());
    let lookback = with(1, |names| expression("growth(a)", names)).unwrap_err();
    assert_eq!(lookback.0.code, "E-formula-lookback");
}

#[test]
fn conditions_bind_not_then_and_then_or() {
    let read = |text: &str| with(3, |names| condition(text, names)).unwrap();
    assert_eq!(
        read("finding(falsified-data) or p > 1 and not p < 0"),
        read("finding(falsified-data) or (p > 1 and (not (p < 0)))")
    );
    assert_ne!(
        read("(finding(falsified-data) or p > 1) and p < 0"),
        read("finding(falsified-data) or p > 1 and p < 0")
    );
    assert_eq!(read("p = 1"), read("p == 1"));
    let not_one = with(3, |names| condition("p + 1", names)).unwrap_err();
    assert_eq!(not_one.0.code, "E-formula");
}
