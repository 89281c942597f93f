//! Follows a rubric file: whenever it is saved, its text is handed to the screen. Must not know what the text means.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::app::Msg;
use crate::cli::input;
use crate::tui::Post;

/// Watches as long as it is kept.
pub struct Follow {
    _watcher: RecommendedWatcher,
}

impl Follow {
    /// Watches a file whose text is known; nothing where the system cannot watch it.
    pub fn file(path: &Path, known: Arc<str>, post: Post) -> Option<Self> {
        let file: PathBuf = std::path::absolute(path).ok()?;
        // An editor may write a new file and move it over the old one, so the folder is watched.
        let folder = file.parent()?.to_owned();
        let named = path.to_string_lossy().into_owned();
        let last = Mutex::new(known);
        let name = file.file_name()?.to_owned();
        let tell = move |event: notify::Result<Event>| {
            let ours = |event: &Event| event.paths.iter().any(|path| path.file_name() == Some(&name));
            if !event.is_ok_and(|event| ours(&event)) {
                return;
            }
            // While it is being moved it may be gone for a moment, and while it is being written over, empty; the next event
            // has it again.
            let Some(read) = input::rubric_text(&named).ok().filter(|read| !read.is_empty()) else { return };
            let text: Arc<str> = read.into();
            let Ok(mut last) = last.lock() else { return };
            if *last != text {
                *last = Arc::clone(&text);
                let name = name.to_string_lossy().into_owned();
                post.send(Msg::Rubric { name, path: Some(named.clone()), text });
            }
        };
        let mut watcher = notify::recommended_watcher(tell).ok()?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
        Some(Self { _watcher: watcher })
    }
}
