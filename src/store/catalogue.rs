//! The rubrics that come with the program, by id, and their cohorts. Must not know how a rubric is read.

/// A rubric compiled into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    pub id: &'static str,
    /// Its TOML text.
    pub text: &'static str,
    /// A cohort to try it on, as CSV. Which are real and which are synthetic: `rubrics/cohorts/README.md`.
    pub cohort: &'static str,
}

macro_rules! shipped {
    ($id:literal) => {
        Shipped {
            id: $id,
            text: include_str!(concat!("../../rubrics/", $id, ".toml")),
            cohort: include_str!(concat!("../../rubrics/cohorts/", $id, ".csv")),
        }
    };
}

/// All of them; the first is the main one.
pub const SHIPPED: &[Shipped] = &[
    shipped!("ncti"),
    shipped!("hightech-zone"),
    shipped!("enterprise-points"),
    shipped!("transfer-institution"),
    shipped!("achievement-value"),
    shipped!("factor-market"),
    shipped!("pilot-policies"),
    shipped!("incubator"),
    shipped!("innovation-city"),
    shipped!("beijing-erc"),
    shipped!("henan-etrc"),
    shipped!("sme"),
    shipped!("hdi"),
    shipped!("ref2021"),
];

pub fn shipped(id: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|rubric| rubric.id == id)
}
