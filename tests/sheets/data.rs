//! The data files: what can be imported again, and the canonical text behind the digest.

use super::fixture::{add, demo, demo_rubric};
use triennial::domain::centre::Centre;
use triennial::domain::cohort::Cohort;
use triennial::domain::reading::{Cycle, Readings};
use triennial::read::table::table;
use triennial::wording::safe::visible;
use triennial::write::data::{canonical, wide};

fn two(order: [usize; 2]) -> Cohort {
    let rubric = demo_rubric();
    let mut cohort = Cohort::new(&rubric, Cycle { first: 2023, last: 2025 });
    let cells: [&[(&str, &str)]; 2] = [
        &[("staff@2024", "0"), ("staff@2023", "NR"), ("marks#Li", "80"), ("marks#Wang", "9.5")],
        &[("patents", "N/A")],
    ];
    for at in order {
        add(&mut cohort, &rubric, ["a", "b"][at], &[("kind", "domain")], cells[at]);
    }
    cohort
}

#[test]
fn the_canonical_text_is_the_data_by_id_whatever_the_order_of_entry() {
    let rubric = demo_rubric();
    let expected = "\
triennial data 1\t2023\t2025
centre\ta
fact\tkind\tdomain
fact\tstatus\tparticipating
reading\tmarks\t\t80;9.5
reading\tstaff\t2023\tNR
reading\tstaff\t2024\t0
centre\tb
fact\tkind\tdomain
fact\tstatus\tparticipating
reading\tpatents\t\tN/A
";
    assert_eq!(canonical(&two([0, 1]), &rubric), expected);
    assert_eq!(canonical(&two([1, 0]), &rubric), expected);
}

#[test]
fn the_wide_file_has_the_contracts_columns_and_cells() {
    let rubric = demo_rubric();
    let text = String::from_utf8(wide(&two([0, 1]), &rubric)).unwrap();
    let expected = "\
centre,name,kind,stage,status,since,findings,previous,service_income@2023,service_income@2024,service_income@2025,\
staff@2023,staff@2024,staff@2025,intl@2023,intl@2024,intl@2025,nat@2023,nat@2024,nat@2025,marks#Li,marks#Wang,patents,\
prize
a,,domain,,participating,,,,,,,NR,0,,,,,,,,80,9.5,,
b,,domain,,participating,,,,,,,,,,,,,,,,,,N/A,
";
    assert_eq!(text, expected);
}

#[test]
fn names_are_no_part_of_the_canonical_text() {
    let fixture = demo(false);
    let text = canonical(&fixture.cohort, &fixture.rubric);
    assert!(!text.contains("Gamma"), "{text}");
    assert!(text.contains("fact\tfindings\tfalsified\n"), "{text}");
}

/// Everything that the wide file holds, read by the program's own reader, is what it was written from; only what a
/// terminal would obey stays written out, because a table is looked at there too.
#[test]
fn the_wide_file_reads_back_to_the_same_cohort() {
    let fixture = demo(false);
    let rubric = &fixture.rubric;
    let written = String::from_utf8(wide(&fixture.cohort, rubric)).unwrap();
    let (data, faults) = table(&written, rubric, Some(fixture.cohort.layout.cycle));
    assert!(faults.iter().all(|fault| !fault.is_error()), "{faults:#?}");
    let data = data.unwrap();
    assert_eq!(data.centres.len(), fixture.cohort.len());
    for (given, ix) in data.centres.iter().zip(fixture.cohort.all()) {
        let (centre, readings) = (fixture.cohort.centre(ix), fixture.cohort.readings(ix));
        let mut again = Centre::new(given.id.clone(), rubric);
        for (field, text) in &given.fields {
            again.set(field, text, rubric).unwrap();
        }
        assert_eq!(again, Centre { name: visible(&centre.name).into_owned(), ..centre.clone() });
        let mut blank = Readings::blank(&fixture.cohort.layout);
        for cell in &given.cells {
            let slot = fixture.cohort.layout.slot(cell.metric, cell.year).unwrap();
            blank.put(slot, cell.judge.as_deref(), cell.reading.clone());
        }
        assert_eq!(&blank, readings, "{}", given.id);
    }
}
