//! Exit codes.

use std::process::ExitCode;

/// How a run ended. The numbers are a promise to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: could not finish.
    Failed,
    /// 2: wrong usage or settings.
    Usage,
    /// 3: done, but with warnings, under `--strict`.
    Warnings,
}

impl Exit {
    /// The number the system is given.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Warnings => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// clap knows best how to say that an argument is wrong, or to show the help that was asked for.
pub(super) fn of_usage(error: &clap::Error) -> Exit {
    // There is nobody left to tell if the terminal itself is gone.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}
