//! What is not settled yet, a sentence each. Must not know whether it keeps anything from being done.

use super::Phrase;
use crate::domain::text::Text;
use crate::domain::unsettled::Unsettled;

/// A sentence for each thing that is not settled, the gravest first, and what of the command line lists it.
pub fn sentences(unsettled: &Unsettled) -> Vec<(Text, Option<Phrase>)> {
    let Unsettled { ungraded, provisional, wrong, unproven: (cells, centres) } = *unsettled;
    let one = |count: usize, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    let all = [
        (
            wrong,
            format!("{wrong} open {} about figures that cannot all be right", one(wrong, "query is", "queries are")),
            format!("{wrong} 处强制性疑点待答复：所涉数据不可能都对"),
            Some(Phrase { en: "`triennial queries` lists them", zh: "`triennial queries` 可列出" }),
        ),
        (
            cells,
            match (cells, centres) {
                (1, _) => "1 value asks for evidence and names none".to_owned(),
                (_, 1) => format!("{cells} values of 1 centre ask for evidence and name none"),
                _ => format!("{cells} values of {centres} centres ask for evidence and name none"),
            },
            format!("{centres} 家单位的 {cells} 个填报值须附佐证材料但未填写"),
            Some(Phrase { en: "`triennial evidence check` lists them", zh: "`triennial evidence check` 可列出" }),
        ),
        (
            ungraded,
            format!("{ungraded} {} no grade yet", one(ungraded, "centre has", "centres have")),
            format!("{ungraded} 家单位尚无等级"),
            Some(Phrase { en: "`triennial gaps` lists what is blank", zh: "`triennial gaps` 可列出缺项" }),
        ),
        (
            provisional,
            match provisional {
                1 => "1 grade is provisional: a quota may yet move it".to_owned(),
                _ => format!("{provisional} grades are provisional: a quota may yet move them"),
            },
            format!("{provisional} 个等级为暂定：名额限制仍可能使其变动"),
            None,
        ),
    ];
    let told = all.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(_, en, zh, listed)| (Text { en, zh }, listed)).collect()
}
