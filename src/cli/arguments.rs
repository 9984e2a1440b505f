//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::{
    build, check, cite, clean, completions, config as config_command, export, find, init, serve, status, sync,
};
use crate::config;
use crate::report;

/// Turns a Zotero library into a complete bibliography website that needs no server
#[derive(Debug, Parser)]
#[command(name = "zbib", version, propagate_version = true, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    global: Global,
    /// End with exit code 3 when there were warnings
    #[arg(long, global = true, help_heading = "Global options")]
    pub(super) strict: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(init::Init),
    Sync(sync::Sync),
    Build(build::Build),
    Serve(serve::Serve),
    Check(check::Check),
    Status(status::Status),
    Find(find::Find),
    Export(export::Export),
    Cite(cite::Cite),
    Config(config_command::ShowConfig),
    Clean(clean::Clean),
    #[command(hide = true)]
    Completions(completions::Completions),
}

/// What holds for all commands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// The settings file
    #[arg(short, long, global = true, value_name = "FILE", default_value = config::FILE)]
    config: PathBuf,
    /// Say more: the time of each stage, and every case of a warning
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Say nothing but why it failed
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
    /// No progress bars
    #[arg(long, global = true)]
    no_progress: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Arguments {
    /// How to report: what the environment says, and the flags over it.
    pub(super) fn report(&self, environment: report::Settings) -> report::Settings {
        let verbosity = match (self.global.quiet, self.global.verbose) {
            (true, _) => report::Verbosity::Quiet,
            (false, true) => report::Verbosity::Verbose,
            (false, false) => report::Verbosity::Normal,
        };
        let color = match self.global.color {
            Color::Auto => report::Color::Auto,
            Color::Always => report::Color::Always,
            Color::Never => report::Color::Never,
        };
        report::Settings { verbosity, color, plain: environment.plain || self.global.no_progress, ..environment }
    }

    /// The settings that are asked for, with those that a command's flags change.
    pub(super) fn request(&self, flags: Vec<(String, String)>) -> config::Request {
        config::Request { file: Some(self.global.config.clone()), flags }
    }

    /// The settings file that is named.
    pub(super) fn config_file(&self) -> &std::path::Path {
        &self.global.config
    }
}
