//! A drawing as SVG: a file of its own, or a part of a page.
//!
//! Everything is in the drawing's tenths of a point. Text is escaped and what would act on a terminal is written out;
//! no script, no font and no address is named. Each mark has a class (`ink-main`, `ink-pale`, `ink-limit`,
//! `ink-grave`) besides its colour, so that a page may choose its own, and the main ink is the colour of the text
//! around. Must not know what is drawn.

use super::drawing::{Anchor, Drawing, Ink, Mark};
use crate::wording::safe::visible;

/// Thickness of lines, in tenths of a point.
const STROKE: i32 = 10;
/// Half the size of a dot, in tenths of a point.
const DOT: i32 = 26;

/// The drawing as an `svg` element that says what it shows.
pub fn svg(drawing: &Drawing) -> String {
    let Drawing { caption, width, height, marks } = drawing;
    let (title, rest) = split(caption);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{}\" \
         height=\"{}\" font-family=\"sans-serif\">\n<title>{}</title>\n",
        points(*width),
        points(*height),
        escaped(title),
    );
    if !rest.is_empty() {
        text.push_str(&format!("<desc>{}</desc>\n", escaped(rest)));
    }
    marks.iter().for_each(|mark| text.push_str(&element(mark)));
    text.push_str("</svg>\n");
    text
}

/// The first sentence, and what comes after it.
fn split(caption: &str) -> (&str, &str) {
    let end = |stop: &str| caption.find(stop).map(|at| at + stop.trim_end().len());
    let at = end(". ").into_iter().chain(end("。")).min().unwrap_or(caption.len());
    (&caption[..at], caption[at..].trim_start())
}

/// Tenths of a point as points: `482.5pt`.
fn points(tenths: i32) -> String {
    match tenths % 10 {
        0 => format!("{}pt", tenths / 10),
        rest => format!("{}.{rest}pt", tenths / 10),
    }
}

fn element(mark: &Mark) -> String {
    match mark {
        Mark::Box { x, y, width, height, ink } => {
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {}/>\n", filled(*ink))
        }
        Mark::Line { points, ink, dashed } => {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            let dashes = if *dashed { " stroke-dasharray=\"40 30\"" } else { "" };
            let Look { class, colour, strength, .. } = look(*ink);
            format!(
                "<polyline points=\"{}\" class=\"{class}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{STROKE}\" \
                 stroke-opacity=\"{strength}\"{dashes}/>\n",
                points.join(" ")
            )
        }
        Mark::Dot { x, y, ink } => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{DOT}\" {}/>\n", filled(*ink)),
        Mark::Words { x, y, anchor, size, text, ink } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let Look { class, colour, words, .. } = look(*ink);
            format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" class=\"{class}\" \
                 fill=\"{colour}\" fill-opacity=\"{words}\">{}</text>\n",
                escaped(text)
            )
        }
    }
}

/// How an ink looks where no page says otherwise: seen on white and on black, told apart without seeing red or green.
struct Look {
    class: &'static str,
    colour: &'static str,
    /// How strong areas and lines are.
    strength: &'static str,
    /// How strong text is, which has to be read.
    words: &'static str,
}

const fn look(ink: Ink) -> Look {
    let (class, colour, strength, words) = match ink {
        Ink::Main => ("ink-main", "currentColor", "1", "1"),
        Ink::Pale => ("ink-pale", "currentColor", "0.35", "0.75"),
        Ink::Limit => ("ink-limit", "#1f78b4", "1", "1"),
        Ink::Grave => ("ink-grave", "#d55e00", "1", "1"),
    };
    Look { class, colour, strength, words }
}

fn filled(ink: Ink) -> String {
    let Look { class, colour, strength, .. } = look(ink);
    format!("class=\"{class}\" fill=\"{colour}\" fill-opacity=\"{strength}\"")
}

/// Text that no reader of XML takes for anything else.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in visible(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // XML has no such characters, not even escaped.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(marks: Vec<Mark>) -> Drawing {
        Drawing { caption: "Totals. Two <of> \"them\".".to_owned(), width: 4825, height: 100, marks }
    }

    #[test]
    fn every_mark_is_an_element_and_the_caption_is_read_out() {
        let marks = vec![
            Mark::Box { x: 0, y: 1, width: 20, height: 30, ink: Ink::Pale },
            Mark::Line { points: vec![(0, 0), (5, 7)], ink: Ink::Limit, dashed: true },
            Mark::Dot { x: 3, y: 4, ink: Ink::Grave },
            Mark::Words { x: 5, y: 6, anchor: Anchor::End, size: 80, text: "85".to_owned(), ink: Ink::Main },
        ];
        let expected = r##"<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 4825 100" width="482.5pt" height="10pt" font-family="sans-serif">
<title>Totals.</title>
<desc>Two &lt;of&gt; &quot;them&quot;.</desc>
<rect x="0" y="1" width="20" height="30" class="ink-pale" fill="currentColor" fill-opacity="0.35"/>
<polyline points="0,0 5,7" class="ink-limit" fill="none" stroke="#1f78b4" stroke-width="10" stroke-opacity="1" stroke-dasharray="40 30"/>
<circle cx="3" cy="4" r="26" class="ink-grave" fill="#d55e00" fill-opacity="1"/>
<text x="5" y="6" font-size="80" text-anchor="end" class="ink-main" fill="currentColor" fill-opacity="1">85</text>
</svg>
"##;
        assert_eq!(svg(&drawing(marks)), expected);
    }

    #[test]
    fn names_are_text_and_nothing_else() {
        let text = "</text><script>alert('1')</script>&amp;\u{1b}[2J\u{202e}\u{ffff}".to_owned();
        let words = Mark::Words { x: 0, y: 0, anchor: Anchor::Start, size: 80, text, ink: Ink::Main };
        let shown = svg(&drawing(vec![words]));
        let safe = r"&lt;/text&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;\u{1b}[2J\u{202e}";
        assert!(shown.contains(&format!(">{safe}\u{fffd}</text>")), "{shown}");
    }
}
