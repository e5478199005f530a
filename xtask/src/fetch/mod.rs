//! `cargo xtask fetch`: Graph's metadata, downloaded, looked at and kept.
//!
//! A download ([`download`]) is asked for by [`exchange`], goes on where an earlier one ended ([`resume`]), and is kept
//! ([`cache`]) only if it is whole ([`verify`]). `cargo xtask gen --metadata` takes documents by way of [`source`].
//!
//! Exit codes: 0 the documents are in the cache; 1 one could not be had, is no metadata, or is damaged in the cache; 2 bad
//! arguments, or the cache is no folder that can be written.

mod address;
mod cache;
mod changes;
mod download;
mod exchange;
mod failure;
mod limits;
mod progress;
mod refusal;
mod resume;
mod source;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use pim_gen::select::Missing;
use pim_gen::{Error, Result};

use crate::lock::Lock;
use crate::out::{note, print, say};
use crate::workspace::Root;
use crate::written::{Written, check_version};
use address::{Address, Cloud};
use cache::{Cache, Stored};
use download::{Download, Got};
use limits::Limits;
use progress::{Bar, Progress};
use resume::Partial;
use source::is_address;

pub(crate) use source::{Fetched, fetch};

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  cargo xtask fetch                            both versions of the worldwide cloud
  cargo xtask fetch v1.0 --cloud usgov         one version of a national cloud
  cargo xtask fetch beta --url https://graph.example/beta
                                               from elsewhere: the version's address, or that of the document;
                                               quote it if it has a $ in it
  cargo xtask fetch --list                     what is there, and whether it is as it was stored
  cargo xtask fetch --prune 3                  keep the newest three of each version

The cache is a folder `pim/metadata` among the user's caches, or PIM_METADATA_CACHE, or --cache. Nothing is sent that
tells who asks. Proxies are those of ALL_PROXY, HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

Exit codes: 0 the documents are in the cache; 1 one could not be had, is no metadata, or is damaged; 2 bad arguments.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The version: v1.0 or beta; both, if it is left out
    version: Option<String>,
    /// Whose metadata
    #[arg(long, value_enum, default_value = "global")]
    cloud: Cloud,
    /// From this address instead: https only, save on this machine
    #[arg(long, value_name = "URL", requires = "version", conflicts_with = "cloud")]
    url: Option<String>,
    /// Where to keep it
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Show what is in the cache, and fetch nothing
    #[arg(long, conflicts_with_all = ["version", "cloud", "url", "prune"])]
    list: bool,
    /// Remove all but the newest N documents of each version and cloud, and fetch nothing
    #[arg(long, value_name = "N", conflicts_with_all = ["version", "cloud", "url"], value_parser = clap::value_parser!(u16).range(1..))]
    prune: Option<u16>,
    #[command(flatten)]
    limits: Limits,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = Root::workspace();
    let cache = Cache::at(arguments.cache.as_deref())?;
    if arguments.list {
        return list(&cache, &workspace);
    }
    if let Some(keep) = arguments.prune {
        return prune(&cache, keep.into());
    }
    let mut code = ExitCode::SUCCESS;
    for (version, address) in wanted(arguments, &workspace)? {
        let folder = cache.folder(&address)?;
        // The other version is not held up by what is wrong with this one.
        if let Err(error) = one(&folder, &workspace, &version, &address, arguments.limits) {
            note(format_args!("error: {error}"));
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// Graph's own document of `version`, of the worldwide cloud, fetched into the user's cache: where it is.
pub(crate) fn graphs(version: &str) -> Result<PathBuf> {
    kept(version, &Address::of(Cloud::Global, version)?)
}

/// The document of `version` as a file: `source` itself or, if that is an address, what it has now, in the user's cache.
/// So it is asked once, and whoever reads the file again reads the same.
pub(crate) fn as_file(version: &str, source: &str) -> Result<PathBuf> {
    if is_address(source) { kept(version, &Address::given(source, version)?) } else { Ok(source.into()) }
}

fn kept(version: &str, address: &Address) -> Result<PathBuf> {
    let folder = Cache::at(None)?.folder(address)?;
    let (Stored::New(entry) | Stored::Same(entry)) =
        stored(&folder, version, address, Limits::default(), &Bar::new(version))?;
    Ok(entry.path)
}

/// The versions to fetch, and where they are.
fn wanted(arguments: &Arguments, workspace: &Root) -> Result<Vec<(String, Address)>> {
    let versions = Written::read(workspace)?.generator(Missing::Report)?.versions();
    let Some(version) = &arguments.version else {
        return versions
            .into_iter()
            .map(|version| Ok((version.clone(), Address::of(arguments.cloud, &version)?)))
            .collect();
    };
    check_version(&versions, version)?;
    let address = match &arguments.url {
        Some(url) => Address::given(url, version)?,
        None => Address::of(arguments.cloud, version)?,
    };
    Ok(vec![(version.clone(), address)])
}

/// Fetches one document, and says what it brings.
fn one(folder: &Path, workspace: &Root, version: &str, address: &Address, limits: Limits) -> Result<()> {
    let bar = Bar::new(version);
    let stored = stored(folder, version, address, limits, &bar)?;
    let (entry, what) = match &stored {
        Stored::New(entry) => (entry, "stored as"),
        Stored::Same(entry) => (entry, "the same as in"),
    };
    bar.doing("comparing it with the selection");
    let changes = changes::since_lock(workspace, entry, address.cloud());
    drop(bar);
    let (path, record) = (entry.path.display(), &entry.record);
    say(format_args!("{version}: {address}, {} bytes, sha256 {}", record.size, record.sha256));
    if !same_host(address, &record.answered_by) {
        say(format_args!("{version}: another host answered, by a redirect: {}", record.answered_by));
    }
    say(format_args!("{version}: {what} {path}"));
    print(&changes?)
}

/// Fetches the document of `version` at `address` into a folder of the cache, unless it is there.
fn stored(folder: &Path, version: &str, address: &Address, limits: Limits, progress: &dyn Progress) -> Result<Stored> {
    let newest = cache::newest(folder, version)?.filter(|newest| newest.record.address == address.as_str());
    let known = newest.as_ref().map(|newest| &newest.record.validators);
    let mut partial = Partial::open(&cache::partial(folder), version)?;
    let got = Download { address, limits, known, progress }.run(&mut partial)?;
    match (got, newest) {
        (Got::Document(received), _) => cache::store(folder, version, address, &received, chrono::Utc::now()),
        (Got::NotModified, Some(newest)) => Ok(Stored::Same(newest)),
        (Got::NotModified, None) => Err(Error::new(format!("cannot fetch {address}: it answered as if it were known"))),
    }
}

fn same_host(address: &Address, answered_by: &str) -> bool {
    Address::parse(answered_by).is_ok_and(|other| other.host() == address.host())
}

fn list(cache: &Cache, workspace: &Root) -> Result<ExitCode> {
    let lock = Lock::read(workspace)?;
    let mut code = ExitCode::SUCCESS;
    let mut count = 0;
    for folder in cache.folders()? {
        for entry in cache::entries(&folder)? {
            count += 1;
            match entry {
                Ok(entry) => {
                    let (path, record) = (entry.path.display(), &entry.record);
                    let is_locked = lock.0.values().any(|source| source.sha256 == record.sha256);
                    let locked = if is_locked { ", the one in spec/lock.toml" } else { "" };
                    say(format_args!("{path}: {} bytes of {}, {}{locked}", record.size, record.address, record.day()));
                }
                Err(error) => {
                    say(format_args!("damaged: {error}"));
                    code = ExitCode::FAILURE;
                }
            }
        }
    }
    if count == 0 {
        say(format_args!("nothing is in {} yet; cargo xtask fetch brings it", cache.path().display()));
    }
    Ok(code)
}

fn prune(cache: &Cache, keep: usize) -> Result<ExitCode> {
    for folder in cache.folders()? {
        for path in cache::prune(&folder, keep, SystemTime::now())? {
            say(format_args!("removed {}", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}
