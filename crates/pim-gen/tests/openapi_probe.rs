#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]
#[path = "support/described.rs"]
mod described;
#[path = "support/microsoft.rs"]
mod microsoft;
#[path = "support/outline.rs"]
mod outline;
mod support;
#[path = "support/value.rs"]
mod value;
use described::*;
use microsoft::*;
use pim_gen::select::Missing;
#[test]
fn probe() {
    let graph = support::graph_dir().unwrap();
    let manifest = pim_gen::spec::Manifest::parse(&spec("pim.toml")).unwrap();
    for version in ["v1.0", "beta"] {
        let whole = manifest.resources.iter().map(|r| r.path.get_ref().clone()).collect::<Vec<_>>();
        for full in [false, true] {
            let bytes = if full {
                std::fs::read(graph.join(format!("metadata/{version}.csdl.xml"))).unwrap()
            } else {
                spec(&format!("{version}/metadata.csdl.xml")).into_bytes()
            };
            let model = of_csdl(&bytes);
            let csdl = api(model.clone(), version, Missing::Error);
            for style in [Style::Plain, Style::Marked, Style::Newest] {
                let value = openapi(&model, style, &Paths { depth: if full { 1 } else { 3 }, whole: whole.clone() });
                let text = if style == Style::Newest { value.to_json() } else { value.to_yaml() };
                std::fs::write(format!("/tmp/oa-{version}-{full}-{style:?}"), &text).unwrap();
                let t = std::time::Instant::now();
                let read = of_openapi(&[&text]);
                println!("=== {version} {full} {style:?} {} MB {:?}", text.len() / 1_000_000, t.elapsed());
                let open = match read {
                    Ok(m) => api(m, version, Missing::Report),
                    Err(e) => {
                        println!("{e}");
                        continue;
                    }
                };
                for (about, (a, b)) in differences(&csdl, &open) {
                    println!("{about}\n    {a:?}\n    {b:?}");
                }
            }
        }
    }
}
