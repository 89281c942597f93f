//! Published tables, reproduced to the printed digit through the rubric language.

use std::collections::HashMap;

use triennial::domain::number::Number;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::read;

fn rubric(text: &str) -> Rubric {
    let (rubric, faults) = read::rubric::rubric(text);
    assert!(rubric.is_some(), "{faults:#?}");
    rubric.unwrap()
}

fn records(file: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_path(format!("tests/conformance/{file}")).unwrap().deserialize().map(Result::unwrap).collect()
}

pub const HDI_METRICS: [&str; 4] =
    ["life_expectancy", "expected_years_schooling", "mean_years_schooling", "gni_per_capita_ppp"];

/// The published table as a data file: one centre per country and year.
pub fn hdi_data() -> (String, Vec<(String, String)>) {
    let mut data = format!("centre,{}\n", HDI_METRICS.join(","));
    let mut published = Vec::new();
    for row in records("hdi_2015_2021.csv") {
        let id = format!("{}-{}", row["iso3"], row["year"]);
        let cells: Vec<&str> = HDI_METRICS.iter().map(|m| row[*m].as_str()).collect();
        data.push_str(&format!("{id},{}\n", cells.join(",")));
        published.push((id, row["hdi_published"].clone()));
    }
    (data, published)
}

/// UNDP, Human Development Report 2023-24: 192 countries in 2015 and 2021.
#[test]
fn every_published_human_development_index_comes_out_to_its_third_decimal() {
    let rubric = rubric(include_str!("../../rubrics/hdi.toml"));
    let (data, published) = hdi_data();
    let (data, faults) = read::table::table(&data, &rubric, None);
    assert_eq!(faults, []);
    let cohort = read::table::cohort(&data.unwrap(), &rubric);
    let cards = score(&rubric, &cohort, None);
    assert_eq!((cards.len(), published.len()), (384, 384));
    for (card, (id, value)) in cards.iter().zip(&published) {
        assert_eq!(cohort.centre(card.centre).id, *id);
        assert_eq!(card.tally.total.0, Number::parse(value).unwrap(), "{id}: {}", card.tally.total);
    }
    // The classification of the same report: 0.800, 0.700, 0.550.
    for (card, (id, value)) in cards.iter().zip(&published) {
        let value = Number::parse(value).unwrap();
        let at_least = |text: &str| value >= Number::parse(text).unwrap();
        let group = [("0.8", "very-high"), ("0.7", "high"), ("0.55", "medium")].into_iter().find(|(t, _)| at_least(t));
        let grade = card.grade.map(|g| rubric.grades[g.0].id.as_str());
        assert_eq!(grade, Some(group.map_or("low", |(_, g)| g)), "{id}");
    }
}

/// REF 2021, results "All" of 2022-05-06, every second row. The published file is read as it is, its own results passed
/// over.
#[test]
fn every_published_overall_quality_profile_comes_out_whole() {
    let rubric = rubric(include_str!("../../rubrics/ref2021.toml"));
    let text = std::fs::read_to_string("tests/conformance/ref2021_profiles.csv").unwrap();
    let (data, faults) = read::table::table(&text, &rubric, None);
    assert_eq!(faults, []);
    let cohort = read::table::cohort(&data.unwrap(), &rubric);
    let cards = score(&rubric, &cohort, None);
    let published = records("ref2021_profiles.csv");
    assert_eq!((cards.len(), published.len()), (941, 941));
    let overall = rubric.node("overall").unwrap();
    for (card, row) in cards.iter().zip(&published) {
        let centre = cohort.centre(card.centre);
        assert_eq!((&centre.id, &centre.name), (&row["id"], &row["institution"]));
        let (_, levels) = card.tally.profiles.iter().find(|(node, _)| *node == overall).unwrap();
        let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
        assert_eq!(
            levels,
            ["4", "3", "2", "1", "u"].map(|level| row[&format!("overall_{level}")].clone()),
            "{}",
            centre.id
        );
    }
}

/// A column that is passed over is named in the rubric; one that nobody named is refused, as every other.
#[test]
fn a_mistyped_column_of_the_published_file_is_refused() {
    let rubric = rubric(include_str!("../../rubrics/ref2021.toml"));
    let text = std::fs::read_to_string("tests/conformance/ref2021_profiles.csv").unwrap();
    for (column, typo) in [("env_u", "env_v"), ("fte", "ftee"), ("institution", "institute")] {
        let (data, faults) = read::table::table(&text.replacen(column, typo, 1), &rubric, None);
        assert!(data.is_none(), "{typo}");
        assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), ["E-unknown-metric"], "{typo}");
    }
}

/// 科技型中小企业评价, RULES: every band edge just below, at and above.
#[test]
fn every_band_of_the_sme_scheme_gives_what_the_table_prints() {
    let rubric = rubric(include_str!("../../rubrics/sme.toml"));
    // Of 100000 staff, so that a hundredth of a percent is whole people; R&D against sales and costs of 100000.
    let personnel = [(30, 20), (25, 16), (20, 12), (15, 8), (10, 4)];
    let sales = [(6, 50), (5, 40), (4, 30), (3, 20), (2, 10)];
    let costs = [(30, 50), (25, 40), (20, 30), (15, 20), (10, 10)];
    let rights: [(i32, i32); 4] = [(4, 24), (3, 18), (2, 12), (1, 6)];
    let points = |id: &str, row: String| -> Number {
        let text = format!("centre,staff,technical_staff,sales,costs,rd_spending,ip_class_1,ip_class_2\nc,{row}\n");
        let (data, faults) = read::table::table(&text, &rubric, None);
        assert_eq!(faults, []);
        let cohort = read::table::cohort(&data.unwrap(), &rubric);
        score(&rubric, &cohort, None)[0].tally.nodes[rubric.node(id).unwrap().0].clone().unwrap().0
    };
    let mut edges = 0;
    let mut check = |id: &str, table: &[(i64, i64)], scale: i64, row: &dyn Fn(i64) -> String| {
        for (at, (edge, earned)) in table.iter().enumerate() {
            let below = table.get(at + 1).map_or(0, |(_, earned)| *earned);
            for (value, wanted) in [(edge * scale - 1, below), (edge * scale, *earned), (edge * scale + 1, *earned)] {
                assert_eq!(points(id, row(value)), Number::from(wanted), "{id} at {value}");
                edges += 1;
            }
        }
    };
    check("personnel", &personnel, 1000, &|v| format!("100000,{v},1,1,0,0,0"));
    check("rd", &sales, 1000, &|v| format!("1,0,100000,10000000,{v},0,0"));
    check("rd", &costs, 1000, &|v| format!("1,0,100000000,100000,{v},0,0"));
    assert_eq!(edges, 3 * (5 + 5 + 5));
    // Rights are whole, so that one above an edge is the next edge.
    for (count, earned) in rights.into_iter().chain([(5, 24), (0, 0)]) {
        assert_eq!(
            points("results", format!("1,0,1,1,0,0,{count}")),
            Number::from(i64::from(earned)),
            "{count} of class II"
        );
    }
    // One class-I right is worth 30 whatever the class-II rights are; none leaves them.
    assert_eq!(points("results", "1,0,1,1,0,1,0".into()), Number::from(30_i64));
    assert_eq!(points("results", "1,0,1,1,0,1,4".into()), Number::from(30_i64));
    assert_eq!(points("results", "1,0,1,1,0,0,0".into()), Number::ZERO);
    // The better of two: 5 % of sales gives 40, 30 % of costs gives 50; then the other way round.
    assert_eq!(points("rd", "1,0,100000,16666,5000,0,0".into()), Number::from(50_i64));
    assert_eq!(points("rd", "1,0,100000,50000,6000,0,0".into()), Number::from(50_i64));
}

/// 科技型中小企业评价: at least 60 points, and the personnel indicator not 0.
#[test]
fn sixty_points_without_technical_staff_do_not_pass() {
    let rubric = rubric(include_str!("../../rubrics/sme.toml"));
    let text = "centre,staff,technical_staff,sales,costs,rd_spending,ip_class_1,ip_class_2\n\
                none,100,0,100,100,30,1,0\n\
                few,100,9,100,100,30,1,0\n\
                enough,100,10,100,100,30,1,0\n\
                short,100,30,100,1000,2,1,0\n\
                exactly,100,20,100,1000,3,0,4\n\
                edge,100,30,100,1000,2,1,4\n";
    let (data, faults) = read::table::table(text, &rubric, None);
    assert_eq!(faults, []);
    let cohort = read::table::cohort(&data.unwrap(), &rubric);
    let graded: Vec<(String, &str)> = score(&rubric, &cohort, None)
        .iter()
        .map(|c| (c.tally.total.to_string(), rubric.grades[c.grade.unwrap().0].id.as_str()))
        .collect();
    let wanted = [("80", "fail"), ("80", "fail"), ("84", "pass"), ("60", "pass"), ("56", "fail"), ("60", "pass")];
    assert_eq!(graded, wanted.map(|(total, grade)| (total.to_owned(), grade)));
}
