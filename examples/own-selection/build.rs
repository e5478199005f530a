//! Generates the client into cargo's `OUT_DIR`, from what is beside this file.

fn main() -> pim_gen::Result<()> {
    pim_gen::Builder::new()
        .metadata("v1.0", "metadata.csdl.xml")
        .selection("selection.toml")
        .overlay("overlay.toml")
        .compile()
}
