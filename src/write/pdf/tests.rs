use super::*;
use std::borrow::Cow;

/// The font that the program embeds.
pub(super) fn font() -> Font {
    static BYTES: &[u8] = include_bytes!("../../../fonts/TriennialSansSC-Regular.otf");
    Font::of(Cow::Borrowed(BYTES)).unwrap()
}
