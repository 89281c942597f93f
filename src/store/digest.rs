//! SHA-256 as text, and the hash that links one event of a chain to the one before. Must not know what a body says.

use sha2::{Digest, Sha256};

use crate::domain::digest::hex;

/// Keeps these hashes apart from any other use of SHA-256, and from a later way of hashing.
const CHAIN: &[u8] = b"triennial event 1";

pub use crate::domain::digest::text;

/// What an event's hash covers: everything that is stored of it besides the hash.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    pub previous: &'a str,
    pub evaluator: &'a str,
    pub sequence: u64,
    pub step: u64,
    pub lamport: u64,
    pub time: i64,
    pub body: &'a str,
}

impl Link<'_> {
    /// The event's hash. Every field is preceded by its length, so that no two different events feed the same bytes.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let fields: [&[u8]; 8] = [
            CHAIN,
            self.previous.as_bytes(),
            self.evaluator.as_bytes(),
            &self.sequence.to_be_bytes(),
            &self.step.to_be_bytes(),
            &self.lamport.to_be_bytes(),
            &self.time.to_be_bytes(),
            self.body.as_bytes(),
        ];
        for field in fields {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
        hex(&hasher.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: Link = Link { previous: "p", evaluator: "ann", sequence: 1, step: 2, lamport: 3, time: 4, body: "{}" };

    /// The first test vector of FIPS 180-2.
    #[test]
    fn a_digest_is_plain_sha_256() {
        assert_eq!(text(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn every_field_moves_the_hash() {
        let others = [
            Link { previous: "q", ..LINK },
            Link { evaluator: "bob", ..LINK },
            Link { sequence: 2, ..LINK },
            Link { step: 1, ..LINK },
            Link { lamport: 4, ..LINK },
            Link { time: -4, ..LINK },
            Link { body: "[]", ..LINK },
        ];
        for other in others {
            assert_ne!(other.hash(), LINK.hash(), "{other:?}");
        }
    }

    #[test]
    fn a_letter_that_moves_from_one_field_to_the_next_moves_the_hash() {
        assert_ne!(
            Link { previous: "ab", evaluator: "c", ..LINK }.hash(),
            Link { previous: "a", evaluator: "bc", ..LINK }.hash()
        );
    }

    /// Computed once from the same bytes with another program; a change here would make every journal unverifiable.
    #[test]
    fn the_hash_of_an_event_never_changes() {
        assert_eq!(LINK.hash(), "e8107f349d8398eea36aa9d884fde6a85ea55850a15a8ce66fe59af2aca4c6cb");
    }
}
