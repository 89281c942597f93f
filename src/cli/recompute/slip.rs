//! The one digit of a sheet that was changed, found by its digest: every digit is tried until the digest is right again.
//! Nothing else can give the same digest by chance. Must not know what the digits mean.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::domain::digest::{self, hex};
use crate::write::json::carried::{entry_text, head_text};

/// The most bytes that are hashed in search of a digit; beyond that only the place is told, not the digit.
const MOST: usize = 1 << 30;

/// The sheet with what was changed put right, where that is one digit of one centre's data or of the head; otherwise as
/// it stands. A digest that was itself changed stays as it is: what it covers is right.
pub(super) fn corrected(sheet: &Map<String, Value>) -> Map<String, Value> {
    let mut corrected = sheet.clone();
    if let Some(Value::Array(data)) = corrected.get_mut("data") {
        for entry in data.iter_mut() {
            correct_entry(entry);
        }
    }
    correct_head(&mut corrected);
    corrected
}

fn correct_entry(entry: &mut Value) {
    let Some(digest) = entry["digest"].as_str().map(str::to_owned) else { return };
    if let Some(Value::Object(mut right)) = found(&entry_text(entry), &digest) {
        right.insert("digest".to_owned(), Value::String(digest));
        *entry = Value::Object(right);
    }
}

fn correct_head(sheet: &mut Map<String, Value>) {
    let Some(digest) = sheet.get("provenance").and_then(|p| p["sheet_digest"].as_str()).map(str::to_owned) else {
        return;
    };
    let Some(Value::Object(mut right)) = found(&head_text(sheet), &digest) else { return };
    // Stood there as digests only.
    right.remove("data");
    if let Some(Value::Object(provenance)) = right.get_mut("provenance") {
        provenance.insert("sheet_digest".to_owned(), Value::String(digest));
    }
    sheet.extend(right);
}

/// The text of that digest which differs from this one in a digit; nothing where this one has it, or none does.
fn found(text: &str, digest: &str) -> Option<Value> {
    if digest::text(text.as_bytes()) == digest {
        return None;
    }
    let bytes = text.as_bytes();
    let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
    if digits.len().saturating_mul(9).saturating_mul(bytes.len()) > MOST {
        return None;
    }
    let mut before = Sha256::new();
    let mut hashed = 0;
    for at in digits {
        before.update(&bytes[hashed..at]);
        hashed = at;
        for digit in (b'0'..=b'9').filter(|digit| *digit != bytes[at]) {
            let whole = before.clone().chain_update([digit]).chain_update(&bytes[at + 1..]);
            if hex(&whole.finalize()) == digest {
                let right = [&bytes[..at], &[digit], &bytes[at + 1..]].concat();
                return serde_json::from_slice(&right).ok();
            }
        }
    }
    None
}
