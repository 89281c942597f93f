//! Two texts line by line. Must not know what stands in them.

/// Where two texts first differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counts from 1 in the text that is looked at.
    pub number: usize,
    /// What stands there; nothing where the text has ended.
    pub stands: Option<String>,
    /// What should; nothing where the text should have ended.
    pub should: Option<String>,
}

/// The first line that differs, and how many more do. Where lines were put in or taken out, all are counted that have to
/// be read: those between the common beginning and the common end.
pub(super) fn compare(stands: &str, should: &str) -> Option<(Line, usize)> {
    let (stands, should): (Vec<&str>, Vec<&str>) = (stands.lines().collect(), should.lines().collect());
    let start = stands.iter().zip(&should).take_while(|(a, b)| a == b).count();
    if start == stands.len() && start == should.len() {
        return None;
    }
    let (rest, other) = (&stands[start..], &should[start..]);
    let differing = if rest.len() == other.len() {
        rest.iter().zip(other).filter(|(a, b)| a != b).count()
    } else {
        let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        rest.len().max(other.len()) - end
    };
    let text = |lines: &[&str]| lines.first().map(|line| (*line).to_owned());
    Some((Line { number: start + 1, stands: text(rest), should: text(other) }, differing.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stands: &str, should: &str) -> Option<(usize, Option<String>, Option<String>, usize)> {
        compare(stands, should).map(|(line, more)| (line.number, line.stands, line.should, more))
    }

    #[test]
    fn the_first_line_is_named_and_the_others_are_counted() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(found("a\nb\nc\n", "a\nb\nc\n"), None);
        assert_eq!(found("a\r\nb\r\n", "a\nb\n"), None, "what ends a line is no difference");
        assert_eq!(found("a\nx\nc\ny\n", "a\nb\nc\nd\n"), Some((2, some("x"), some("b"), 1)));
        assert_eq!(found("a\nc\n", "a\nb\nc\n"), Some((2, some("c"), some("b"), 0)));
        assert_eq!(found("a\n", "a\nb\nc\n"), Some((2, None, some("b"), 1)));
        assert_eq!(found("a\nb\n", "a\n"), Some((2, some("b"), None, 0)));
    }
}
