use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Barrier;

use super::*;
use crate::domain::Failure;
use crate::domain::Refusal;
use crate::store::Store;

fn now() -> Instant {
    Instant::from_ticks(0)
}

/// A store in a file, and the directory that the file is in.
fn in_file() -> (Store, tempfile::TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    (Store::in_file(&directory.path().join("store.db")).expect("a new file"), directory)
}

fn value(store: &Store, name: &str) -> Option<i64> {
    store.read(now(), |session| session.setting(name)).expect("it can be read")
}

/// Sets a value and fails thereafter.
fn fail(store: &Store, name: &str) {
    let done = store.write::<(), Failure>(now(), |session| {
        session.set(name, 1)?;
        Err(Refusal::Unauthorized.into())
    });
    assert!(matches!(done, Err(Failure::Refused(_))));
}

#[test]
fn what_fails_leaves_nothing_behind_and_takes_nothing_along() {
    let (store, _directory) = in_file();
    let together = Barrier::new(16);
    std::thread::scope(|scope| {
        for number in 0..16 {
            let (store, together) = (&store, &together);
            scope.spawn(move || {
                let name = format!("{number}");
                together.wait();
                if number % 2 == 0 {
                    fail(store, &name);
                } else {
                    store.write::<_, Error>(now(), |session| session.set(&name, 1)).expect("it is kept");
                }
            });
        }
    });
    for number in 0..16 {
        assert_eq!(value(&store, &number.to_string()).is_some(), number % 2 == 1, "{number}");
    }
}

#[test]
fn all_of_a_turn_is_seen_or_nothing_of_it() {
    let (store, _directory) = in_file();
    let reader = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while reader.load(Ordering::Relaxed) {
                let both = store.read::<_, Error>(now(), |session| {
                    Ok((session.setting::<i64>("first")?, session.setting::<i64>("second")?))
                });
                let (first, second) = both.expect("it can be read");
                assert_eq!(first, second);
            }
        });
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let store = &store;
                scope.spawn(move || {
                    for number in 0..50 {
                        let set = |session: &Session<'_>| {
                            session.set("first", writer * 100 + number)?;
                            session.set("second", writer * 100 + number)
                        };
                        store.write::<_, Error>(now(), set).expect("it is kept");
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.join().expect("no writer failed");
        }
        reader.store(false, Ordering::Relaxed);
    });
}

#[test]
fn who_panics_holds_nobody_up() {
    for store in [in_file(), (Store::in_memory().expect("memory"), tempfile::tempdir().expect("a directory"))] {
        let (store, _directory) = store;
        let panics = catch_unwind(AssertUnwindSafe(|| {
            store.write::<(), Error>(now(), |session| {
                session.set("lost", 1)?;
                panic!("as a fault in a rule would");
            })
        }));
        assert!(panics.is_err());
        store.write::<_, Error>(now(), |session| session.set("kept", 1)).expect("it is kept");
        assert_eq!((value(&store, "lost"), value(&store, "kept")), (None, Some(1)));
    }
}

#[test]
fn a_full_disk_is_told_and_what_was_acknowledged_stays() {
    let (store, _directory) = in_file();
    store.write::<_, Error>(now(), |session| session.set("kept", 1)).expect("it is kept");
    let limit = |pages: i64| {
        let inner = store.desk.lock();
        inner.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).expect("it can be set");
    };
    // No less than there are: not a page more.
    limit(1);
    let large = "x".repeat(1 << 20);
    let done = store.write::<_, Error>(now(), |session| session.set("large", large.as_str()));
    assert!(done.expect_err("there is no room").to_string().contains("full"));
    assert_eq!(value(&store, "kept"), Some(1));
    limit(1 << 20);
    store.write::<_, Error>(now(), |session| session.set("large", large.as_str())).expect("there is room");
}
