//! The drawings themselves, as SVG: reviewed files, and what no drawing may do.

use triennial::domain::text::Lang;
use triennial::write::drawing::{Anchor, Drawing, Mark};
use triennial::write::plot::{self, Plots};
use triennial::write::svg::svg;
use unicode_width::UnicodeWidthStr;

use super::{RUBRIC, Scored, made_of};
use triennial::store::catalogue::SHIPPED;

fn assert_shown(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/plots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn the_demo_is_drawn_as_reviewed() {
    let scored = Scored::shipped("ncti");
    let (source, d02) = (scored.source(), scored.find("d02"));
    let all = |drawings: Vec<Drawing>| drawings.iter().map(svg).collect::<String>();
    assert_shown("distribution-en", &all(plot::distribution(source, Lang::En)));
    assert_shown("profile-zh", &all(plot::profile(source, d02, Lang::Zh)));
    assert_shown("trend-en", &all(plot::trend(source, d02, Lang::En)));
}

/// The text of words with their left and right end and their base line, by the rule of thumb of the drawings.
fn placed(drawing: &Drawing) -> Vec<(i32, i32, i32, i32, String)> {
    let words = drawing.marks.iter().filter_map(|mark| match mark {
        Mark::Words { x, y, anchor, size, text, .. } => {
            let width = text.chars().map(|c| match c.to_string().width() {
                2 => *size,
                other => i32::try_from(other).unwrap() * size * 56 / 100,
            });
            let width: i32 = width.sum();
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2,
                Anchor::End => x - width,
            };
            Some((left, left + width, *y, *size, text.clone()))
        }
        _ => None,
    });
    words.collect()
}

/// No words overlap or leave the page, and all of it fits on one.
fn assert_readable(drawing: &Drawing, of: &str) {
    let words = placed(drawing);
    for (at, (left, right, y, size, text)) in words.iter().enumerate() {
        assert!(*left >= 0 && *right <= drawing.width, "{of}: {text} {left} {right}");
        assert!(*y <= drawing.height && *y > 0, "{of}: {text}");
        for (other_left, other_right, other_y, other_size, other) in &words[at + 1..] {
            let same_line = (y - other_y).abs() < *size.min(other_size);
            let apart = right <= other_left || other_right <= left;
            assert!(!same_line || apart, "{of}: {text} on {other}\n{}", svg(drawing));
        }
    }
    assert!(drawing.height < 7000, "{of}: does not fit on a page");
}

#[test]
fn no_words_overlap_or_leave_the_page_under_any_shipped_rubric() {
    let mut count = 0;
    for each in SHIPPED {
        let scored = Scored::shipped(each.id);
        let plots = Plots::new(scored.source());
        for lang in [Lang::En, Lang::Zh] {
            let mut drawings = plots.distribution(lang);
            for centre in scored.cohort.all().take(6) {
                drawings.extend(plots.profile(centre, lang));
                drawings.extend(plots.trend(centre, lang));
            }
            for drawing in &drawings {
                count += 1;
                assert_readable(drawing, each.id);
            }
        }
    }
    assert!(count > 200, "{count}");
}

const FIVE_GRADES: [(&str, &str, &str); 5] = [
    ("a", "Outstanding in every respect", "10"),
    ("b", "Excellent", "9.9"),
    ("c", "Good", "9.8"),
    ("d", "Sufficient", "9.75"),
    ("e", "Poor", "0"),
];

#[test]
fn extremes_are_drawn_readably() {
    let grades: Vec<String> = FIVE_GRADES
        .iter()
        .map(|(id, title, at)| {
            let edge = if *at == "0" { String::new() } else { format!("at_least = {at}\n") };
            format!("[[grade]]\nid = \"{id}\"\ntitle = \"{title}\"\n{edge}")
        })
        .collect();
    let at = RUBRIC.find("[[grade]]").unwrap();
    let acts = FIVE_GRADES.map(|(id, ..)| format!("{id} = {{ act = \"next-cycle\" }}\n")).concat();
    let rubric = format!("{}{}\n[outcome]\n{acts}", &RUBRIC[..at], grades.join("\n"));
    let long = "海洋<script>国家技术创新中心&".repeat(10);
    let edges = format!("centre,name,m@2024,m@2025\na,{long},0,0\nb,B,50,50\n");
    let same = "centre,m@2024,m@2025\n".to_owned() + &(0..40).map(|n| format!("c{n},10,10\n")).collect::<String>();
    for data in [edges.as_str(), same.as_str(), "centre,m@2024,m@2025\na,NR,N/A\n", "centre,m@2024,m@2025\n"] {
        for rubric in [rubric.as_str(), RUBRIC] {
            let scored = made_of(rubric, data);
            let plots = Plots::new(scored.source());
            let mut drawings = plots.distribution(Lang::En);
            assert_eq!(drawings.len(), usize::from(!scored.cohort.is_empty()));
            if let Some(first) = scored.cohort.all().next() {
                drawings.extend(plots.profile(first, Lang::En));
                drawings.extend(plots.trend(first, Lang::En));
            }
            drawings.iter().for_each(|drawing| assert_readable(drawing, data));
            let all = plot::stacked(drawings, "nothing");
            assert_readable(&all, data);
            assert!(!svg(&all).contains("<script"));
        }
    }
}
