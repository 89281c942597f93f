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

    fn brush(&mut self, ink: Ink) {
        self.add(40, &[BRUSH]);
        self.add(39, &[BRUSH, 0, colour(ink), 0]);
        self.add(37, &[BRUSH]);
        self.add(37, &[NO_PEN]);
    }

    /// A geometric pen, whose dashes may be thicker than a dot of the screen.
    fn pen(&mut self, ink: Ink, dashed: bool) {
        self.add(40, &[PEN]);
        self.add(95, &[PEN, 0, 0, 0, 0, 0x0001_0000 | u32::from(dashed), 8, 0, colour(ink), 0, 0]);
        self.add(37, &[PEN]);
        self.add(37, &[NO_BRUSH]);
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Box { x, y, width, height, ink } => {
                self.brush(*ink);
                self.add(43, &[bits(*x), bits(*y), bits(x.saturating_add(*width)), bits(y.saturating_add(*height))]);
            }
            Mark::Dot { x, y, ink } => {
                self.brush(*ink);
                self.add(42, &[bits(x - 25), bits(y - 25), bits(x + 25), bits(y + 25)]);
            }
            Mark::Line { points, ink, dashed } => {
                self.pen(*ink, *dashed);
                let mut words = bounds(points.iter().copied()).to_vec();
                words.push(u32::try_from(points.len()).unwrap_or(0));
                words.extend(points.iter().flat_map(|(x, y)| [bits(*x), bits(*y)]));
                self.add(4, &words);
            }
            Mark::Words { x, y, anchor, size, text, ink } => self.words((*x, *y), *anchor, *size, (text, *ink)),
        }
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
    let across = points.clone().map(|(x, _)| x);
    let down = points.map(|(_, y)| y);
    let least = |mut of: Box<dyn Iterator<Item = i32> + '_>| of.by_ref().min().unwrap_or(0);
    let most = |mut of: Box<dyn Iterator<Item = i32> + '_>| of.by_ref().max().unwrap_or(0);
    [
        bits(least(Box::new(across.clone()))),
        bits(least(Box::new(down.clone()))),
        bits(most(Box::new(across))),
        bits(most(Box::new(down))),
    ]
}

/// A signed length as it stands in the file.
const fn bits(length: i32) -> u32 {
    u32::from_le_bytes(length.to_le_bytes())
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
