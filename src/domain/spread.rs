//! How several values lie: the least, the quartiles, the most. Exact; must not know what the values are.

use super::number::Number;

/// Five marks along sorted values. A quartile between two values lies on the straight piece between them, as
/// `QUARTILE.INC` of a spreadsheet has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    pub least: Number,
    pub lower: Number,
    pub median: Number,
    pub upper: Number,
    pub most: Number,
    /// How many values there are.
    pub of: usize,
}

impl Spread {
    /// The spread of these values, in any order; `None` of no values.
    pub fn new(mut values: Vec<Number>) -> Option<Self> {
        values.sort_unstable();
        let (least, most) = (values.first()?.clone(), values.last()?.clone());
        let [lower, median, upper] = [1, 2, 3].map(|quarters| at(&values, quarters));
        Some(Self { least, lower: lower?, median: median?, upper: upper?, most, of: values.len() })
    }
}

/// The value so many quarters of the way from the first to the last.
fn at(sorted: &[Number], quarters: usize) -> Option<Number> {
    let way = (sorted.len().checked_sub(1)?) * quarters;
    let (below, rest) = (sorted.get(way / 4)?, way % 4);
    if rest == 0 {
        return Some(below.clone());
    }
    let above = sorted.get(way / 4 + 1)?;
    let part = Number::from(rest).divided_by(&Number::from(4_usize))?;
    Some(below + &(&(above - below) * &part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(values: &[&str]) -> Option<[String; 5]> {
        let values = values.iter().map(|v| Number::parse(v).unwrap()).collect();
        let Spread { least, lower, median, upper, most, .. } = Spread::new(values)?;
        Some([least, lower, median, upper, most].map(|n| n.plain()))
    }

    /// QUARTILE.INC of the documentation of Microsoft Excel: {1,2,4,7,8,9,10,12} has the first quartile 3.5.
    #[test]
    fn quartiles_are_those_of_a_spreadsheet() {
        let texts = |of: [&str; 5]| Some(of.map(str::to_owned));
        assert_eq!(spread(&["12", "1", "2", "10", "4", "9", "7", "8"]), texts(["1", "3.5", "7.5", "9.25", "12"]));
        assert_eq!(spread(&["3", "1", "2"]), texts(["1", "1.5", "2", "2.5", "3"]));
        assert_eq!(spread(&["5"]), texts(["5", "5", "5", "5", "5"]));
        assert_eq!(spread(&[]), None);
    }
}
