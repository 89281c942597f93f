use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

/// SHA-256 of `abc`, from FIPS 180-2, appendix B.1.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(desk.path("a/files")).unwrap();
        desk
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    fn evaluation(&self) -> PathBuf {
        self.path("a/e.triennial")
    }

    fn write(&self, inside: &str, text: &str) -> PathBuf {
        fs::write(self.path(inside), text).unwrap();
        self.path(inside)
    }

    fn look(&self, file: &Attachment) -> Found {
        look(&self.evaluation(), std::slice::from_ref(file)).pop().unwrap()
    }
}

fn code(refused: Result<Attachment, Refused>) -> &'static str {
    match refused.unwrap_err() {
        Refused::Store(fault) => fault.code(),
        Refused::Name(fault) => fault.code,
    }
}

#[test]
fn a_file_is_referred_to_where_it_lies_or_copied_under_its_digest() {
    let desk = Desk::new();
    let file = desk.write("a/files/审计报告 2024.PDF", "abc");
    let referred = refer(&desk.evaluation(), &file).unwrap();
    let path = Some("files/审计报告 2024.PDF".to_owned());
    let name = "审计报告 2024.PDF".to_owned();
    assert_eq!(referred, Attachment { name: name.clone(), path, digest: ABC.to_owned(), size: 3 });
    let copied = copy(&desk.evaluation(), &file).unwrap();
    assert_eq!(copied, Attachment { name, path: None, digest: ABC.to_owned(), size: 3 });
    assert_eq!(fs::read_to_string(desk.path(&format!("a/e.evidence/{ABC}.pdf"))).unwrap(), "abc");
    // The same bytes under another name are the same copy.
    copy(&desk.evaluation(), &desk.write("other.pdf", "abc")).unwrap();
    assert_eq!(fs::read_dir(desk.path("a/e.evidence")).unwrap().count(), 1);
    assert_eq!((desk.look(&referred), desk.look(&copied)), (Found::Same, Found::Same));
    fs::write(desk.path(&format!("a/e.evidence/{ABC}.pdf")), "abd").unwrap();
    assert_eq!(code(copy(&desk.evaluation(), &file)), "E-store-exists");
}

#[test]
fn what_became_of_a_file_is_told() {
    let desk = Desk::new();
    let file = desk.write("a/files/one.txt", "abc");
    let one = refer(&desk.evaluation(), &file).unwrap();
    fs::rename(&file, desk.path("a/two.txt")).unwrap();
    assert_eq!(desk.look(&one), Found::Moved("two.txt".to_owned()));
    desk.write("a/files/one.txt", "abd");
    assert_eq!(desk.look(&one), Found::Moved("two.txt".to_owned()), "what was meant still lies somewhere");
    fs::remove_file(desk.path("a/two.txt")).unwrap();
    assert!(matches!(desk.look(&one), Found::Changed(digest) if digest.len() == 64 && digest != ABC));
    fs::remove_file(desk.path("a/files/one.txt")).unwrap();
    desk.write("a/same-size.txt", "xyz");
    assert_eq!(desk.look(&one), Found::Missing);
    fs::create_dir(desk.path("a/files/one.txt")).unwrap();
    assert!(matches!(desk.look(&one), Found::Unreadable(StoreError::IsDirectory { .. })));
}

/// A journal may come from anybody.
#[test]
fn nothing_outside_the_folder_is_attached_or_looked_at() {
    let desk = Desk::new();
    let outside = desk.write("secret.txt", "abc");
    assert_eq!(code(refer(&desk.evaluation(), &outside)), "E-evidence-outside");
    assert_eq!(code(refer(&desk.evaluation(), &desk.path("a/files/../../secret.txt"))), "E-evidence-outside");
    for path in ["../secret.txt", "files/../../secret.txt", "/etc/hostname"] {
        let (name, path) = ("secret.txt".to_owned(), Some(path.to_owned()));
        let told = desk.look(&Attachment { name, path, digest: ABC.to_owned(), size: 3 });
        assert_eq!(told, Found::Outside);
    }
    assert_eq!(copy(&desk.evaluation(), &outside).unwrap().digest, ABC, "a copy lies inside");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_and_a_pipe_is_not_waited_for() {
    let desk = Desk::new();
    desk.write("secret.txt", "abc");
    let link = desk.path("a/files/link.txt");
    std::os::unix::fs::symlink(desk.path("secret.txt"), &link).unwrap();
    assert_eq!(code(refer(&desk.evaluation(), &link)), "E-evidence-outside");
    let path = Some("files/link.txt".to_owned());
    let told = desk.look(&Attachment { name: "link.txt".to_owned(), path, digest: ABC.to_owned(), size: 3 });
    assert_eq!(told, Found::Outside);
    let inside = desk.write("a/files/one.txt", "abc");
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(&inside, &link).unwrap();
    assert_eq!(refer(&desk.evaluation(), &link).unwrap().path, Some("files/one.txt".to_owned()));
    let device = PathBuf::from("/dev/null");
    assert_eq!(code(copy(&desk.evaluation(), &device)), "E-store-not-a-file");
}

#[test]
fn names_that_not_every_system_takes_are_refused_where_the_file_stays() {
    let desk = Desk::new();
    for name in ["CON.pdf", "a:b.txt", "what?.txt", "dot.", "blank ", "back\\slash", "lpt1"] {
        let file = desk.write(&format!("a/files/{name}"), "abc");
        assert_eq!(code(refer(&desk.evaluation(), &file)), "E-evidence-name", "{name}");
        // A copy has a name of its own.
        assert_eq!(copy(&desk.evaluation(), &file).unwrap().name, name);
    }
    let file = desk.write("a/files/bell\u{7}.txt", "abc");
    assert_eq!(code(copy(&desk.evaluation(), &file)), "E-evidence-name");
    assert_eq!(code(refer(&desk.evaluation(), &desk.path("a/files"))), "E-store-is-directory");
    assert_eq!(code(refer(&desk.evaluation(), &desk.path("a/none"))), "E-store-not-found");
    assert_eq!(ending("x.tar.gz") + &ending("a.p/f") + &ending("none") + &ending("a.123456789"), ".gz");
}

/// More than one piece.
#[test]
fn a_large_file_is_read_in_pieces() {
    let desk = Desk::new();
    let file = desk.write("a/large", &"a".repeat(1_000_000));
    let large = refer(&desk.evaluation(), &file).unwrap();
    // A million times `a`: FIPS 180-2, appendix B.3.
    assert_eq!(large.digest, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assert_eq!(large.size, 1_000_000);
}

#[test]
fn copies_that_nobody_uses_are_listed() {
    let desk = Desk::new();
    let copied = copy(&desk.evaluation(), &desk.write("one.txt", "abc")).unwrap();
    desk.write("a/e.evidence/stray.txt", "x");
    assert_eq!(unused(&desk.evaluation(), &[copied]).unwrap(), ["stray.txt"]);
    assert_eq!(unused(&desk.path("a/other.triennial"), &[]).unwrap(), Vec::<String>::new());
}
