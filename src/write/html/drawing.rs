//! A drawing inside a page: its lines take the page's own colours, so that it is read in the dark and on paper too.
//! Must not know what is drawn.

use super::text;
use crate::write::drawing::{Anchor, Drawing, Ink, Mark};

/// A drawing with its caption, which is also what is read aloud in its place.
pub(super) fn figure(drawing: &Drawing) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let caption = text(&drawing.caption);
    let mut said = format!(
        "<figure>\n<svg viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\" role=\"img\" \
         aria-label=\"{caption}\">\n",
        points(width),
        points(height)
    );
    drawing.marks.iter().for_each(|mark| said.push_str(&self::mark(mark)));
    said.push_str(&format!("</svg>\n<figcaption>{caption}</figcaption>\n</figure>\n"));
    said
}

/// Tenths of a point as a length.
fn points(tenths: i32) -> String {
    format!("{}.{}pt", tenths / 10, (tenths % 10).abs())
}

fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Box { x, y, width, height, ink } => {
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n", colour(*ink))
        }
        Mark::Line { points, ink, dashed } => {
            let through: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            let dashes = if *dashed { " stroke-dasharray=\"40 30\"" } else { "" };
            format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"8\"{dashes}/>\n",
                through.join(" "),
                colour(*ink)
            )
        }
        Mark::Dot { x, y, ink } => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"25\" fill=\"{}\"/>\n", colour(*ink)),
        Mark::Words { x, y, anchor, size, text: words, ink } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{}\">{}</text>\n",
                colour(*ink),
                text(words)
            )
        }
    }
}

fn colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Main => "var(--ink)",
        Ink::Pale => "var(--pale)",
        Ink::Limit => "var(--limit)",
        Ink::Grave => "var(--grave)",
    }
}
