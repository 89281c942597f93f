//! The one font of a document: which characters it has, and how wide each is. Must not know where it comes from.

use std::borrow::Cow;
use std::collections::HashMap;

use skrifa::raw::{FileRef, FontRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{MetadataProvider, Tag};

use crate::write::printed::Measure;

/// A font that was read once, for any number of documents.
#[derive(Clone)]
pub struct Font {
    pub(super) face: krilla::text::Font,
    /// Glyph and width of each character, in units of the font.
    glyphs: HashMap<char, (u32, u16)>,
    /// How many units make the size of the letters.
    units: u16,
}

impl Font {
    /// A font from the bytes of an OpenType or TrueType file. Of a collection the simplified Chinese face is taken,
    /// else the first. `None` where the bytes are no font that can be embedded.
    pub fn of(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let (index, font) = chosen(&bytes)?;
        let units = font.head().ok()?.units_per_em();
        let widths = font.hmtx().ok()?;
        let found = font.charmap().mappings().filter_map(|(code, glyph)| {
            let width = widths.advance(glyph)?;
            (glyph.to_u32() != 0).then_some((char::from_u32(code)?, (glyph.to_u32(), width)))
        });
        let glyphs: HashMap<char, (u32, u16)> = found.collect();
        let outlines = [b"CFF ", b"glyf"].into_iter().any(|table| font.table_data(Tag::new(table)).is_some());
        if units == 0 || glyphs.is_empty() || !outlines {
            return None;
        }
        let face = krilla::text::Font::new(bytes.into_owned().into(), index)?;
        Some(Self { face, glyphs, units })
    }

    pub(super) fn has(&self, c: char) -> bool {
        self.glyphs.contains_key(&c)
    }

    /// The glyph of a character; what the font lacks is drawn as its empty box.
    pub(super) fn glyph(&self, c: char) -> u32 {
        self.glyphs.get(&c).map_or(0, |(glyph, _)| *glyph)
    }
}

impl Measure for Font {
    fn thousandths(&self, c: char) -> i32 {
        let units = self.glyphs.get(&c).map_or(self.units, |(_, width)| *width);
        i32::from(units) * 1000 / i32::from(self.units)
    }
}

fn chosen(bytes: &[u8]) -> Option<(u32, FontRef<'_>)> {
    match FileRef::new(bytes).ok()? {
        FileRef::Font(font) => Some((0, font)),
        FileRef::Collection(faces) => {
            let face = |index| faces.get(index).ok().map(|font| (index, font));
            (0..faces.len()).filter_map(face).find(|(_, font)| is_simplified(font)).or_else(|| face(0))
        }
    }
}

/// Whether the family is named as simplified Chinese families are: `Noto Sans CJK SC`.
fn is_simplified(font: &FontRef<'_>) -> bool {
    font.localized_strings(StringId::FAMILY_NAME).any(|name| name.chars().collect::<String>().ends_with(" SC"))
}
