//! The responses that are printed, as the client writes them again.

use pim_tests::roundtrip::find;
use serde_json::Value;

use crate::printed::{Printed, TUTORIALS, exchanges};

#[test]
fn responses_are_written_as_they_are_printed_but_for_the_case_of_enumerations() {
    for printed in TUTORIALS.into_iter().flat_map(exchanges) {
        if let Some(body) = &printed.body {
            insta::assert_json_snapshot!(printed.name.replace('/', "__"), written_again(&printed, body));
        }
    }
}

fn written_again(printed: &Printed, body: &Value) -> Value {
    let (operation, bodies) = find(&printed.method, &printed.url).expect("an operation of the client");
    let codec = bodies.response.unwrap_or_else(|| panic!("{operation} answers with a body"));
    codec.recode(&body.to_string()).unwrap_or_else(|error| panic!("{}: {error}", printed.name))
}
