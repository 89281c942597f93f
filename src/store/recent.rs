//! Evaluations that were open before, latest first. A convenience: where it cannot be read or written, nothing is said.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, choose_base_strategy};

use super::file::{make_folder, replace};

/// How many are remembered.
const KEPT: usize = 8;

fn place() -> Option<PathBuf> {
    let strategy = choose_base_strategy().ok()?;
    // Windows and macOS have no folder of their own for this.
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(folder.join("triennial").join("recent"))
}

/// Paths of evaluations that were open before and are still there.
pub fn list() -> Vec<String> {
    place().map_or_else(Vec::new, |place| listed(&place))
}

fn listed(place: &Path) -> Vec<String> {
    let text = fs::read_to_string(place).unwrap_or_default();
    text.lines().filter(|path| Path::new(path).is_file()).take(KEPT).map(str::to_owned).collect()
}

/// Puts an evaluation at the top of the list.
pub fn remember(path: &Path) {
    if let Some(place) = place() {
        add(&place, path);
    }
}

fn add(place: &Path, path: &Path) {
    // A name that is no text, or has a line break in it, would be another one when it is read again.
    let Some(path) = path.to_str().filter(|path| !path.contains(['\n', '\r'])) else { return };
    let others = listed(place).into_iter().filter(|other| other != path);
    let text: String = std::iter::once(path.to_owned()).chain(others).take(KEPT).map(|path| path + "\n").collect();
    let made = place.parent().map_or(Ok(()), make_folder);
    let _ = made.and_then(|()| replace(place, text.as_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_comes_first_each_once_and_what_is_gone_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("state").join("recent");
        let made = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            path
        };
        let (a, b) = (made("a"), made("乙"));
        assert!(listed(&place).is_empty());
        [&a, &b, &a].into_iter().for_each(|path| add(&place, path));
        assert_eq!(listed(&place), [a.display().to_string(), b.display().to_string()]);
        fs::remove_file(&a).unwrap();
        assert_eq!(listed(&place), [b.display().to_string()]);
        (0..20).map(|n| made(&format!("f{n}"))).for_each(|path| add(&place, &path));
        assert_eq!(listed(&place).len(), KEPT);
    }
}
