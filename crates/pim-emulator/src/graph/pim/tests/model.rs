//! Whatever is asked in whatever order: what comes of it is what a small model of the specification says.

mod compare;
mod reference;
mod script;

use proptest::prelude::*;

use compare::Compared;
use script::scripts;

const CASES: u32 = 60;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::with_cases(CASES) })]

    #[test]
    fn pim_does_what_the_model_does(script in scripts()) {
        let mut compared = Compared::new();
        for (index, step) in script.0.iter().enumerate() {
            if let Err(difference) = compared.take(step) {
                prop_assert!(false, "step {} ({step:?}): {difference}", index + 1);
            }
        }
        if let Err(difference) = compared.compare_lists() {
            prop_assert!(false, "at the end: {difference}");
        }
    }
}
