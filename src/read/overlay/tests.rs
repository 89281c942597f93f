use super::*;

const BASE: &str = "[rubric]\nid = \"base\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\" # a remark\n\n\
[[metric]]\nid = \"staff\"\n\n[[metric]]\nid = \"income\"\n\n[[criterion]]\nid = \"k\"\npoints = 10\n\n\
[[criterion.indicator]]\nid = \"a\"\npoints = 6\nmeasure = \"income\"\nrule = { kind = \"target\", goal = 9 }\n\n\
[[criterion.indicator]]\nid = \"b\"\npoints = 4\n[[criterion.indicator.best_of]]\nmeasure = \"staff\"\n\
rule = { kind = \"yes-no\" }\n[[criterion.indicator.best_of]]\nmeasure = \"staff / income\"\n\
rule = { kind = \"yes-no\" }\n\n[[grade]]\nid = \"good\"\nat_least = 5\nquota = { places = 2, ties = \"all-in\" }\n\
[[grade]]\nid = \"poor\"\n\n[outcome]\ngood = { act = \"next-cycle\" }\n[outcome.poor]\nact = \"rectify\"\n";

fn over(text: &str) -> Whole {
    let base = |named: &str, _: &str| match named {
        "base" => Ok(File { name: "base.toml".into(), text: BASE.into() }),
        _ => Err(Text::both("no such file")),
    };
    whole(
        File {
            name: "over.toml".into(),
            text: format!("[rubric]\nextends = \"base\"\nid = \"over\"\nedition = \"2\"\n{text}"),
        },
        &base,
    )
}

/// Code, file and line of each fault.
fn told(whole: &Whole) -> Vec<(&'static str, &str, usize)> {
    let line = |file: &File, fault: &Diagnostic| file.text[..fault.start()].matches('\n').count() + 1;
    let of = |(file, faults): &'_ Report| -> Vec<(&'static str, String, usize)> {
        faults.iter().map(|fault| (fault.code, file.name.clone(), line(file, fault))).collect()
    };
    let all: Vec<_> = whole.reports.iter().flat_map(of).filter(|(code, ..)| code.starts_with("E-")).collect();
    let name =
        |name: &str| whole.reports.iter().find(|(file, _)| file.name == name).map(|(file, _)| file.name.as_str());
    all.into_iter().map(|(code, file, line)| (code, name(&file).unwrap(), line)).collect()
}

#[test]
fn a_base_alone_reads_to_the_same_rubric() {
    let whole = over("");
    assert_eq!(told(&whole), []);
    let mut base = crate::read::rubric::rubric(BASE).0.unwrap();
    let made = whole.rubric.unwrap();
    (base.id, base.edition, base.title) = ("over".into(), "2".into(), Text::both("over"));
    assert_eq!(made, base);
}

#[test]
fn keys_are_replaced_and_tables_added_where_they_say() {
    let whole = over(
        "[[metric]]\nid = \"patents\"\nnew = true\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"b\"\n\
         remove = [\"best_of\"]\nmeasure = \"patents\"\nrule = { kind = \"yes-no\" }\n\
         [[grade]]\nid = \"best\"\nnew = { before = \"good\" }\nat_least = 9\n[[grade]]\nid = \"good\"\nremove = \"quota\"\n\
         [outcome]\nbest = { act = \"next-cycle\" }\npoor = { act = \"remove\" }\n",
    );
    assert_eq!(told(&whole), []);
    let by_hand = BASE
        .replace("id = \"base\"\nedition = \"1\"", "id = \"over\"\nedition = \"2\"")
        .replace("[[criterion]]", "[[metric]]\nid = \"patents\"\n[[criterion]]")
        .replace(
            &BASE[BASE.find("[[criterion.indicator.best_of]]").unwrap()..BASE.find("[[grade]]").unwrap()],
            "measure = \"patents\"\nrule = { kind = \"yes-no\" }\n\n",
        )
        .replacen("[[grade]]", "[[grade]]\nid = \"best\"\nat_least = 9\n[[grade]]", 1)
        .replace("quota = { places = 2, ties = \"all-in\" }\n", "")
        .replace(
            "[outcome.poor]\nact = \"rectify\"\n",
            "best = { act = \"next-cycle\" }\npoor = { act = \"remove\" }\n",
        );
    let wanted = crate::read::rubric::rubric(&by_hand);
    assert!(wanted.0.is_some(), "{by_hand}{:#?}", wanted.1);
    let mut made = whole.rubric.unwrap();
    let mut wanted = wanted.0.unwrap();
    for rubric in [&mut made, &mut wanted] {
        rubric.outcomes.sort_by_key(|(key, _)| format!("{key:?}"));
    }
    assert_eq!(made, wanted);
}

#[test]
fn each_fault_is_told_at_its_line_in_its_file() {
    for (text, code, file, line) in [
        ("[[metric]]\nid = \"staf\"\n", "E-overlay-unknown", "over.toml", 6),
        ("[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"c\"\n", "E-overlay-unknown", "over.toml", 8),
        ("[[metric]]\nid = \"staff\"\nnew = true\n", "E-overlay-known", "over.toml", 6),
        ("[[metric]]\nid = \"s\"\nnew = 7\n", "E-overlay-new", "over.toml", 7),
        ("[remove]\nmetric = [\n\"stuff\"]\n", "E-overlay-remove", "over.toml", 7),
        ("[remove]\nmetrics = [\"staff\"]\n", "E-overlay-remove", "over.toml", 6),
        ("[remove]\nmetric = [\n\"staff\"]\n", "E-overlay-used", "over.toml", 7),
        ("[[grade]]\nid = \"poor\"\nremove = [\"quota\"]\n", "E-overlay-remove", "over.toml", 7),
        ("[[grade]]\nid = \"good\"\nat_last = 5\n", "E-unknown-key", "over.toml", 7),
        ("[[criterion]]\nid = \"k\"\npoints = 11\n", "E-points-sum", "over.toml", 7),
        // The sum is written in the base.
        (
            "[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"a\"\npoints = 7\n",
            "E-points-sum",
            "base.toml",
            15,
        ),
    ] {
        let whole = over(text);
        assert!(told(&whole).contains(&(code, file, line)), "{text}: {:?}", told(&whole));
        assert!(whole.rubric.is_none(), "{text}");
        assert!(whole.faults().all(|fault| !fault.help.zh.is_empty()), "{text}");
    }
}

#[test]
fn an_overlay_has_a_name_of_its_own_and_a_base() {
    let base = |_: &str, _: &str| Ok(File { name: "base.toml".into(), text: BASE.into() });
    let file = |text: &str| File { name: "over.toml".into(), text: text.into() };
    let nameless = whole(file("[rubric]\nextends = \"base\"\nid = \"over\"\n"), &base);
    assert_eq!(told(&nameless), [("E-overlay-header", "over.toml", 1)]);
    let missing = over("").reports.len();
    assert_eq!(missing, 2);
    let gone = whole(file("[rubric]\nextends = \"x\"\n"), &|_, _| Err(Text::both("no such file")));
    assert_eq!(told(&gone), [("E-extends-missing", "over.toml", 2)]);
    let itself = whole(file("[rubric]\nextends = \"x\"\n"), &|_, _| Ok(file("[rubric]\nextends = \"x\"\n")));
    assert_eq!(told(&itself), [("E-extends-cycle", "over.toml", 2)]);
    let count = std::cell::Cell::new(0);
    let endless = whole(file("[rubric]\nextends = \"x\"\n"), &|_, _| {
        count.set(count.get() + 1);
        let name = format!("{}.toml", count.get());
        Ok(File { text: format!("# {name}\n[rubric]\nextends = \"x\"\n"), name })
    });
    assert_eq!(told(&endless), [("E-limit-extends", "7.toml", 3)]);
    let broken = whole(file("[rubric]\nextends = \"x\"\n"), &|_, _| {
        Ok(File { name: "base.toml".into(), text: "[rubric]\nid = \n".into() })
    });
    assert_eq!(told(&broken).first().map(|(code, file, line)| (*code, *file, *line)), Some(("E-toml", "base.toml", 2)));
}

#[test]
fn flattening_twice_changes_nothing() {
    let once = over("[[metric]]\nid = \"staff\"\nunit = \"人\"\n");
    let again = whole(File { name: "flat.toml".into(), text: once.text.clone() }, &|_, _| Err(Text::both("none")));
    assert_eq!((again.text, again.rubric), (once.text, once.rubric));
}
