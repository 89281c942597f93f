//! What is shown as saved is saved: through quitting, through `kill -9` at any moment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::Folder;
use crate::pty::{PATIENCE, Terminal, command, example};
use crate::small::{self, FILE, readings};

/// The real one, or one that says saved too early.
fn real() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_triennial"))
}

/// Opens the evaluation on its first centre's readings, at the first gap.
fn entry(program: &Path, folder: &Path) -> Terminal {
    let mut terminal = Terminal::start(command(program, &[FILE], folder));
    terminal.wait_for("Second centre");
    terminal.send("\r");
    terminal.wait_for("income");
    terminal
}

/// What the screen says was saved last: a cell and its new value.
fn shown_saved(screen: &str) -> Option<(String, u64)> {
    let line = screen.lines().find_map(|line| line.trim_start().strip_prefix("saved  "))?;
    let (cell, change) = line.split_once(": ")?;
    let (_, value) = change.split_once(" -> ")?;
    Some((cell.to_owned(), value.split_whitespace().next()?.parse().ok()?))
}

#[test]
fn a_saved_value_is_there_after_quitting_resizing_and_starting_again() {
    let folder = small::evaluation();
    let mut terminal = entry(&real(), folder.path());
    terminal.send("7");
    terminal.send("1");
    terminal.send("\r");
    terminal.wait_for("saved  papers@2023: blank -> 71");
    terminal.send("q");
    terminal.ended(0);
    let mut terminal = entry(&real(), folder.path());
    terminal.resize(120, 40);
    terminal.wait_for("71");
    terminal.send("q");
    terminal.ended(0);
    assert_eq!(readings(&small::path(&folder), "c1")["papers@2023"], "71");
}

/// The seed of this run; another one is tried with `TRIENNIAL_SEED`.
fn seed() -> u64 {
    std::env::var("TRIENNIAL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_125)
}

/// Equally distributed numbers from a seed: `SplitMix64`, by S. Vigna, public domain.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// One evaluation through many kills.
struct Ordeal {
    program: PathBuf,
    folder: Folder,
    dice: Dice,
    /// The last value typed; each one is typed once.
    typed: u64,
    /// The last value that each cell was shown to be saved with.
    shown: BTreeMap<String, u64>,
    /// How many values were shown as saved, and how many kills came while a value was on its way.
    saves: usize,
    midway: usize,
}

impl Ordeal {
    fn new(program: PathBuf, seed: u64) -> Self {
        let (folder, dice) = (small::evaluation(), Dice(seed));
        Self { program, folder, dice, typed: 1000, shown: BTreeMap::new(), saves: 0, midway: 0 }
    }

    /// Types values, each as the one before is shown as saved or several at once; some saves and a random moment later
    /// the program is killed.
    fn round(&mut self) -> Result<(), String> {
        let mut terminal = entry(&self.program, self.folder.path());
        let at_once = self.dice.throw(2) == 0;
        let enough = self.saves + usize::try_from(self.dice.throw(4)).unwrap();
        let mut moment = None;
        let mut waiting = None;
        loop {
            if waiting.is_none() {
                let count = if at_once { 1 + self.dice.throw(6) } else { 1 };
                let first = self.typed + 1;
                self.typed += count;
                terminal.send(&(first..=self.typed).map(|value| format!("{value}\r")).collect::<String>());
                waiting = Some(self.typed);
            }
            if self.saves >= enough && moment.is_none() {
                moment = Some(Instant::now() + Duration::from_micros(self.dice.throw(30_000)));
            }
            let more = terminal.read_before(moment.unwrap_or_else(|| Instant::now() + PATIENCE));
            self.look(&terminal.contents(), &mut waiting);
            if !more {
                assert!(moment.is_some(), "nothing more came:\n{}", terminal.contents());
                break;
            }
        }
        // What had reached the terminal before the end could have been seen.
        self.look(&terminal.killed(), &mut waiting);
        self.midway += usize::from(waiting.is_some());
        self.check()
    }

    fn look(&mut self, screen: &str, waiting: &mut Option<u64>) {
        let Some((cell, value)) = shown_saved(screen) else { return };
        if self.shown.insert(cell, value) != Some(value) {
            self.saves += 1;
        }
        *waiting = waiting.filter(|last| *last != value);
    }

    /// Each cell has the value it was shown with, or one typed later that was never shown.
    fn check(&self) -> Result<(), String> {
        let stored = readings(&small::path(&self.folder), "c1");
        for (cell, shown) in &self.shown {
            let found: u64 = stored.get(cell).map_or(0, |text| text.parse().unwrap());
            let later = found > *shown && found <= self.typed && !self.shown.values().any(|other| *other == found);
            if found != *shown && !later {
                return Err(format!("{cell} was shown as saved with {shown} and is {found}"));
            }
        }
        let verified = self.folder.run(&["verify", FILE]);
        if verified.exit == 0 { Ok(()) } else { Err(verified.out + &verified.err) }
    }
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_shown_as_saved() {
    let seed = seed();
    let part = |part: u64| {
        let mut ordeal = Ordeal::new(real(), seed.wrapping_add(part));
        for round in 0..100 {
            if let Err(lost) = ordeal.round() {
                panic!("TRIENNIAL_SEED={seed}, part {part}, round {round}: {lost}");
            }
        }
        (ordeal.saves, ordeal.midway)
    };
    let parts = std::thread::scope(|scope| {
        let parts = [1, 2].map(|number| scope.spawn(move || part(number)));
        parts.map(|part| part.join().unwrap())
    });
    let (saves, midway) = (parts[0].0 + parts[1].0, parts[0].1 + parts[1].1);
    // On average one and a half saves are waited for before each kill.
    assert!(saves > 200 && midway > 0, "{saves} values shown as saved, {midway} kills midway: too few to say much");
}

#[test]
fn a_program_that_says_saved_too_early_is_caught_by_the_same_kills() {
    let mut ordeal = Ordeal::new(example("hasty"), seed());
    let lost = (0..20).find_map(|_| ordeal.round().err());
    assert!(lost.is_some_and(|lost| lost.contains("was shown as saved")), "twenty kills found nothing");
}

/// Runs a command in a folder and kills it at a random moment of its work, if it has not ended before.
fn killed_midway(folder: &Folder, dice: &mut Dice, arguments: &[&str]) {
    let (gone, end) = std::sync::mpsc::channel();
    let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut output = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut output, &mut std::io::sink());
        let _ = gone.send(());
    });
    let _ = end.recv_timeout(Duration::from_micros(dice.throw(60_000)));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_new_evaluation_or_an_import_that_is_killed_is_there_whole_or_not_at_all() {
    let folder = small::evaluation();
    let row = |n: usize| format!("z{n},{n},{n},0.5\n");
    folder
        .write("many.csv", format!("centre,income@2023,income@2024,share\n{}", (0..300).map(row).collect::<String>()));
    let before = std::fs::read(small::path(&folder)).unwrap();
    let without = small::digest(&folder);
    folder.done(&["import", FILE, "many.csv", "--yes"]);
    let with = small::digest(&folder);
    let (mut dice, mut applied) = (Dice(seed()), 0);
    for round in 0..20 {
        folder.write(FILE, &before);
        killed_midway(&folder, &mut dice, &["import", FILE, "many.csv", "--yes"]);
        let verified = folder.run(&["verify", FILE]);
        assert_eq!(verified.exit, 0, "TRIENNIAL_SEED={}, round {round}: {}", seed(), verified.err);
        let found = small::digest(&folder);
        assert!(found == with || found == without, "TRIENNIAL_SEED={}, round {round}: part of it", seed());
        applied += usize::from(found == with);
        killed_midway(&folder, &mut dice, &["new", "new.triennial", "--rubric", "ncti", "--cycle", "2023-2025"]);
        let new = folder.path().join("new.triennial");
        if new.exists() {
            folder.done(&["verify", "new.triennial"]);
            std::fs::remove_file(&new).unwrap();
        }
    }
    assert!(applied < 20, "no kill came before the import was over");
}
