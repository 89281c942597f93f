//! The rubric language as JSON Schema (draft 2020-12), for editors that complete and check TOML by one. It knows keys,
//! words and shapes; what they mean together only `check` knows. Must not be looser about keys than the reader.

use serde_json::{Map, Value, json};

/// Each table with its keys and what they hold: shapes joined by `/`, of which one must fit.
const TABLES: [(&str, &[(&str, &str)]); 49] = [
    (
        "file",
        &[
            ("rubric", "@rubric"),
            ("document", "*document"),
            ("kind", "*kind"),
            ("stage", "*stage"),
            ("attribute", "*attribute"),
            ("finding", "*finding"),
            ("reference", "*reference"),
            ("panel", "*panel"),
            ("metric", "*metric"),
            ("assertion", "*assertion"),
            ("data_checks", "@checks"),
            ("data", "@data"),
            ("profile", "@profile"),
            ("criterion", "*criterion"),
            ("bonus", "*criterion"),
            ("deduction", "*criterion"),
            ("total", "@total"),
            ("grade", "*grade"),
            ("gate", "*gate"),
            ("act", "*act"),
            ("public_notice", "@public_notice"),
            ("publication", "@publication"),
            ("outcome", "map outcome"),
            ("remove", "map"),
        ],
    ),
    (
        "rubric",
        &[
            ("id", "id"),
            ("edition", "string"),
            ("title", "text"),
            ("note", "text"),
            ("cite", "@cite"),
            ("extends", "string"),
            ("cycle_years", "number"),
            ("lookback_years", "number"),
            ("rounding", "=none/@rounding"),
            ("display_places", "number"),
            ("compare", "=rounded=exact"),
        ],
    ),
    ("rounding", &[("at", "round_at/list round_at"), ("places", "number"), ("mode", "=half-up=half-even=down=up")]),
    ("cite", &[("document", "id"), ("article", "string"), ("basis", "=sets=topic=example"), ("quote", "string")]),
    ("document", &[("id", "id"), ("title", "text"), ("number", "string"), ("checked_on", "string")]),
    ("kind", &[("id", "id"), ("title", "text"), ("name_forms", "strings"), ("cite", "@cite")]),
    ("stage", &[("id", "id"), ("title", "text"), ("cite", "@cite")]),
    ("attribute", &[("id", "id"), ("title", "text"), ("values", "strings")]),
    ("finding", &[("id", "id"), ("title", "text"), ("cite", "@cite")]),
    ("reference", &[("id", "id"), ("title", "text"), ("value", "number"), ("unit", "text"), ("cite", "@cite")]),
    ("panel", &[("id", "id"), ("title", "text"), ("judges", "strings")]),
    (
        "metric",
        &[
            ("id", "id"),
            ("title", "text"),
            ("unit", "text"),
            ("definition", "text"),
            ("yearly", "boolean"),
            ("type", "=number=yes-no=letter"),
            ("minimum", "number"),
            ("maximum", "number"),
            ("whole", "boolean"),
            ("letters", "map"),
            ("panel", "@judging"),
            ("evidence", "=required=none"),
            ("tolerance", "number"),
            ("checks", "@checks"),
            ("cite", "@cite"),
        ],
    ),
    (
        "checks",
        &[
            ("jump", "number/boolean"),
            ("outlier", "number/boolean"),
            ("outlier_from", "number"),
            ("constant", "boolean"),
            ("unit_slip", "boolean"),
            ("small", "number"),
        ],
    ),
    (
        "assertion",
        &[
            ("id", "id"),
            ("title", "text"),
            ("holds", "string"),
            ("over", "=year=cycle"),
            ("tolerance", "number"),
            ("message", "text"),
            ("cite", "@cite"),
        ],
    ),
    (
        "judging",
        &[
            ("average", "=mean=median=majority"),
            ("drop_highest", "number"),
            ("drop_lowest", "number"),
            ("from", "number"),
            ("at_least", "number"),
            ("of", "id"),
            ("quorum", "number"),
            ("members", "number"),
            ("majority", "number/@majority"),
        ],
    ),
    ("majority", &[("above", "number"), ("at_least", "number")]),
    ("data", &[("centre", "string"), ("name", "string"), ("ignore", "strings")]),
    ("profile", &[("whole", "number"), ("level", "*level")]),
    ("level", &[("id", "string"), ("title", "text"), ("worth", "number")]),
    (
        "criterion",
        &[
            ("id", "id"),
            ("title", "text"),
            ("definition", "text"),
            ("points", "number/map"),
            ("weight", "number/map"),
            ("combine", "combine"),
            ("capped", "boolean"),
            ("cite", "@cite"),
            ("criterion", "*criterion"),
            ("indicator", "*indicator"),
        ],
    ),
    (
        "indicator",
        &[
            ("id", "id"),
            ("title", "text"),
            ("definition", "text"),
            ("points", "number/map"),
            ("weight", "number/map"),
            ("measure", "string"),
            ("unit", "text"),
            ("rule", "rule"),
            ("best_of", "*option"),
            ("all_of", "*option"),
            ("checklist", "*item"),
            ("profile", "strings"),
            ("missing", "=zero=group-mean=leave-out=block/@missing"),
            ("not_applicable", "=leave-out=zero=full/@give_to"),
            ("zero_denominator", "=missing=zero=full=not-applicable"),
            ("partial", "=reported-years=all-years"),
            ("cite", "@cite"),
        ],
    ),
    (
        "option",
        &[
            ("title", "text"),
            ("measure", "string"),
            ("unit", "text"),
            ("rule", "rule"),
            ("best_of", "*option"),
            ("all_of", "*option"),
            ("checklist", "*item"),
        ],
    ),
    (
        "item",
        &[
            ("title", "text"),
            ("points", "number/map"),
            ("measure", "string"),
            ("unit", "text"),
            ("rule", "rule"),
            ("best_of", "*option"),
            ("all_of", "*option"),
            ("checklist", "*item"),
        ],
    ),
    ("missing", &[("penalty", "number"), ("group_mean", "string")]),
    ("give_to", &[("give_to", "id")]),
    ("linear", &[("kind", "=linear"), ("from", "number/map"), ("to", "number/map"), ("at_from", "number")]),
    ("target", &[("kind", "=target"), ("goal", "number/map"), ("lower_is_better", "boolean")]),
    ("bands", &[("kind", "=bands"), ("bands", "*band"), ("mark", "string/@mark")]),
    (
        "band",
        &[
            ("at_least", "number"),
            ("above", "number"),
            ("at_most", "number"),
            ("below", "number"),
            ("points", "number/map"),
            ("share", "number"),
            ("lowest", "number/map"),
            ("highest", "number/map"),
        ],
    ),
    ("mark", &[("measure", "string"), ("from", "number"), ("to", "number")]),
    (
        "per-unit",
        &[
            ("kind", "=per-unit"),
            ("unit", "number"),
            ("points", "number/map"),
            ("share", "number"),
            ("from", "number"),
            ("base", "number/map"),
            ("whole_units", "boolean"),
            ("lower_is_better", "boolean"),
        ],
    ),
    ("yes-no", &[("kind", "=yes-no")]),
    ("expert", &[("kind", "=expert"), ("from", "number"), ("to", "number")]),
    (
        "min-max",
        &[
            ("kind", "=min-max"),
            ("at_worst", "number"),
            ("per", "string"),
            ("lower_is_better", "boolean"),
            ("outliers", "@outliers"),
            ("then", "rule"),
        ],
    ),
    (
        "ratio-to-best",
        &[
            ("kind", "=ratio-to-best=ratio-to-mean=z-score"),
            ("per", "string"),
            ("lower_is_better", "boolean"),
            ("outliers", "@outliers"),
            ("then", "rule"),
        ],
    ),
    (
        "percentile",
        &[
            ("kind", "=percentile"),
            ("counts", "=below=at-or-below=middle"),
            ("per", "string"),
            ("lower_is_better", "boolean"),
            ("then", "rule"),
        ],
    ),
    (
        "rank-points",
        &[
            ("kind", "=rank-points"),
            ("points", "number/list number"),
            ("step", "number"),
            ("rest", "number"),
            ("ties", "=best=mean=worst"),
            ("per", "string"),
            ("lower_is_better", "boolean"),
        ],
    ),
    ("outliers", &[("leave_out", "number"), ("winsorise", "number"), ("skewness", "number"), ("kurtosis", "number")]),
    ("total", &[("combine", "combine"), ("points", "number/map"), ("at_least", "number"), ("at_most", "number")]),
    (
        "grade",
        &[
            ("id", "id"),
            ("title", "text"),
            ("at_least", "number"),
            ("above", "number"),
            ("at_most", "number"),
            ("below", "number"),
            ("requires", "string/strings"),
            ("each_criterion_at_least", "number"),
            ("quota", "@quota"),
            ("first", "@first"),
            ("last", "@quota"),
            ("cite", "@cite"),
        ],
    ),
    (
        "quota",
        &[
            ("share", "number"),
            ("places", "number"),
            ("round", "=floor=round=ceil"),
            ("per", "string"),
            ("ties", "=all-in=all-out/@ties"),
        ],
    ),
    ("first", &[("share", "number"), ("places", "number"), ("round", "=floor=round=ceil"), ("per", "string")]),
    ("ties", &[("by", "list string/list less/list tie"), ("then", "=all-in=all-out")]),
    (
        "gate",
        &[
            ("id", "id"),
            ("title", "text"),
            ("when", "string"),
            ("grade", "id"),
            ("at_most", "id"),
            ("status", "=deemed=deferred"),
            ("cite", "@cite"),
        ],
    ),
    ("act", &[("id", "id"), ("title", "text"), ("flag", "boolean")]),
    (
        "outcome",
        &[
            ("act", "id"),
            ("within", "string/@within"),
            ("then", "@then"),
            ("bar", "string"),
            ("cases", "*case"),
            ("cite", "@cite"),
        ],
    ),
    (
        "case",
        &[
            ("when", "string"),
            ("act", "id"),
            ("within", "string/@within"),
            ("then", "@then"),
            ("bar", "string"),
            ("cite", "@cite"),
        ],
    ),
    ("public_notice", &[("within", "string"), ("cite", "@cite")]),
    (
        "publication",
        &[
            ("facts", "strings"),
            ("results", "strings"),
            ("points", "strings"),
            ("readings", "strings"),
            ("cite", "@cite"),
        ],
    ),
];

/// Small tables and shapes that several keys share.
const SHARED: [(&str, &[(&str, &str)]); 3] = [
    ("less", &[("less", "string")]),
    ("within", &[("limit", "string"), ("cite", "@cite")]),
    ("then", &[("passed", "id"), ("failed", "id")]),
];

/// Tables that an overlay may change or add: they may also say `new` and `remove`.
const WITH_IDS: [&str; 15] = [
    "document",
    "kind",
    "stage",
    "attribute",
    "finding",
    "reference",
    "panel",
    "metric",
    "assertion",
    "level",
    "criterion",
    "indicator",
    "grade",
    "gate",
    "act",
];

/// Kinds of rules, by the table that describes each.
const RULES: [&str; 10] = [
    "linear",
    "target",
    "bands",
    "per-unit",
    "yes-no",
    "expert",
    "min-max",
    "ratio-to-best",
    "percentile",
    "rank-points",
];

/// The schema.
pub fn schema() -> Vec<u8> {
    let mut definitions = Map::new();
    for (name, keys) in TABLES.iter().chain(&SHARED) {
        definitions.insert((*name).to_owned(), table(name, keys));
    }
    let of =
        |names: &[&str]| json!({ "anyOf": names.iter().map(|name| shape(&format!("@{name}"))).collect::<Vec<_>>() });
    definitions.insert("rule".into(), of(&RULES));
    definitions.insert("combine".into(), shape("=sum=weighted-mean=geometric-mean=best-of=all-of=profile"));
    definitions.insert("round_at".into(), shape("=indicator=criterion=total=profile"));
    definitions.insert("tie".into(), shape("string/@less"));
    definitions.insert(
        "text".into(),
        json!({ "anyOf": [
        { "type": "string" },
        { "type": "object", "properties": { "en": { "type": "string" }, "zh": { "type": "string" } },
          "additionalProperties": false },
    ] }),
    );
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "triennial rubric",
        "$ref": "#/$defs/file",
        "$defs": definitions,
    });
    let mut text = serde_json::to_vec_pretty(&whole).unwrap_or_default();
    text.push(b'\n');
    text
}

fn table(name: &str, keys: &[(&str, &str)]) -> Value {
    let mut properties: Map<String, Value> =
        keys.iter().map(|(key, shapes)| ((*key).to_owned(), any(shapes))).collect();
    if WITH_IDS.contains(&name) {
        properties.insert("new".into(), json!({ "type": ["boolean", "object"] }));
        properties.insert("remove".into(), any("string/strings"));
    }
    let required: Vec<&str> = match name {
        "file" => vec!["rubric"],
        "rubric" => vec!["id", "edition"],
        _ if WITH_IDS.contains(&name) => vec!["id"],
        _ if RULES.contains(&name) => vec!["kind"],
        _ => Vec::new(),
    };
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn any(shapes: &str) -> Value {
    let all: Vec<Value> = shapes.split('/').map(shape).collect();
    match all.as_slice() {
        [one] => one.clone(),
        _ => json!({ "anyOf": all }),
    }
}

fn shape(shape: &str) -> Value {
    if let Some(table) = shape.strip_prefix('@') {
        return json!({ "$ref": format!("#/$defs/{table}") });
    }
    if let Some(table) = shape.strip_prefix('*') {
        return json!({ "type": "array", "items": { "$ref": format!("#/$defs/{table}") } });
    }
    if let Some(words) = shape.strip_prefix('=') {
        return json!({ "enum": words.split('=').collect::<Vec<_>>() });
    }
    if let Some(of) = shape.strip_prefix("list ") {
        return json!({ "type": "array", "items": self::shape(of) });
    }
    match shape {
        "id" => json!({ "type": "string", "pattern": "^[a-z][a-z0-9_-]{0,63}$" }),
        "number" => json!({ "type": ["number", "string"] }),
        "strings" => json!({ "type": ["array", "string"], "items": { "type": "string" } }),
        "map" => json!({ "type": "object" }),
        "map outcome" => json!({ "type": "object", "additionalProperties": { "$ref": "#/$defs/outcome" } }),
        "string" | "boolean" => json!({ "type": shape }),
        shared => json!({ "$ref": format!("#/$defs/{shared}") }),
    }
}
