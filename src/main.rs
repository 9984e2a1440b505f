//! The `zbib` program: arguments in, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    zbib::cli::run(std::env::args_os(), &zbib::config::Environment::of_process()).into()
}
