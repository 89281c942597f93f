//! Pieces of work in parallel, each once. Must not know what the work is.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// Workers for each processor where files are written: while some wait until the disk has what they wrote, the others go on,
/// and a disk that is asked by several at once has all of it sooner.
const EACH: usize = 4;
/// More workers than this gain nothing.
const MOST: usize = 32;

/// As many workers as there are processors, for work that only works things out.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// More of them, for work that waits for the disk.
pub fn for_files() -> usize {
    (processors() * EACH).min(MOST)
}

/// What came of the pieces, in their order.
#[derive(Debug, PartialEq, Eq)]
pub struct Worked<T> {
    pub done: Vec<T>,
    /// Nobody asked to stop before all were done.
    pub all: bool,
}

/// Does pieces `0..count` by so many workers; what each comes to does not depend on how many there are. `watch` is told here
/// what each comes to, in whatever order they end; where it says `false` no further piece is begun, and `work` is told by its
/// sign that it may end early.
///
/// # Errors
/// That of the first piece that fails, whichever worker was quicker; no further piece is begun.
pub fn each<T: Send, E: Send>(
    workers: usize,
    count: usize,
    work: impl Fn(usize, &AtomicBool) -> Result<T, E> + Sync,
    watch: &mut dyn FnMut(&T) -> bool,
) -> Result<Worked<T>, E> {
    let mut done = Vec::new();
    let all = each_taken(workers, count, work, &mut |nth, piece| {
        let goes_on = watch(&piece);
        done.push((nth, piece));
        goes_on
    })?;
    done.sort_by_key(|(nth, _)| *nth);
    Ok(Worked { done: done.into_iter().map(|(_, piece)| piece).collect(), all })
}

/// As [`each`], for pieces that are taken in as they end, in whatever order, and not kept. Whether all were done.
///
/// # Errors
/// As of [`each`].
pub fn each_taken<T: Send, E: Send>(
    workers: usize,
    count: usize,
    work: impl Fn(usize, &AtomicBool) -> Result<T, E> + Sync,
    take: &mut dyn FnMut(usize, T) -> bool,
) -> Result<bool, E> {
    let workers = workers.min(count);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (tell, told) = channel();
    let (mut failed, mut all) = (None, true);
    thread::scope(|scope| {
        for _ in 0..workers {
            let tell = tell.clone();
            scope.spawn(|| {
                let tell = tell;
                while !stop.load(Ordering::SeqCst) {
                    let nth = next.fetch_add(1, Ordering::SeqCst);
                    if nth >= count || tell.send((nth, work(nth, &stop))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        for (nth, piece) in told {
            match piece {
                Ok(piece) => {
                    if !take(nth, piece) {
                        stop.store(true, Ordering::SeqCst);
                        all = false;
                    }
                }
                // Pieces are begun in order, so that all before a failed one come to an end as well.
                Err(error) => {
                    stop.store(true, Ordering::SeqCst);
                    failed = failed.take().filter(|(first, _)| *first < nth).or(Some((nth, error)));
                }
            }
        }
    });
    failed.map_or(Ok(all), |(_, error)| Err(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_done_once_and_comes_back_in_its_place() {
        let mut seen = 0;
        let worked = each(7, 1000, |nth, _| Ok::<_, ()>(nth * 2), &mut |_| {
            seen += 1;
            true
        });
        assert_eq!(worked, Ok(Worked { done: (0..1000).map(|nth| nth * 2).collect(), all: true }));
        assert_eq!(seen, 1000);
        assert_eq!(each(7, 0, |nth, _| Ok::<_, ()>(nth), &mut |_| true), Ok(Worked { done: Vec::new(), all: true }));
    }

    #[test]
    fn the_first_failure_in_order_is_told_whichever_ends_first() {
        for _ in 0..50 {
            let failed = each(7, 1000, |nth, _| if nth < 20 { Ok(()) } else { Err(nth) }, &mut |()| true);
            assert_eq!(failed, Err(20));
        }
    }

    #[test]
    fn once_stopped_no_further_piece_is_begun() {
        let begun = AtomicUsize::new(0);
        let worked = each(
            MOST,
            100_000,
            |_, stop| {
                begun.fetch_add(1, Ordering::SeqCst);
                // The others wait for the word, as work that takes its time would meet it.
                while begun.load(Ordering::SeqCst) > 1 && !stop.load(Ordering::SeqCst) {
                    thread::yield_now();
                }
                Ok::<_, ()>(())
            },
            &mut |()| false,
        );
        assert!(worked.is_ok_and(|worked| !worked.all && worked.done.len() == begun.load(Ordering::SeqCst)));
        assert!(begun.load(Ordering::SeqCst) <= 2 * MOST);
    }
}
