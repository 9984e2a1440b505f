//! `zbib completions`: what a shell needs to complete zbib's commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::{Arguments, Context, Failure};

/// Write the completions for a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    shell: Shell,
}

#[expect(clippy::unnecessary_wraps, reason = "all commands have one shape")]
pub(super) fn run(arguments: &Completions, context: &Context<'_>) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "zbib", &mut script);
    context.report.data(&String::from_utf8_lossy(&script));
    Ok(())
}
