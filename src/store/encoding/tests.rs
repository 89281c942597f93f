use proptest::prelude::*;

use super::*;
use crate::domain::query::Answer;

fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![any::<char>(), prop::char::range('\0', '\u{1f}'), prop::char::range('一', '龥')];
    prop::collection::vec(letter, 0..10).prop_map(|letters| letters.into_iter().collect())
}

fn date() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (-9999_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day of any month")),
    )
}

fn reading() -> impl Strategy<Value = Option<Reading>> {
    let number = (any::<i64>(), 0_u32..=19).prop_map(|(digits, places)| {
        let value = Number::from(digits).divided_by(&Number::from(10_i64.pow(places.min(18)))).expect("not by zero");
        Reading::Value(value)
    });
    prop::option::of(prop_oneof![number, Just(Reading::NotReported), Just(Reading::NotApplicable)])
}

fn pin() -> impl Strategy<Value = Pin> {
    (text(), text(), text()).prop_map(|(rubric, edition, digest)| Pin { rubric, edition, digest })
}

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![
        prop::sample::select(Field::RESERVED.map(|(_, field)| field).to_vec()),
        text().prop_map(Field::Attribute),
        Just(Field::Attribute("name".to_owned())),
    ]
}

fn cell() -> impl Strategy<Value = CellChange> {
    (text(), any::<Option<i16>>(), prop::option::of(text()), reading(), reading())
        .prop_map(|(metric, year, judge, was, to)| CellChange { metric, year, judge, was, to })
}

fn answer() -> impl Strategy<Value = Option<Answer>> {
    prop::option::of((text(), text()).prop_map(|(figures, reason)| Answer { figures, reason }))
}

fn cell_ref() -> impl Strategy<Value = CellRef> {
    cell().prop_map(|cell| CellRef { metric: cell.metric, year: cell.year, judge: cell.judge })
}

fn attachment() -> impl Strategy<Value = Attachment> {
    (text(), prop::option::of(text()), text(), any::<u64>()).prop_map(|(name, path, digest, size)| Attachment {
        name,
        path,
        digest,
        size,
    })
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        (any::<i16>(), any::<i16>(), pin(), date(), any::<bool>()).prop_map(|(first, last, pin, decided_on, zh)| {
            Body::Opened { cycle: Cycle { first, last }, pin, decided_on, lang: if zh { Lang::Zh } else { Lang::En } }
        }),
        text().prop_map(|centre| Body::CentreAdded { centre }),
        (text(), field(), text(), text()).prop_map(|(centre, field, was, to)| Body::CentreSet {
            centre,
            field,
            was,
            to
        }),
        (text(), text()).prop_map(|(centre, reason)| Body::CentreDropped { centre, reason }),
        text().prop_map(|centre| Body::CentreRestored { centre }),
        (text(), prop::collection::vec(cell(), 0..4)).prop_map(|(centre, cells)| Body::Cells { centre, cells }),
        (text(), cell(), any::<bool>(), text(), text()).prop_map(|(centre, cell, note, was, to)| Body::Remarked {
            centre,
            cell: CellRef { metric: cell.metric, year: cell.year, judge: cell.judge },
            remark: if note { Remark::Note } else { Remark::Evidence },
            was,
            to
        }),
        (text(), cell(), text(), answer(), answer()).prop_map(|(centre, cell, check, was, to)| Body::Answered {
            centre,
            cell: CellRef { metric: cell.metric, year: cell.year, judge: cell.judge },
            check,
            was,
            to
        }),
        (text(), text(), text(), text()).prop_map(|(file, digest, sheet, mapping)| Body::Imported {
            file,
            digest,
            sheet,
            mapping
        }),
        (text(), prop::option::of(cell_ref()), attachment()).prop_map(|(centre, cell, file)| Body::Attached {
            centre,
            cell,
            file
        }),
        (text(), prop::option::of(cell_ref()), attachment()).prop_map(|(centre, cell, file)| Body::Detached {
            centre,
            cell,
            file
        }),
        any::<u64>().prop_map(|step| Body::Undone { step }),
        (date(), date()).prop_map(|(was, to)| Body::DecidedOn { was, to }),
        text().prop_map(|reason| Body::Closed { reason }),
        text().prop_map(|reason| Body::Reopened { reason }),
        (pin(), text()).prop_map(|(pin, reason)| Body::Repinned { pin, reason }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_encoded_is_decoded_as_it_was(body in body()) {
        let text = encode(&body);
        let read = decode(&text);
        prop_assert_eq!(read.as_ref(), Ok(&body), "{}", text);
        prop_assert_eq!(encode(&read.expect("decoded above")), text.clone());
        // What does not begin as it should goes the slow way, to the same end.
        prop_assert_eq!(decode(&format!(" {text}")), Ok(body));
    }
}

#[test]
fn the_text_of_a_body_never_changes() {
    let change = |year, judge: Option<&str>, was, to| CellChange {
        metric: "income".to_owned(),
        year,
        judge: judge.map(str::to_owned),
        was,
        to,
    };
    let value = |text| Some(Reading::Value(Number::parse(text).expect("a number")));
    let cells = Body::Cells {
        centre: "tides".to_owned(),
        cells: vec![
            change(Some(2024), None, None, value("12.50")),
            change(None, Some("李\n"), Some(Reading::NotReported), Some(Reading::NotApplicable)),
        ],
    };
    assert_eq!(
        encode(&cells),
        r#"{"type":"cells","centre":"tides","cells":[{"metric":"income","year":2024,"judge":null,"was":null,"to":"12.5"},{"metric":"income","year":null,"judge":"李\n","was":"NR","to":"N/A"}]}"#
    );
    let opened = Body::Opened {
        cycle: Cycle { first: 2023, last: 2025 },
        pin: Pin { rubric: "ncti".to_owned(), edition: "2021".to_owned(), digest: "d".to_owned() },
        decided_on: Some(Date::constant(2026, 3, 1)),
        lang: Lang::Zh,
    };
    assert_eq!(
        encode(&opened),
        r#"{"type":"opened","first":2023,"last":2025,"pin":{"rubric":"ncti","edition":"2021","digest":"d"},"decided_on":"2026-03-01","lang":"zh"}"#
    );
    let answered = Body::Answered {
        centre: "tides".to_owned(),
        cell: CellRef { metric: "income".to_owned(), year: Some(2024), judge: None },
        check: "jump".to_owned(),
        was: None,
        to: Some(Answer { figures: "4200;0.42".to_owned(), reason: "新设分部".to_owned() }),
    };
    assert_eq!(
        encode(&answered),
        r#"{"type":"answered","centre":"tides","metric":"income","year":2024,"judge":null,"check":"jump","was":null,"to":{"figures":"4200;0.42","reason":"新设分部"}}"#
    );
    let set = |field| Body::CentreSet { centre: "a".to_owned(), field, was: String::new(), to: "b".to_owned() };
    assert_eq!(encode(&set(Field::Name)), r#"{"type":"centre-set","centre":"a","field":"name","was":"","to":"b"}"#);
    assert_eq!(
        encode(&set(Field::Attribute("name".to_owned()))),
        r#"{"type":"centre-set","centre":"a","field":"attribute:name","was":"","to":"b"}"#
    );
}

#[test]
fn a_text_that_is_no_body_is_refused() {
    for text in [
        "",
        "{}",
        r#"{"type":"melted"}"#,
        r#"{"type":"closed"}"#,
        r#"{"type":"closed","reason":"a","reason":"b"}"#,
        r#"{"type":"closed","reason":"a","why":"b"}"#,
        r#"{"type":"closed","reason":"a"} "b""#,
        r#"{"type":"undone","step":-1}"#,
        r#"{"type":"decided-on","was":null,"to":"2026-02-30"}"#,
        r#"{"type":"centre-set","centre":"a","field":"colour","was":"","to":"b"}"#,
        r#"{"type":"cells","centre":"a","cells":[{"metric":"m","year":2024,"judge":null,"was":null,"to":"1,000"}]}"#,
        r#"{"type":"cells","centre":"a","cells":[],"type":"cells"}"#,
        r#"{"type":"cells","centre":"a","cells":[],"why":"b"}"#,
        r#"{"type":"cells","centre":"a","cells":[]} "b""#,
    ] {
        assert!(decode(text).is_err(), "{text}");
    }
}

#[test]
fn a_text_that_is_not_canonical_shows_when_it_is_encoded_again() {
    for text in
        [r#"{"type": "undone","step":1}"#, r#"{"step":1,"type":"undone"}"#, r#"{"type":"closed","reason":"\u0041"}"#]
    {
        let body = decode(text).expect("readable");
        assert_ne!(encode(&body), text);
    }
}
