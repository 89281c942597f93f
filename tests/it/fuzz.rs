//! Whatever is typed into a rubric or a formula, it is read or refused, with places inside the text, and never a panic.
//! A short run is part of the tests; `docs/testing.md` says how to let it run for long.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use triennial::domain::diagnostic::{Diagnostic, Place};
use triennial::domain::text::{Lang, Text};
use triennial::read::overlay::{self, File};
use triennial::read::rubric::place::{Part, lines};
use triennial::read::rubric::{checked, rubric};
use triennial::wording::diagnostic;

/// Seconds that each part runs; a fixed number of cases where nobody asks for long.
fn run<S: Strategy>(strategy: S, cases: u32, check: impl Fn(S::Value)) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut ran = 0_u64;
    loop {
        TestRunner::new(config.clone())
            .run(&strategy, |value| {
                check(value);
                Ok(())
            })
            .unwrap();
        ran += u64::from(cases);
        if until.is_none_or(|until| Instant::now() >= until) {
            break;
        }
    }
    if until.is_some() {
        said(ran);
    }
}

#[expect(clippy::print_stdout, reason = "how much a long run tried")]
fn said(ran: u64) {
    println!("{ran} cases");
}

fn sound(text: &str, faults: &[Diagnostic]) {
    for fault in faults {
        if let Place::Span(span) = &fault.place {
            assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {}", text.len());
        }
        assert!(!fault.what.en.is_empty() && !fault.what.zh.is_empty());
        let shown = diagnostic::text(fault, "f.toml", text, Lang::Zh);
        assert!(shown.contains(fault.code) && !shown.contains('\u{1b}'));
    }
}

fn reads(text: &str) {
    let (read, faults) = checked(text);
    assert_eq!(read.is_none(), faults.iter().any(Diagnostic::is_error));
    sound(text, &faults);
    let _ = (lines(text, Part::Node("k")), lines(text, Part::Metric("income")));
    let file = |name: &str, text: &str| File { name: name.into(), text: text.into() };
    // The same as an overlay, and as a base.
    let base = include_str!("../rubrics/overlays/base.toml");
    let over = text.replacen("[rubric]", "[rubric]\nextends = \"b\"", 1);
    for whole in [
        overlay::whole(file("f.toml", &over), &|_, _| Ok(file("b.toml", base))),
        overlay::whole(file("f.toml", include_str!("../rubrics/overlays/region.toml")), &|_, _| {
            Ok(file("b.toml", text))
        }),
        overlay::whole(file("f.toml", &over), &|_, _| Err(Text::both("none"))),
    ] {
        whole.reports.iter().for_each(|(file, faults)| sound(&file.text, faults));
        if let Some(read) = &whole.rubric {
            assert_eq!(rubric(&whole.text).0.as_ref(), Some(read));
        }
    }
}

/// Pieces that rubrics are made of, and some that they are not.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        "\"",
        "'",
        "\n",
        "#",
        ".",
        "id",
        "points",
        "rule",
        "kind",
        "measure",
        "bands",
        "new = true\n",
        "remove = [\"id\"]\n",
        "[remove]\nmetric = [\"staff\"]\n",
        "[[criterion]]\n",
        "[[criterion.indicator]]\n",
        "[[metric]]\nid = \"m\"\n",
        "extends = \"x\"\n",
        "[profile]\n",
        "\"30%\"",
        "1e9",
        "99999999999999999999",
        "-1",
        "0",
        "0.1",
        "\"1/0\"",
        "true",
        "2026-01-01",
        "cite = { document = \"notice\" }\n",
        "weight",
        "quota = { share = \"1%\" }\n",
        "\"\"\"",
        "\\u0000",
        "中",
        "\u{202e}",
        "\u{feff}",
        "\r\n",
        "\t",
    ];
    prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

/// A rubric with pieces put in, taken out or doubled.
fn mangled() -> impl Strategy<Value = String> {
    let texts = [
        include_str!("../rubrics/overlays/region-by-hand.toml"),
        include_str!("../rubrics/overlays/region.toml"),
        include_str!("../rubrics/errors/W-never-holds.toml"),
        include_str!("../rubrics/shijiazhuang/rubric.toml"),
        include_str!("../rubrics/screens/rubric.toml"),
        include_str!("../../rubrics/ref2021.toml"),
    ];
    let edit = (any::<prop::sample::Index>(), 0_usize..40, piece(), 0_u8..4);
    (prop::sample::select(texts.to_vec()), prop::collection::vec(edit, 1..6)).prop_map(|(text, edits)| {
        let mut text: Vec<char> = text.chars().collect();
        for (at, length, piece, how) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            let copied: Vec<char> = text[at..end].to_vec();
            match how {
                0 => drop(text.splice(at..at, piece.chars())),
                1 => drop(text.splice(at..end, [])),
                2 => drop(text.splice(at..end, piece.chars())),
                _ => drop(text.splice(at..at, copied)),
            }
        }
        text.into_iter().collect()
    })
}

#[test]
fn a_mangled_rubric_is_read_or_refused() {
    run(mangled(), 250, |text| reads(&text));
}

fn word() -> impl Strategy<Value = String> {
    let mut words: Vec<String> = triennial::read::formula::words().into_iter().map(str::to_owned).collect();
    let others = [
        "(",
        ")",
        "+",
        "-",
        "*",
        "/",
        ",",
        ":",
        "<",
        ">=",
        "==",
        "!=",
        "and",
        "or",
        "not",
        "income",
        "staff",
        "total",
        "results",
        "good",
        "0",
        "1",
        "30%",
        "0.1",
        "99999999999999999999999999999",
        "'",
        "\"",
        "'a'",
        "中",
        ".",
        "_",
        " ",
    ];
    words.extend(others.map(str::to_owned));
    prop_oneof![20 => prop::sample::select(words), 1 => any::<char>().prop_map(String::from)]
}

/// A sum of words in some order, as a measure, a goal and a condition.
#[test]
fn any_words_in_a_row_are_a_formula_or_refused() {
    let base = include_str!("../rubrics/overlays/base.toml");
    run((prop::collection::vec(word(), 0..14), 0_u8..3), 300, |(words, how)| {
        let written = words.join(if words.len() % 2 == 0 { " " } else { "" });
        let quoted = format!("\"{}\"", written.replace(['\\', '"'], "").replace(|c: char| c.is_control(), " "));
        let text = match how {
            0 => base.replace("\"income / staff\"", &quoted),
            1 => base.replace("goal = 10", &format!("goal = {quoted}")),
            _ => base.replace("\"finding(falsified)\"", &quoted),
        };
        assert_ne!(text, base);
        reads(&text);
    });
}
