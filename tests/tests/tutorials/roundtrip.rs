//! Every request and response that is printed survives: it is decoded with the type of its operation and encoded again.

use pim_tests::roundtrip::{Outcome, run};

use crate::printed::{TUTORIALS, folder};

#[test]
fn nothing_in_the_tutorials_is_lost() {
    let printing = TUTORIALS.map(|tutorial| folder().join(tutorial)).into_iter().filter(|folder| folder.exists());
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    let outcome = run(&printing.collect::<Vec<_>>(), &mut lines, &mut errors).unwrap();
    let lines = String::from_utf8(lines).unwrap().replace(&format!("{}/", folder().display()), "");
    assert_eq!((outcome, String::from_utf8(errors).unwrap().as_str()), (Outcome::AllOk, ""), "{lines}");
    insta::assert_snapshot!(lines);
}
