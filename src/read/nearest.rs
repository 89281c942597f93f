//! "Did you mean": the known word nearest to a mistyped one. Must not know what the words stand for.

/// The known word nearest to `word`, where it is near enough to be a slip of the finger.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    let distance = |candidate: &str| strsim::damerau_levenshtein(word, candidate);
    let near = known.into_iter().map(|candidate| (distance(candidate), candidate));
    near.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
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
    }
}
