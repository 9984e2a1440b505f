//! `zbib init`: a folder that can be built.

mod demo;
mod template;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::failure::InitError;
use crate::cli::{Context, Failure};
use crate::config;
use crate::zotero::source;

/// Write `zbib.toml`, and what a new site needs beside it
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The library: a group's address or number, `users/ID`, `publications/ID`, or a folder, .json, .jsonl or .bib file
    #[arg(required_unless_present = "demo")]
    library: Option<String>,
    /// Start with the demonstration library, which needs no network
    #[arg(long, conflicts_with = "library")]
    demo: bool,
    /// The folder to write to
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Also write a workflow that publishes the site on GitHub Pages every night
    #[arg(long)]
    github: bool,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Init, context: &Context<'_>) -> Result<(), Failure> {
    let settings = match &arguments.library {
        Some(text) => template::settings(&source::named(text)?),
        None => template::demo(),
    };
    let mut files = vec![
        (PathBuf::from(config::FILE), settings.into_bytes()),
        (PathBuf::from(".gitignore"), template::GITIGNORE.as_bytes().to_vec()),
        (PathBuf::from("content/about.md"), template::ABOUT.as_bytes().to_vec()),
    ];
    if arguments.github {
        files.push((PathBuf::from(".github/workflows/zbib.yml"), template::WORKFLOW.as_bytes().to_vec()));
    }
    if arguments.demo {
        files.truncate(2);
        files.extend(demo::files());
    }
    if !arguments.force {
        refuse_to_overwrite(&arguments.folder, &files)?;
    }
    for (path, bytes) in &files {
        write(&arguments.folder.join(path), bytes)?;
    }
    let place = arguments.folder.join(config::FILE);
    context.report.say(&format!("wrote {} and {} more files", place.display(), files.len() - 1));
    context.report.say("next: `zbib build`, then `zbib serve` to look at it");
    Ok(())
}

/// A `.gitignore` that is there already is the owner's; everything else in the way is told.
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
