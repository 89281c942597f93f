use super::*;
use crate::domain::number::Number;

const RUBRIC: &str = r#"
[rubric]
id = "small"
edition = "1"
title = "Small"
cycle_years = 3
rounding = "none"
[[kind]]
id = "one"
[[kind]]
id = "two"
[[metric]]
id = "income"
[[metric]]
id = "plan"
yearly = false
[[metric]]
id = "mark"
yearly = false
panel = { average = "mean" }
[[criterion]]
id = "c"
points = 3
[[criterion.indicator]]
id = "i"
points = 1
measure = "sum(income) / plan"
rule = { kind = "linear", from = 0, to = 1 }
[[criterion.indicator]]
id = "j"
points = 2
measure = "mark"
rule = { kind = "expert", from = 0, to = 100 }
"#;

fn rubric() -> Rubric {
    let (rubric, faults) = crate::read::rubric::rubric(RUBRIC);
    assert_eq!(faults, []);
    rubric.unwrap()
}

fn codes(text: &str) -> Vec<(&'static str, crate::domain::diagnostic::Place)> {
    table(text, &rubric(), None).1.into_iter().map(|d| (d.code, d.place)).collect()
}

fn at(row: usize, column: usize) -> crate::domain::diagnostic::Place {
    crate::domain::diagnostic::Place::Cell { row, column }
}

#[test]
fn wide_and_long_say_the_same() {
    let rubric = rubric();
    let wide = "centre,name,kind,income@2024,income@2025,plan,mark#a,mark#b\n\
                c1,\"Tide, Ltd\",two,12.5,NR,,80,N/A\n";
    let long = "centre,name,kind,metric,year,value,judge\n\
                c1,\"Tide, Ltd\",two,income,2024,12.5,\n\
                c1,,,income,2025,NR,\n\
                c1,,,plan,,,\n\
                c1,,,mark,,80,a\n\
                c1,,,mark,,N/A,b\n";
    let (wide, faults) = table(wide, &rubric, None);
    assert_eq!(faults, []);
    let (long, faults) = table(long, &rubric, None);
    assert_eq!(faults, []);
    assert_eq!(wide, long);
    let data = wide.unwrap();
    assert_eq!((data.cycle.first, data.cycle.last), (2023, 2025));
    let readings: Vec<_> = data.centres[0].cells.iter().map(|c| c.reading.clone()).collect();
    let value = |text| Some(Reading::Value(Number::parse(text).unwrap()));
    assert_eq!(readings, [value("12.5"), Some(Reading::NotReported), None, value("80"), Some(Reading::NotApplicable)]);
}

#[test]
fn a_blank_counts_as_not_reported_where_nothing_is_still_to_come() {
    let rubric = rubric();
    let (data, _) = table("centre,kind,income@2025,plan,mark\nc1,one,0,,\n", &rubric, None);
    let cohort = cohort(&data.unwrap(), &rubric);
    let ix = cohort.find("c1").unwrap();
    let seen = |metric: &str, year| {
        let slot = cohort.layout.slot(rubric.metric(metric).unwrap(), year).unwrap();
        cohort.seen(&rubric, ix, slot)
    };
    assert_eq!(seen("income", Some(2025)), Some(Reading::Value(Number::ZERO)));
    assert_eq!(seen("income", Some(2024)), Some(Reading::NotReported));
    assert_eq!(seen("plan", None), Some(Reading::NotReported));
    assert_eq!(seen("mark", None), Some(Reading::NotReported));
    assert_eq!(cohort.gaps(&rubric, ix), []);
}

#[test]
fn every_fault_is_reported_with_its_cell() {
    let text = "centre,kind,income@2025,income@2019,incme@2025,plan#a\n\
                c1,three,\"1,234.5\",,,\n\
                c1,one,12%,,,\n\
                ,one,1,,,\n\
                c2,one,１２,,\n";
    assert_eq!(
        codes(text),
        [
            ("E-year-outside", at(1, 4)),
            ("E-unknown-metric", at(1, 5)),
            ("E-judge", at(1, 6)),
            ("E-centre-fact", at(2, 2)),
            ("E-cell-grouped", at(2, 3)),
            ("E-duplicate-centre", at(3, 1)),
            ("E-cell-percent", at(3, 3)),
            ("E-centre-id", at(4, 1)),
            ("E-row-length", at(5, 6)),
        ]
    );
}

#[test]
fn a_yearly_metric_without_a_year_is_refused_and_a_second_cell_names_the_first() {
    assert_eq!(codes("centre,income\nc1,3\n"), [("E-year-missing", at(1, 2))]);
    let twice = "centre,metric,year,value\nc1,income,2025,3\nc1,income,2025,4\n";
    assert_eq!(codes(twice), [("E-duplicate-cell", at(3, 4))]);
    for header in ["centre,plan,plan", "centre,plan,plan@2025", "centre,income@2025,income@2025", "centre,name,name"] {
        assert_eq!(codes(&format!("{header}\nc1,3,4\n")), [("E-duplicate-column", at(1, 3))], "{header}");
    }
    assert_eq!(codes("name,plan\nc1,3\n"), [("E-no-centre-column", at(1, 1))]);
    assert_eq!(codes(""), [("E-table-empty", crate::domain::diagnostic::Place::Whole)]);
}

#[test]
fn tabs_carriage_returns_and_blank_lines_are_no_fault() {
    let rubric = rubric();
    let (data, faults) = table("centre\tkind\tplan\t\t\r\n\r\nc1\tone\t5\t\t\r\n\t\t\t\t\r\n", &rubric, None);
    assert_eq!(faults, []);
    assert_eq!(data.unwrap().centres.len(), 1);
    assert_eq!(codes("centre,plan,\nc1,5,6\n"), [("E-untitled-column", at(2, 3))]);
}

#[test]
fn the_guard_before_a_text_that_looks_like_a_formula_is_taken_off_again() {
    let (data, _) = table("centre,name\nc1,'=SUM(A1)\n", &rubric(), None);
    assert_eq!(data.unwrap().centres[0].fields, [(Field::Name, "=SUM(A1)".to_owned())]);
}

#[test]
fn what_is_not_at_fault_is_read_beside_the_faults_and_nothing_of_a_refused_row() {
    let text = "\ncentre,kind,income@2025,plan\nc1,one,x,1\nc1,two,2,2\n,one,3,3\nc2,one,4\nc3,one,5,5\nc4,one,\"6,6\n";
    let (data, faults) = survey(text, &rubric(), None);
    let found: Vec<_> = faults.into_iter().map(|fault| (fault.code, fault.place)).collect();
    assert_eq!(
        found,
        [
            ("E-cell-number", at(3, 3)),
            ("E-duplicate-centre", at(4, 1)),
            ("E-centre-id", at(5, 1)),
            ("E-row-length", at(6, 4)),
            ("E-quote", at(8, 3)),
        ]
    );
    let cells = |centre: &CentreData| centre.cells.iter().map(|cell| cell.reading.clone().unwrap().cell()).collect();
    let read: Vec<(String, Vec<String>)> =
        data.unwrap().centres.iter().map(|centre| (centre.id.clone(), cells(centre))).collect();
    assert_eq!(
        read,
        [("c1".to_owned(), vec!["1".to_owned()]), ("c3".to_owned(), vec!["5".to_owned(), "5".to_owned()])]
    );
    assert_eq!(table(text, &rubric(), None).0, None);
}

#[test]
fn a_year_that_no_cycle_has_is_named_in_its_own_cell() {
    assert_eq!(codes("centre,plan,income@20240,income@3024\nc1,1,2,3\n"), [("E-year", at(1, 3)), ("E-year", at(1, 4))]);
}
