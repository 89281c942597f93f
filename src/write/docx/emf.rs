//! A drawing as an enhanced metafile ([MS-EMF]), the picture of lines and words that Word, WPS and LibreOffice all show:
//! sharp at any size, without turning it into dots. One of its units is a tenth of a point. Must not know what is drawn.

use unicode_width::UnicodeWidthChar;

use crate::wording::safe::visible;
use crate::write::drawing::{Anchor, Drawing, Ink, Mark};

/// Handles of the one pen, brush and font that exist at a time.
const PEN: u32 = 1;
const BRUSH: u32 = 2;
const FONT: u32 = 3;
/// Objects that every player has.
const NO_PEN: u32 = 0x8000_0008;
const NO_BRUSH: u32 = 0x8000_0005;

/// Records after the first.
struct Records {
    bytes: Vec<u8>,
    count: u32,
}

impl Records {
    fn add(&mut self, kind: u32, words: &[u32]) {
        let size = 8 + 4 * u32::try_from(words.len()).unwrap_or(u32::MAX);
        for word in [kind, size].iter().chain(words) {
            self.bytes.extend(word.to_le_bytes());
        }
        self.count += 1;
    }

    fn brush(&mut self, colour: u32) {
        self.add(40, &[BRUSH]);
        self.add(39, &[BRUSH, 0, colour, 0]);
        self.add(37, &[BRUSH]);
        self.add(37, &[NO_PEN]);
    }

    /// A geometric pen, which may be thicker than a dot of the screen.
    fn pen(&mut self, ink: Ink) {
        self.add(40, &[PEN]);
        self.add(95, &[PEN, 0, 0, 0, 0, 0x0001_0000, 8, 0, colour(ink), 0, 0]);
        self.add(37, &[PEN]);
        self.add(37, &[NO_BRUSH]);
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Box { x, y, width, height, ink } => {
                self.brush(area(*ink));
                self.add(43, &[bits(*x), bits(*y), bits(x.saturating_add(*width)), bits(y.saturating_add(*height))]);
            }
            Mark::Dot { x, y, ink } => {
                self.brush(colour(*ink));
                self.add(42, &[bits(x - 25), bits(y - 25), bits(x + 25), bits(y + 25)]);
            }
            Mark::Line { points, ink, dashed } => {
                self.pen(*ink);
                if *dashed {
                    points.windows(2).flat_map(|two| dashes(two[0], two[1])).for_each(|dash| self.line(&dash));
                } else {
                    self.line(points);
                }
            }
            Mark::Words { x, y, anchor, size, text, ink } => self.words((*x, *y), *anchor, *size, (text, *ink)),
        }
    }

    fn line(&mut self, points: &[(i32, i32)]) {
        let mut words = bounds(points.iter().copied()).to_vec();
        words.push(u32::try_from(points.len()).unwrap_or(0));
        words.extend(points.iter().flat_map(|(x, y)| [bits(*x), bits(*y)]));
        self.add(4, &words);
    }

    fn words(&mut self, (x, y): (i32, i32), anchor: Anchor, size: i32, (text, ink): (&str, Ink)) {
        self.add(40, &[FONT]);
        self.add(82, &font(size));
        self.add(37, &[FONT]);
        let side = match anchor {
            Anchor::Start => 0,
            Anchor::Middle => 6,
            Anchor::End => 2,
        };
        self.add(22, &[24 | side]);
        self.add(24, &[colour(ink)]);
        let text = visible(text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let count = u32::try_from(units.len()).unwrap_or(0);
        let halves = units.chunks(2).map(|two| u32::from(two[0]) | u32::from(*two.get(1).unwrap_or(&0)) << 16);
        let halves: Vec<u32> = halves.collect();
        // Bounds that nobody reads, graphics mode, scale 1.0 both ways; then where, how many, and where the text stands.
        let mut words = vec![0, 0, u32::MAX, u32::MAX, 1, 0x3f80_0000, 0x3f80_0000, bits(x), bits(y), count, 76, 0];
        words.extend([0, 0, u32::MAX, u32::MAX, 76 + 4 * u32::try_from(halves.len()).unwrap_or(0)]);
        words.extend(halves);
        words.extend(text.chars().flat_map(|c| advances(c, size)));
        self.add(84, &words);
    }
}

/// The drawing as a file.
pub(super) fn picture(drawing: &Drawing) -> Vec<u8> {
    let mut records = Records { bytes: Vec::new(), count: 0 };
    // Text without a box behind it.
    records.add(18, &[1]);
    // Something to take away before each new one.
    records.add(39, &[BRUSH, 0, 0, 0]);
    records.add(95, &[PEN, 0, 0, 0, 0, 0x0001_0000, 8, 0, 0, 0, 0]);
    records.add(82, &font(80));
    drawing.marks.iter().for_each(|mark| records.mark(mark));
    records.add(14, &[0, 16, 20]);
    let size = 88 + u32::try_from(records.bytes.len()).unwrap_or(0);
    // A tenth of a point is 127/36 hundredths of a millimetre.
    let hundredths = |tenths: i32| bits(tenths.max(1).saturating_mul(127) / 36);
    let (width, height) = (drawing.width, drawing.height);
    let header = [1, 88, 0, 0, bits(width), bits(height), 0, 0, hundredths(width), hundredths(height)];
    // " EMF", its version; size, records and handles; no description, no palette; 720 dots an inch.
    let rest = [0x464d_4520, 0x1_0000, size, records.count + 1, 4, 0, 0, 0, 7200, 7200, 254, 254];
    let mut bytes: Vec<u8> = Vec::new();
    for word in header.iter().chain(&rest) {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(records.bytes);
    bytes
}

/// The dashes of a straight line, drawn one by one: not every player knows dashed pens.
fn dashes(from: (i32, i32), to: (i32, i32)) -> Vec<[(i32, i32); 2]> {
    const DASH: i64 = 40;
    /// A dash and the gap behind it.
    const STEP: usize = 70;
    let (across, down) = (i64::from(to.0) - i64::from(from.0), i64::from(to.1) - i64::from(from.1));
    let length = across.saturating_mul(across).saturating_add(down.saturating_mul(down)).isqrt().max(1);
    let along = |at: i64| {
        let at = at.min(length);
        let move_by = |start: i32, by: i64| start.saturating_add(i32::try_from(by * at / length).unwrap_or(0));
        (move_by(from.0, across), move_by(from.1, down))
    };
    let starts = (0..length).step_by(STEP);
    starts.take(10_000).map(|start| [along(start), along(start + DASH)]).collect()
}

/// How far each unit of a character's UTF-16 moves on: Han letters are square and others half as wide in the font that
/// is asked for.
fn advances(c: char, size: i32) -> Vec<u32> {
    let width = if c.width().unwrap_or(0) > 1 { size } else { size / 2 };
    let mut advances = vec![bits(width)];
    advances.resize(c.len_utf16(), 0);
    advances
}

/// An extended font: SimSun, whose widths are known, with letters of this height.
fn font(size: i32) -> Vec<u32> {
    let mut words = vec![FONT, bits(-size), 0, 0, 0, 400, 0, 0];
    // Any character set: the name decides.
    words[6] = 1 << 24;
    let name: Vec<u16> = "SimSun".encode_utf16().collect();
    words.extend(name.chunks(2).map(|two| u32::from(two[0]) | u32::from(*two.get(1).unwrap_or(&0)) << 16));
    // The rest of the name, the longer names and the classification.
    words.resize(81, 0);
    words
}

fn bounds(points: impl Iterator<Item = (i32, i32)> + Clone) -> [u32; 4] {
    let (across, down) = (points.clone().map(|(x, _)| x), points.map(|(_, y)| y));
    let least = (across.clone().min(), down.clone().min());
    let most = (across.max(), down.max());
    [least.0, least.1, most.0, most.1].map(|length| bits(length.unwrap_or(0)))
}

/// A signed length as it stands in the file.
const fn bits(length: i32) -> u32 {
    u32::from_le_bytes(length.to_le_bytes())
}

/// Areas are lighter than lines and words, which stand on them and have to be seen in grey as well.
const fn area(ink: Ink) -> u32 {
    match ink {
        Ink::Pale => 0xb4_b4b4,
        _ => colour(ink),
    }
}

/// Red, green, blue from the lowest byte on.
const fn colour(ink: Ink) -> u32 {
    match ink {
        Ink::Main => 0x1a_1a1a,
        Ink::Pale => 0x5c_5c5c,
        Ink::Limit => 0x00_4b8a,
        Ink::Grave => 0x11_0da3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(bytes: &[u8], at: usize) -> u32 {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
    }

    /// [MS-EMF] 2.3.4.2 and 2.1.1: the header tells the size and the number of the records, each of which tells its own
    /// size, and the last is the end.
    #[test]
    fn records_follow_each_other_to_the_end_that_the_header_tells() {
        let marks = vec![
            Mark::Box { x: 10, y: 20, width: 30, height: 40, ink: Ink::Main },
            Mark::Dot { x: 5, y: 5, ink: Ink::Grave },
            Mark::Line { points: vec![(0, 0), (0, 200)], ink: Ink::Limit, dashed: true },
            Mark::Words { x: 1, y: 2, anchor: Anchor::End, size: 80, text: "a镕𠮷".into(), ink: Ink::Pale },
        ];
        let bytes = picture(&Drawing { caption: String::new(), width: 720, height: 360, marks });
        assert_eq!(word(&bytes, 40), 0x464d_4520);
        assert_eq!(word(&bytes, 48) as usize, bytes.len());
        let (mut at, mut kinds) = (0, Vec::new());
        while at < bytes.len() {
            kinds.push(word(&bytes, at));
            at += word(&bytes, at + 4) as usize;
        }
        assert_eq!((at, kinds.len()), (bytes.len(), word(&bytes, 52) as usize));
        assert_eq!((kinds[0], *kinds.last().unwrap()), (1, 14));
        // 200 tenths of a point hold dashes at 0, 70 and 140.
        assert_eq!(kinds.iter().filter(|kind| **kind == 4).count(), 3);
        // An inch by half an inch, in hundredths of a millimetre: 25.4 mm and 12.7 mm.
        assert_eq!((word(&bytes, 32), word(&bytes, 36)), (2540, 1270));
    }
}
