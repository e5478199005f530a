//! Whatever the bytes: reading and resolving them gives a model or an error. A model can be written, and what is
//! written reads as the same model.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pim_gen::{Result, csdl, edm};

fuzz_target!(|bytes: &[u8]| {
    // Of an empty schema nothing is left, not even a schema.
    if let Ok(model) = understand(bytes)
        && model != edm::Model::default()
    {
        let written = csdl::write(&model);
        let again = understand(written.as_bytes()).expect("what was written does not read");
        assert_eq!(again.without_positions(), model.without_positions());
    }
});

fn understand(bytes: &[u8]) -> Result<edm::Model> {
    edm::resolve(&csdl::read(bytes)?, bytes)
}
