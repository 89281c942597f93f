//! Checks of data: what each asks about just below, at and above its bound, worked out by hand.

mod answers;
mod fences;
mod planted;
mod slips;

use triennial::domain::cohort::{CentreIx, Cohort};
use triennial::domain::query::Queries;
use triennial::domain::rubric::Rubric;
use triennial::domain::text::Lang;
use triennial::read;
use triennial::wording::query::Asked;

const HEAD: &str = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 3\nrounding = \"none\"\n";

/// A rubric with these tables before its one criterion, which scores `m`.
fn rubric(tables: &str) -> Rubric {
    let measure = if tables.contains("unit = \"米\"\nyearly = false") { "m" } else { "sum(m)" };
    let scored = format!(
        "[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 1\nmeasure = \"{measure}\"\n\
         rule = {{ kind = \"target\", goal = 10 }}\n"
    );
    let (rubric, faults) = read::rubric::rubric(&format!("{HEAD}{tables}{scored}"));
    rubric.unwrap_or_else(|| panic!("{faults:#?}"))
}

/// The same with one metric `m` of the unit and these keys.
fn of(unit: &str, keys: &str) -> Rubric {
    rubric(&format!("[[metric]]\nid = \"m\"\nunit = \"{unit}\"\n{keys}\n"))
}

fn cohort(rubric: &Rubric, data: &str) -> Cohort {
    let (data, faults) = read::table::table(data, rubric, None);
    read::table::cohort(&data.unwrap_or_else(|| panic!("{faults:#?}")), rubric)
}

/// `centre metric@year check`, in the order they are listed.
fn asked(rubric: &Rubric, cohort: &Cohort) -> Vec<String> {
    let named = |(ix, query): (CentreIx, triennial::domain::query::Query)| {
        let cell = query.cell(rubric, &cohort.layout).name();
        format!("{} {cell} {}", cohort.centre(ix).id, query.check(rubric))
    };
    Queries::new(rubric, cohort).all(rubric).into_iter().map(named).collect()
}

/// What is asked about one centre with these three years.
fn over_years(rubric: &Rubric, values: [&str; 3]) -> Vec<String> {
    let data = format!("centre,m@2023,m@2024,m@2025\na,{}\n", values.join(","));
    asked(rubric, &cohort(rubric, &data))
}

fn sentences(rubric: &Rubric, cohort: &Cohort, lang: Lang) -> Vec<String> {
    let asked = Asked { rubric, layout: &cohort.layout, lang };
    Queries::new(rubric, cohort).all(rubric).iter().map(|(_, query)| asked.sentence(query)).collect()
}

const NONE: [&str; 0] = [];

/// Five times is the standard threshold: 100 to 500 is five times, 501 is more. Down, 500 to 100 and to 99.
#[test]
fn a_jump_is_more_than_so_many_times_the_year_before_or_less_than_that_part() {
    let rubric = of("米", "");
    assert_eq!(over_years(&rubric, ["100", "500", "500"]), NONE);
    assert_eq!(over_years(&rubric, ["100", "501", "501"]), ["a m@2023 jump"]);
    assert_eq!(over_years(&rubric, ["500", "100", "101"]), NONE);
    assert_eq!(over_years(&rubric, ["500", "99", "98"]), ["a m@2023 jump"]);
    assert_eq!(over_years(&of("米", "checks = { jump = 6 }"), ["100", "600", "600"]), NONE);
    assert_eq!(over_years(&of("米", "checks = { jump = false }"), ["100", "700", "700"]), NONE);
}

/// 100 and 100 with 600 between them: the odd year is asked about once, not the way up and the way down. With 600 at
/// first, the first year is the odd one.
#[test]
fn the_year_that_is_apart_from_all_others_is_asked_about() {
    let rubric = of("米", "");
    assert_eq!(over_years(&rubric, ["100", "600", "101"]), ["a m@2024 jump"]);
    assert_eq!(over_years(&rubric, ["600", "100", "101"]), ["a m@2023 jump"]);
    assert_eq!(over_years(&rubric, ["100", "101", "600"]), ["a m@2025 jump"]);
    // Of two years nobody can tell which; it is the later one.
    assert_eq!(over_years(&rubric, ["100", "", "600"]), ["a m@2025 jump"]);
    // A year that is not reported is passed over; zero and less are no part of anything.
    assert_eq!(over_years(&rubric, ["100", "NR", "600"]), ["a m@2025 jump"]);
    assert_eq!(over_years(&rubric, ["0", "600", "601"]), NONE);
    assert_eq!(over_years(&rubric, ["-100", "600", "601"]), NONE);
}

/// Counts up to 20 move by chance: 3 to 20 is left alone, 3 to 21 is not. Where nothing whole is counted there is no
/// such number, unless the rubric gives one.
#[test]
fn small_counts_are_left_alone() {
    let whole = of("组件", "whole = true");
    assert_eq!(over_years(&whole, ["3", "20", "19"]), NONE);
    assert_eq!(over_years(&whole, ["3", "21", "20"]), ["a m@2023 jump"]);
    assert_eq!(over_years(&whole, ["20", "20", "20"]), NONE);
    assert_eq!(over_years(&whole, ["21", "21", "21"]), ["a m@2025 constant"]);
    assert_eq!(over_years(&of("米", ""), ["3", "20", "19"]), ["a m@2023 jump"]);
    assert_eq!(over_years(&of("米", "checks = { small = 20 }"), ["3", "20", "19"]), NONE);
    let table = "[data_checks]\nsmall = 19\n[[metric]]\nid = \"m\"\nunit = \"米\"\n";
    assert_eq!(over_years(&rubric(table), ["3", "20", "19"]), ["a m@2023 jump"]);
}

#[test]
fn the_same_in_all_years_wants_three_years_and_a_figure_that_is_not_zero() {
    let rubric = of("米", "");
    assert_eq!(over_years(&rubric, ["7", "7", "7"]), ["a m@2025 constant"]);
    assert_eq!(over_years(&rubric, ["7", "7", "7.01"]), NONE);
    assert_eq!(over_years(&rubric, ["7", "NR", "7"]), NONE);
    assert_eq!(over_years(&rubric, ["0", "0", "0"]), NONE);
    assert_eq!(over_years(&of("米", "checks = { constant = false }"), ["7", "7", "7"]), NONE);
    // It began in 2024: two years say nothing.
    let late = cohort(&rubric, "centre,since,m@2023,m@2024,m@2025\na,2024,,7,7\n");
    assert_eq!(asked(&rubric, &late), NONE);
}

/// 0.42 and 4,200 万元: 10,000 times. After mending, twice and half are still growth; the standard jump sees the rest.
#[test]
fn a_slip_of_a_unit_is_told_with_the_unit_that_was_typed() {
    let rubric = of("万元", "");
    let data = "centre,m@2023,m@2024,m@2025\na,0.42,4200,0.45\n";
    let cohort = cohort(&rubric, data);
    assert_eq!(asked(&rubric, &cohort), ["a m@2024 unit-slip"]);
    assert_eq!(sentences(&rubric, &cohort, Lang::En), ["4,200 in 2024 is 10,000 times 0.42 in 2023: yuan for 万元?"]);
    assert_eq!(
        sentences(&rubric, &cohort, Lang::Zh),
        ["2024 年的 4,200 为 2023 年的 0.42 的 10,000 倍：误以“元”代“万元”填写？"]
    );
    assert_eq!(over_years(&rubric, ["0.42", "8400", "0.45"]), ["a m@2024 unit-slip"]);
    assert_eq!(over_years(&rubric, ["0.42", "8400.1", "0.45"]), ["a m@2024 unit-slip"], "twice 0.45 is not reached");
    assert_eq!(over_years(&rubric, ["0.42", "9000.1", "0.45"]), ["a m@2024 jump"]);
    assert_eq!(over_years(&of("万元", "checks = { unit_slip = false }"), ["0.42", "4200", "0.45"]), ["a m@2024 jump"]);
    // Two years in yuan after one in ten thousands: the first is the odd one.
    assert_eq!(over_years(&rubric, ["0.42", "4200", "4300"]), ["a m@2023 unit-slip"]);
}

/// 11, 12, 13, 14 and the fifth: quartiles 12 and 14 around the median 13, so that at ten times the distance of 1 the
/// fences are 3 and 23. With four centres nothing is an outlier; a fifth that is absent is not counted.
#[test]
fn an_outlier_lies_outside_ten_quartile_distances_of_at_least_five_centres() {
    let rubric = of("米", "yearly = false");
    let data = |fifth: &str| format!("centre,m\na,11\nb,12\nc,13\nd,14\ne,{fifth}\n");
    let found = |data: &str| asked(&rubric, &cohort(&rubric, data));
    assert_eq!(found(&data("23")), NONE);
    assert_eq!(found(&data("23.01")), ["e m outlier"]);
    assert_eq!(
        sentences(&rubric, &cohort(&rubric, &data("24")), Lang::En),
        ["24 is far from the others: 5 centres, median 13, expected from 3 to 23"]
    );
    // Below: quartiles 11 and 13 around 12, fences 2 and 22.
    assert_eq!(found(&data("2")), NONE);
    assert_eq!(found(&data("1.99")), ["e m outlier"]);
    assert_eq!(found("centre,m\na,11\nb,12\nc,13\ne,2300\n"), NONE);
    assert_eq!(found("centre,status,m\na,,11\nb,,12\nc,,13\nd,absent,14\ne,,2300\n"), NONE);
    let six = of("米", "yearly = false\nchecks = { outlier_from = 6 }");
    assert_eq!(asked(&six, &cohort(&six, &data("2300"))), NONE);
    let off = of("米", "yearly = false\nchecks = { outlier = false }");
    assert_eq!(asked(&off, &cohort(&off, &data("2300"))), NONE);
}

/// All alike: the distance is a twentieth of the median, so that 100 has the fences 50 and 150. Where most are zero
/// there is no distance to measure by.
#[test]
fn a_cohort_of_equals_has_fences_by_a_twentieth_of_the_median() {
    let rubric = of("米", "yearly = false");
    let data = |value: &str, fifth: &str| format!("centre,m\na,{value}\nb,{value}\nc,{value}\nd,{value}\ne,{fifth}\n");
    let found = |data: &str| asked(&rubric, &cohort(&rubric, data));
    assert_eq!(found(&data("100", "150")), NONE);
    assert_eq!(found(&data("100", "150.01")), ["e m outlier"]);
    assert_eq!(found(&data("100", "49.99")), ["e m outlier"]);
    assert_eq!(found(&data("0", "5000")), NONE);
}

/// A centre that typed all its years in yuan is told by the others, with the unit that would bring it among them.
#[test]
fn a_centre_that_is_always_in_the_wrong_unit_is_told_by_the_others() {
    let rubric = of("万元", "");
    let mut data = "centre,m@2023,m@2024,m@2025\n".to_owned();
    for (centre, base) in [("a", 110), ("b", 120), ("c", 130), ("d", 140)] {
        data.push_str(&format!("{centre},{base},{},{}\n", base + 1, base + 2));
    }
    data.push_str("e,1250000,1260000,1270000\n");
    let cohort = cohort(&rubric, &data);
    assert_eq!(asked(&rubric, &cohort), ["e m@2023 outlier", "e m@2024 outlier", "e m@2025 outlier"]);
    let told = sentences(&rubric, &cohort, Lang::En);
    assert!(told.iter().all(|told| told.ends_with("yuan for 万元?")), "{told:?}");
}

const PARTS: &str = "[[metric]]\nid = \"m\"\n[[metric]]\nid = \"a\"\n[[metric]]\nid = \"b\"\n[[metric]]\nid = \"plan\"\nyearly = false\n";

/// 3 + 4 is 7: 7 holds, 6.99 and 7.01 do not; with a tolerance of 0.5, 7.5 does and 7.51 does not. A part that is not
/// reported says nothing.
#[test]
fn stated_totals_are_held_against_their_parts_year_by_year() {
    let with = |more: &str| {
        rubric(&format!(
            "{PARTS}[[assertion]]\nid = \"sum\"\nholds = \"a + b == m\"\nmessage = \"count again\"\n{more}"
        ))
    };
    let found = |rubric: &Rubric, a: &str, whole: &str| {
        let data = format!("centre,a@2024,b@2024,m@2023,m@2024\nc,{a},4,9,{whole}\n");
        asked(rubric, &cohort(rubric, &data))
    };
    let exact = with("");
    assert_eq!(found(&exact, "3", "7"), NONE);
    assert_eq!(found(&exact, "3", "7.01"), ["c a@2024 sum"]);
    assert_eq!(found(&exact, "3", "6.99"), ["c a@2024 sum"]);
    assert_eq!(found(&exact, "NR", "6.99"), NONE);
    let loose = with("tolerance = 0.5\n");
    assert_eq!(found(&loose, "3", "7.5"), NONE);
    assert_eq!(found(&loose, "3", "7.51"), ["c a@2024 sum"]);
    let share = with("tolerance = \"10%\"\n");
    assert_eq!(found(&share, "3.2", "8"), NONE, "7.2 is 0.8 short of 8");
    assert_eq!(found(&share, "3.1", "8"), ["c a@2024 sum"]);
    let told = cohort(&exact, "centre,a@2024,b@2024,m@2024\nc,3,4,8\n");
    assert_eq!(sentences(&exact, &told, Lang::En), ["7 = 8 does not hold in 2024 (a + b = m): count again"]);
    assert_eq!(sentences(&exact, &told, Lang::Zh), ["2024 年 7 = 8 不成立（a + b = m）：count again"]);
}

/// Whoever looks at a part or at the whole is asked; the query itself keeps the first.
#[test]
fn every_cell_that_an_assertion_names_may_have_to_change() {
    let sum = "[[assertion]]\nid = \"sum\"\nholds = \"a + b == m\"\n";
    let plan = "[[assertion]]\nid = \"kept\"\nover = \"cycle\"\nholds = \"sum(a) <= plan\"\n";
    let rubric = rubric(&format!("{PARTS}{sum}{plan}"));
    let cohort = cohort(&rubric, "centre,a@2023,a@2024,a@2025,b@2024,m@2024,plan\nc,1,3,2,4,8,5\n");
    let cells = |query: &triennial::domain::query::Query| {
        let name = |slot: &triennial::domain::reading::Slot| {
            let (metric, year) = cohort.layout.cell(*slot);
            let year = year.map_or(String::new(), |year| format!("@{year}"));
            format!("{}{year}", rubric.metrics[metric.0].id)
        };
        query.slots(&rubric, &cohort.layout).iter().map(name).collect::<Vec<_>>().join(" ")
    };
    let all = Queries::new(&rubric, &cohort).of(&rubric, CentreIx(0));
    assert_eq!(all.iter().map(cells).collect::<Vec<_>>(), ["a@2024 b@2024 m@2024", "a@2025 a@2023 a@2024 plan"]);
}

/// Over the cycle: 1 + 2 + 3 is 6, which the plan of 6 holds and the plan of 5 does not.
#[test]
fn an_assertion_may_be_about_the_cycle_as_a_whole() {
    let cycle = "[[assertion]]\nid = \"plan-kept\"\nover = \"cycle\"\nholds = \"sum(a) <= plan\"\n";
    let rubric = rubric(&format!("{PARTS}{cycle}"));
    let found = |plan: &str| {
        let data = format!("centre,a@2023,a@2024,a@2025,plan,m@2025\nc,1,2,3,{plan},1\n");
        asked(&rubric, &cohort(&rubric, &data))
    };
    assert_eq!(found("6"), NONE);
    assert_eq!(found("5"), ["c a@2025 plan-kept"]);
}

/// Bounds are kept where data come in; a rubric that is stricter than the one they came in by finds the rest.
#[test]
fn bounds_and_kinds_of_values_are_checked_against_the_rubric_in_use() {
    let wide = of("米", "");
    let data = "centre,m@2023,m@2024,m@2025\na,-1,0.5,11\n";
    for (keys, wanted) in [
        ("minimum = 0\nmaximum = 11", vec!["a m@2023 range"]),
        ("minimum = -1\nmaximum = 10", vec!["a m@2025 range"]),
        ("minimum = -1\nmaximum = 11", vec![]),
        ("whole = true", vec!["a m@2024 type"]),
        ("type = \"yes-no\"", vec!["a m@2023 type", "a m@2024 type", "a m@2025 type"]),
        ("type = \"letter\"\nletters = { A = 11, B = 0.5 }", vec!["a m@2023 type"]),
    ] {
        let strict = of(
            "米",
            &format!("{keys}\nchecks = {{ jump = false }}")
                .replace(if keys.starts_with("type") { "\nchecks = { jump = false }" } else { "\u{0}" }, ""),
        );
        assert_eq!(asked(&strict, &cohort(&wide, data)), wanted, "{keys}");
    }
}

/// Marks of a panel are judgements: they may differ, be the same, and lie apart.
#[test]
fn marks_of_a_panel_are_not_set_against_others() {
    let rubric = of("分", "panel = { average = \"mean\" }");
    let cohort = cohort(&rubric, "centre,m@2023#x,m@2024#x,m@2025#x\na,1,100,100\n");
    assert_eq!(asked(&rubric, &cohort), NONE);
}

/// Whatever changes, one centre at a time, the queries are those of the whole worked out anew.
#[test]
fn queries_kept_up_to_date_are_the_same_as_queries_worked_out_anew() {
    use triennial::domain::number::Number;
    use triennial::domain::reading::{Reading, Slot};
    let rubric = of("万元", "");
    let mut data = "centre,m@2023,m@2024,m@2025\n".to_owned();
    (0..7).for_each(|at| data.push_str(&format!("c{at},{},{},{}\n", 10 + at, 20 + at, 30 + at)));
    let mut cohort = cohort(&rubric, &data);
    let mut kept = Queries::new(&rubric, &cohort);
    let values = ["120000", "11", "NR", "0.0012", "55", "", "12"];
    let mut asked_about = 0;
    for step in 0..63_usize {
        let (ix, slot) = (CentreIx(step * 5 % 7), Slot(step % 3));
        let reading = match values[step * 3 % 7] {
            "" => None,
            "NR" => Some(Reading::NotReported),
            text => Some(Reading::Value(Number::parse(text).unwrap())),
        };
        cohort.readings_mut(ix).put(slot, None, reading);
        if step % 10 == 3 {
            let status = ["absent", "participating"][step / 10 % 2];
            cohort.centre_mut(ix).set(&triennial::domain::centre::Field::Status, status, &rubric).unwrap();
        }
        kept.again(&rubric, &cohort, ix);
        let anew = Queries::new(&rubric, &cohort).all(&rubric);
        asked_about += anew.len();
        assert_eq!(kept.all(&rubric), anew, "step {step}");
    }
    assert!(asked_about > 60, "{asked_about}");
}
