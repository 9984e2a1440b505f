//! Arguments, and the stories: what each command does, on one screen.
//!
//! Nothing here prints but through `report`, and nothing here knows how a thing is done: a command calls the rooms in
//! their order and says what came of it.

mod account;
mod again;
mod arguments;
mod build;
mod check;
mod cite;
mod clean;
mod completions;
mod config;
mod exit;
mod export;
mod failure;
mod find;
mod init;
mod publishing;
mod records;
mod rules;
mod serve;
mod skipped_log;
mod status;
mod stored_files;
mod sync;

use std::ffi::OsString;

use clap::Parser;

use crate::config::Environment;
use crate::report::Report;

pub use self::arguments::Arguments;
pub use self::exit::Exit;

use self::arguments::Command;
use self::failure::Failure;

/// What every command is given beside its own arguments.
struct Context<'a> {
    arguments: &'a Arguments,
    environment: &'a Environment,
    report: &'a Report,
}

/// Runs the program and tells how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return exit::of_usage(&error),
    };
    let report = Report::new(arguments.report(environment.report()));
    let context = Context { arguments: &arguments, environment, report: &report };
    let result = command(&arguments.command, &context);
    let warnings = report.conclude();
    match result {
        Ok(()) if arguments.strict && warnings > 0 => Exit::Warnings,
        Ok(()) => Exit::Done,
        Err(failure) => {
            report.failure(failure.error());
            failure.exit()
        }
    }
}

fn command(command: &Command, context: &Context<'_>) -> Result<(), Failure> {
    match command {
        Command::Init(arguments) => init::run(arguments, context),
        Command::Sync(arguments) => sync::run(arguments, context),
        Command::Build(arguments) => build::run(arguments, context),
        Command::Serve(arguments) => serve::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Status(arguments) => status::run(arguments, context),
        Command::Find(arguments) => find::run(arguments, context),
        Command::Export(arguments) => export::run(arguments, context),
        Command::Cite(arguments) => cite::run(arguments, context),
        Command::Config(arguments) => config::run(arguments, context),
        Command::Clean(arguments) => clean::run(arguments, context),
        Command::Completions(arguments) => completions::run(arguments, context),
    }
}
