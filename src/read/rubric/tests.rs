use super::rubric;

/// A rubric without meaning of its own must not depend on the order of its tables.
#[test]
fn the_order_of_top_level_tables_does_not_matter() {
    let header = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 3\nrounding = \"none\"\n";
    let metric = "[[metric]]\nid = \"a\"\n";
    let criterion = "[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 1\nmeasure = \"sum(a)\"\n\
                     rule = { kind = \"linear\", from = 0, to = 1 }\n";
    let first = rubric(&format!("{header}{metric}{criterion}"));
    let second = rubric(&format!("{criterion}{metric}{header}"));
    assert_eq!((&first.1[..], &second.1[..]), (&[][..], &[][..]));
    assert_eq!(first.0, second.0);
    assert!(first.0.is_some());
}

#[test]
fn quoted_and_plain_numbers_and_shares_are_the_same_number() {
    let text = |points: &str| {
        format!(
            "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 3\nrounding = \"none\"\n[[metric]]\nid = \"a\"\n\
             [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = {points}\nmeasure = \"sum(a)\"\n\
             rule = {{ kind = \"linear\", from = 0, to = 1 }}\n"
        )
    };
    let plain = rubric(&text("0.1")).0;
    assert!(plain.is_some());
    assert_eq!(rubric(&text("\"0.1\"")).0, plain);
    assert_eq!(rubric(&text("\"10%\"")).0, plain);
    assert_eq!(rubric(&text("1e-1")).0, plain);
    for faulty in ["inf", "nan", "0x10", "\"1,5\"", "0.10000000000000000000000000001"] {
        assert_eq!(rubric(&text(faulty)).0, None, "{faulty}");
    }
}
