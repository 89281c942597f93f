//! SHA-256 as text. Must not know what it is the digest of.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes in lower-case hexadecimal.
pub fn text(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
