//! "Did you mean": the known word nearest to a mistyped one. Must not know what the words stand for.

/// The known word nearest to `word`, where it is near enough to be a slip of the finger.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    // A word so much longer or shorter is no slip; a table may ask for fifty thousand words.
    let possible = known.into_iter().filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed);
    let distance = |candidate: &str| strsim::damerau_levenshtein(word, candidate);
    let near = possible.map(|candidate| (distance(candidate), candidate));
    near.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// A text as titles are compared: lower case, letters and digits only.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        let known = ["points", "measure", "rule"];
        assert_eq!(nearest("pionts", known), Some("points"));
        assert_eq!(nearest("mesure", known), Some("measure"));
        assert_eq!(nearest("weight", known), None);
        // As much longer or shorter as may be, and one letter more.
        assert_eq!(nearest("measur", ["measure12"]), None);
        assert_eq!(nearest("measur", ["measure1"]), Some("measure1"));
        assert_eq!(nearest("measure1", ["measur"]), Some("measur"));
    }
}
