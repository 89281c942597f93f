//! The rubrics that come with the program, by id, and their cohorts. Must not know how a rubric is read.

/// A rubric compiled into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    pub id: &'static str,
    /// Its TOML text.
    pub text: &'static str,
    /// A cohort to try it on, as CSV.
    pub cohort: Option<&'static str>,
}

/// All of them; the first is the main one.
pub const SHIPPED: [Shipped; 6] = [
    Shipped {
        id: "ncti",
        text: include_str!("../../rubrics/ncti.toml"),
        cohort: Some(include_str!("../../rubrics/cohorts/ncti.csv")),
    },
    Shipped { id: "sme", text: include_str!("../../rubrics/sme.toml"), cohort: None },
    Shipped { id: "hdi", text: include_str!("../../rubrics/hdi.toml"), cohort: None },
    Shipped {
        id: "beijing-erc",
        text: include_str!("../../rubrics/beijing-erc.toml"),
        cohort: Some(include_str!("../../rubrics/cohorts/beijing-erc.csv")),
    },
    Shipped {
        id: "henan-etrc",
        text: include_str!("../../rubrics/henan-etrc.toml"),
        cohort: Some(include_str!("../../rubrics/cohorts/henan-etrc.csv")),
    },
    Shipped { id: "ref2021", text: include_str!("../../rubrics/ref2021.toml"), cohort: None },
];

pub fn shipped(id: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|rubric| rubric.id == id)
}
