//! A text broken into lines: at spaces in Latin text, between any two Han characters but where punctuation forbids it,
//! and anywhere where nothing else fits. Must not know pages.

use super::Measure;

/// What must not begin a line.
const NO_START: &str = "，。、；：？！）】》〉」』〕〗”’％‰℃℉…—·～!,.;:?)]}%°′″";
/// What must not end a line.
const NO_END: &str = "（【《〈「『〔〖“‘([{￥$＄№";

/// The lines of a text in a width; both in tenths of a point. At least one, and none is empty but for an empty line of
/// the text itself.
pub(in crate::write) fn of(text: &str, measure: &dyn Measure, size: i32, width: i32) -> Vec<String> {
    let room = i64::from(width) * 1000 / i64::from(size.max(1));
    text.split('\n').flat_map(|line| broken(line, measure, room)).collect()
}

/// The widest piece of a text that is not broken without need.
pub(in crate::write) fn widest_piece(text: &str, measure: &dyn Measure, size: i32) -> i32 {
    let mut widest = 0;
    for line in text.split('\n') {
        let letters: Vec<char> = line.chars().collect();
        let mut start = 0;
        for at in 1..=letters.len() {
            if at == letters.len() || may_break(letters[at - 1], letters[at], measure) {
                let piece: String = letters[start..at].iter().collect();
                widest = widest.max(measure.width(piece.trim_end(), size));
                start = at;
            }
        }
    }
    widest
}

/// The widest line of a text where none is broken.
pub(in crate::write) fn widest_line(text: &str, measure: &dyn Measure, size: i32) -> i32 {
    text.split('\n').map(|line| measure.width(line, size)).max().unwrap_or_default()
}

fn broken(line: &str, measure: &dyn Measure, room: i64) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut lines = Vec::new();
    let (mut start, mut at, mut used, mut may) = (0, 0, 0, None);
    while at < letters.len() {
        let c = letters[at];
        used += i64::from(measure.thousandths(c));
        if at > start && may_break(letters[at - 1], c, measure) {
            may = Some(at);
        }
        // A space at the end hangs over the edge, where nobody sees it.
        if used > room && at > start && c != ' ' {
            let end = may.unwrap_or(at);
            lines.push(letters[start..end].iter().collect::<String>().trim_end().to_owned());
            (start, at, used, may) = (end, end, 0, None);
            continue;
        }
        at += 1;
    }
    lines.push(letters[start..].iter().collect::<String>().trim_end().to_owned());
    lines
}

fn may_break(before: char, after: char, measure: &dyn Measure) -> bool {
    if after == ' ' || NO_START.contains(after) || NO_END.contains(before) {
        return false;
    }
    // A long id or formula is best broken behind what joins its words.
    let joint = measure.joints().contains(before) && after.is_alphabetic();
    before == ' ' || joint || is_han(before) || is_han(after)
}

/// Whether lines may be broken beside it: Han, kana and full-width characters.
fn is_han(c: char) -> bool {
    c >= '\u{2e80}' && !('\u{ac00}'..='\u{d7a3}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Han letters as wide as the size, others half as wide.
    struct Halves;

    impl Measure for Halves {
        fn thousandths(&self, c: char) -> i32 {
            if is_han(c) || "“”".contains(c) { 1000 } else { 500 }
        }
    }

    /// At 10 points a line of 50 points holds five Han letters.
    fn five(text: &str) -> Vec<String> {
        of(text, &Halves, 100, 500)
    }

    #[test]
    fn punctuation_neither_begins_a_line_nor_an_opening_bracket_ends_one() {
        assert_eq!(five("一二三四五六"), ["一二三四五", "六"]);
        assert_eq!(five("一二三四五，六"), ["一二三四", "五，六"]);
        assert_eq!(five("一二三四（五）"), ["一二三四", "（五）"]);
        assert_eq!(five("一二三四“五”。"), ["一二三四", "“五”。"]);
    }

    #[test]
    fn latin_words_stay_whole_and_what_does_not_fit_is_broken_anywhere() {
        assert_eq!(five("one two three"), ["one two", "three"]);
        assert_eq!(five("技术service"), ["技术", "service"]);
        let hex = five("0123456789abcdef0123456789abcdef");
        assert!(hex.len() > 2 && hex.iter().all(|line| Halves.width(line, 100) <= 500), "{hex:?}");
        assert_eq!(hex.concat(), "0123456789abcdef0123456789abcdef");
        assert_eq!(five("a\n\nb"), ["a", "", "b"]);
    }

    /// Who breaks lines at hyphens only is asked for the room of a whole id.
    #[test]
    fn a_word_is_broken_behind_the_joints_of_whoever_breaks_it() {
        struct Hyphens;
        impl Measure for Hyphens {
            fn thousandths(&self, _: char) -> i32 {
                500
            }
            fn joints(&self) -> &'static str {
                "-"
            }
        }
        // 13 letters of 5 points; the longest part between the joints has 5.
        assert_eq!(widest_piece("tasks_on_time", &Hyphens, 100), 650);
        assert_eq!(widest_piece("tasks_on_time", &Halves, 100), 300);
        assert_eq!(widest_piece("tasks-on-time", &Hyphens, 100), 300);
    }

    #[test]
    fn a_width_of_nothing_still_ends() {
        assert_eq!(of("一二", &Halves, 100, 0), ["一", "二"]);
        assert_eq!(of("", &Halves, 100, 0), [""]);
    }
}
