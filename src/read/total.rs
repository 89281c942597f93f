//! The words by which a row is one of totals and no centre. Must not know where the row stands.

use super::nearest::plain;

/// A row of one of these is the sum of the others.
const SUMS: [&str; 6] = ["合计", "总计", "共计", "total", "totals", "grandtotal"];
/// Rows of these are none either, and say nothing of all.
const OTHERS: [&str; 6] = ["小计", "平均", "平均值", "均值", "subtotal", "average"];

/// `合　计`, `全国合计`, `Total`.
pub(super) fn is_sum(word: &str) -> bool {
    is_among(word, &SUMS)
}

/// A sum, or another row that is made of rows: `小计`, `平均值`.
pub(super) fn is_total(word: &str) -> bool {
    is_sum(word) || is_among(word, &OTHERS)
}

fn is_among(word: &str, words: &[&str]) -> bool {
    let word = plain(word);
    words.iter().any(|known| word == *known || !known.is_ascii() && word.ends_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_told_by_its_word_however_it_is_spaced() {
        for word in ["合计", "合　计", "全国合计", "Total", "GRAND TOTAL:", "总 计"] {
            assert!(is_sum(word) && is_total(word), "{word}");
        }
        for word in ["小计", "平均值", "Average"] {
            assert!(!is_sum(word) && is_total(word), "{word}");
        }
        for word in ["合计中心", "total-energies", "c1", ""] {
            assert!(!is_total(word), "{word}");
        }
    }
}
