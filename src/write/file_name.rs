//! A file name from a centre's id: the same on every system, and never a path. Must not know folders.

/// Names that some systems keep for devices, whatever the extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The most bytes of a name, so that an extension still fits.
const MOST: usize = 200;

/// Whether some systems keep a name for a device.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |name: &str| ["com", "lpt"].iter().any(|port| name.strip_prefix(port).is_some_and(|n| n.len() == 1));
    DEVICES.contains(&stem.as_str()) || numbered(&stem)
}

/// Letters, digits, `-`, `_` and inner dots stay, but no `-` at the start, which programs take for an option; every other
/// byte becomes `%XX`. Different ids give different names,
/// but for upper and lower case.
pub fn of(id: &str) -> String {
    let device = is_device(id);
    let mut name = String::new();
    for (at, c) in id.char_indices() {
        let inner_dot = c == '.' && at > 0 && at + 1 < id.len() && !id[..at].ends_with('.');
        let plain = c.is_alphanumeric() || c == '-' || c == '_' || inner_dot;
        if plain && !(at == 0 && (device || c == '-')) {
            name.push(c);
        } else {
            let mut buffer = [0; 4];
            name.extend(c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    if name.len() <= MOST {
        return name;
    }
    // A digest of the whole id keeps names apart that begin alike.
    let digest = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let kept = (0..=MOST - 20).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    format!("{}%~{digest:016x}", &name[..kept])
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn an_id_never_leaves_its_folder_or_names_a_device() {
        assert_eq!(of("c01"), "c01");
        assert_eq!(of("AFG-2015"), "AFG-2015");
        assert_eq!(of("北京-1.2"), "北京-1.2");
        assert_eq!(of("../etc"), "%2E%2E%2Fetc");
        assert_eq!(of(".."), "%2E%2E");
        assert_eq!(of("a/b\\c:d"), "a%2Fb%5Cc%3Ad");
        assert_eq!(of("CON"), "%43ON");
        assert_eq!(of("con.x"), "%63on.x");
        assert_eq!(of("COM1"), "%43OM1");
        assert_eq!(of("concert"), "concert");
        assert_eq!(of("-rf"), "%2Drf");
        assert_eq!(of("x\u{1b}[2J"), "x%1B%5B2J");
    }

    #[test]
    fn long_ids_that_begin_alike_keep_different_short_names() {
        let (a, b) = (of(&"/".repeat(300)), of(&"/".repeat(301)));
        assert!(a.len() <= 200 && b.len() <= 200);
        assert_ne!(a, b);
    }
}
