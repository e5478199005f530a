//! With the feature `regenerate`: generates the code from `spec/`, into `OUT_DIR`. Without it: nothing.

#[cfg(feature = "regenerate")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    // A link to the workspace's own, so that it is packaged with the crate.
    pim_gen::Builder::new()
        .metadata("beta", "spec/beta/metadata.csdl.xml")
        .metadata("v1.0", "spec/v1.0/metadata.csdl.xml")
        .selection("spec/pim.toml")
        .overlay("spec/overlay.toml")
        .feature("beta", "beta")
        .exchange()
        .out_folder(out.join("generated"))
        .compile()?;
    Ok(())
}

#[cfg(not(feature = "regenerate"))]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
