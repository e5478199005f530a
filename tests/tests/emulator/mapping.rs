//! What is called otherwise in a tutorial than here: ids, and the moments at which things happen.

use std::collections::BTreeMap;

use pim_client::edm::DateTimeOffset;
use uuid::Uuid;

/// Which of our ids stands for which printed one. It learns: where the two meet first they are bound, and from then on
/// they have to meet again.
#[derive(Default)]
pub(crate) struct Ids {
    ours: BTreeMap<Uuid, Uuid>,
    printed: BTreeMap<Uuid, Uuid>,
}

impl Ids {
    /// An id that is the same here, because it was given to the tenant.
    pub(crate) fn keep(&mut self, id: Uuid) {
        self.bind(id, id).expect("what the tenant is made with is bound first");
    }

    /// Lets the two stand for each other, unless one of them stands for another.
    pub(crate) fn bind(&mut self, printed: Uuid, ours: Uuid) -> Result<(), String> {
        let (known, of) = (*self.ours.entry(printed).or_insert(ours), *self.printed.entry(ours).or_insert(printed));
        if (known, of) == (ours, printed) {
            return Ok(());
        }
        Err(format!("{ours} where {printed} is printed, which is {known} here; {ours} is printed as {of}"))
    }

    /// A printed text in which our ids stand in the place of the printed ones.
    pub(crate) fn translate(&self, text: &str) -> String {
        self.ours
            .iter()
            .fold(text.to_owned(), |text, (printed, ours)| text.replace(&printed.to_string(), &ours.to_string()))
    }
}

/// The moments of one answer. The emulator needs no time between them: what is printed as later is not earlier here, and
/// what is printed as the same moment is the same here.
#[derive(Default)]
pub(crate) struct Moments(Vec<(DateTimeOffset, DateTimeOffset)>);

impl Moments {
    /// Notes what is printed and what is here in its place.
    pub(crate) fn note(&mut self, printed: DateTimeOffset, ours: DateTimeOffset) {
        self.0.push((printed, ours));
    }

    /// What does not fit. What the caller gave, and the time at which it was given, are `known`: they are as printed.
    /// `happens_now` says whether all else has just happened, at the last of the known times.
    pub(crate) fn objections(&self, known: &[DateTimeOffset], happens_now: bool) -> Vec<String> {
        let mut objections = Vec::new();
        for (printed, ours) in &self.0 {
            if known.contains(printed) && printed != ours {
                objections.push(format!("{ours} where {printed} is printed, which was given"));
            }
            if happens_now && !known.contains(ours) {
                objections.push(format!("{ours}, which is neither now nor was given"));
            }
            for (other, theirs) in &self.0 {
                if (printed == other && ours != theirs) || (printed < other && ours > theirs) {
                    objections.push(format!("{ours} and {theirs}, printed as {printed} and {other}"));
                }
            }
        }
        objections
    }
}

/// The security identifier of an object with this id: its four quarters, in decimal.
pub(crate) fn security_identifier(id: Uuid) -> String {
    let bytes = id.to_bytes_le();
    let quarters =
        bytes.chunks_exact(4).map(|quarter| u32::from_le_bytes(quarter.try_into().expect("four bytes")).to_string());
    format!("S-1-12-1-{}", quarters.collect::<Vec<_>>().join("-"))
}

#[test]
fn a_security_identifier_is_that_of_the_id_it_is_printed_with() {
    let id: Uuid = "e77cbb23-0ff2-4e18-819c-690f58269752".parse().unwrap();
    assert_eq!(security_identifier(id), "S-1-12-1-3883711267-1310199794-258579585-1385637464");
}

#[test]
fn an_id_stands_for_one_other_and_no_more() {
    let (a, b, c) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    let mut ids = Ids::default();
    assert_eq!(ids.bind(a, b), Ok(()));
    assert_eq!(ids.bind(a, b), Ok(()));
    assert!(ids.bind(a, c).is_err() && ids.bind(c, b).is_err());
    assert_eq!(ids.translate(&format!("/groups/{a}")), format!("/groups/{b}"));
}

#[test]
fn moments_keep_their_order() {
    let time = |text: &str| text.parse::<DateTimeOffset>().unwrap();
    let (early, late) = (time("2025-03-21T11:07:23Z"), time("2025-03-21T11:07:24Z"));
    let of = |pairs: &[_]| Moments(pairs.to_vec());
    assert!(of(&[(early, early), (late, early)]).objections(&[early], true).is_empty(), "at once");
    assert!(!of(&[(early, early), (early, late)]).objections(&[], false).is_empty(), "the same moment");
    assert!(!of(&[(early, late), (late, early)]).objections(&[], false).is_empty(), "the other way round");
    assert!(!of(&[(early, late)]).objections(&[early], false).is_empty(), "given otherwise");
    assert!(!of(&[(late, late)]).objections(&[early], true).is_empty(), "neither now nor given");
}
