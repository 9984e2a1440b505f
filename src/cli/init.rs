//! `zbib init`: a folder that can be built.

mod demo;
mod template;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::failure::InitError;
use crate::cli::{Context, Failure};
use crate::config;
use crate::report::{Report, counted};
use crate::zotero::source;

/// Write `zbib.toml`, and what a new site needs beside it
#[derive(Debug, Args)]
#[command(override_usage = "zbib init [OPTIONS] <LIBRARY>\n       zbib init [OPTIONS] --demo")]
pub(super) struct Init {
    /// The library: a group's address or number, `users/ID`, `publications/ID`, `desktop` (the Zotero on this computer), or a
    /// folder, .json, .jsonl, .bib or .ris file
    #[arg(required_unless_present = "demo")]
    library: Option<String>,
    /// Start with the demonstration library, which needs no network
    #[arg(long, conflicts_with = "library")]
    demo: bool,
    /// The folder to write to
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Also write a workflow that publishes the site on GitHub Pages every night
    #[arg(long)]
    github: bool,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Init, context: &Context<'_>) -> Result<(), Failure> {
    let folder = arguments.folder.clone().unwrap_or_default();
    let files = files(arguments, &folder)?;
    if !arguments.force {
        refuse_to_overwrite(&folder, &files)?;
    }
    for (path, bytes) in &files {
        write(&folder.join(path), bytes)?;
    }
    let written = files.len() + usize::from(ignore(&folder, context.report)?);
    let place = folder.join(config::FILE);
    context.report.say(&format!("wrote {} and {}", place.display(), counted(written - 1, "other file")));
    context.report.say("next: `zbib build`, then `zbib serve` to look at it");
    Ok(())
}

/// Everything but `.gitignore`, with its place in the folder.
fn files(arguments: &Init, folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let settings = match &arguments.library {
        Some(text) => {
            let library = from_folder(source::named(text)?, folder)?;
            if arguments.github && library.is_desktop() {
                return Err(InitError::DesktopAtGitHub.into());
            }
            template::settings(&library)
        }
        None => template::demo(),
    };
    let mut files = vec![(PathBuf::from(config::FILE), settings.into_bytes())];
    if arguments.demo {
        files.extend(demo::files());
    } else {
        files.push((PathBuf::from("content/about.md"), template::ABOUT.as_bytes().to_vec()));
    }
    if arguments.github {
        files.push((PathBuf::from(".github/workflows/zbib.yml"), template::WORKFLOW.as_bytes().to_vec()));
    }
    Ok(files)
}

/// A path is typed as seen from here, and written as seen from the settings file.
fn from_folder(library: source::Settings, folder: &Path) -> Result<source::Settings, InitError> {
    let Some(path) = library.location() else { return Ok(library) };
    let missing = |_| InitError::NoLibrary { path: path.display().to_string() };
    let there = path.canonicalize().map_err(missing)?;
    if path.is_absolute() || folder.as_os_str().is_empty() {
        return Ok(library);
    }
    let base = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let base = base.canonicalize().unwrap_or(base);
    let shared = base.components().zip(there.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(shared).map(|_| "..");
    let down = there.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let path = up.map(str::to_owned).chain(down).collect::<Vec<_>>().join("/");
    Ok(source::Settings { path: Some(path), ..library })
}

/// A `.gitignore` that is there already is the owner's.
fn ignore(folder: &Path, report: &Report) -> Result<bool, InitError> {
    let path = folder.join(".gitignore");
    if !path.exists() {
        return write(&path, template::GITIGNORE.as_bytes()).map(|()| true);
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    let lacking = template::GITIGNORE.lines().filter(|line| !there.lines().any(|known| known == *line));
    let lacking: Vec<_> = lacking.collect();
    if !lacking.is_empty() {
        report.say(&format!("{} is yours; add to it: {}", path.display(), lacking.join(" ")));
    }
    Ok(false)
}

/// Everything that is in the way is the owner's.
fn refuse_to_overwrite(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), InitError> {
    match files.iter().map(|(path, _)| folder.join(path)).find(|path| path.exists()) {
        Some(path) => Err(InitError::Exists { path }),
        None => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), InitError> {
    let unwritable = |source| InitError::Unwritable { path: path.to_owned(), source };
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(unwritable)?;
    std::fs::write(path, bytes).map_err(unwritable)
}
