//! The terminal: the one handle through which the program speaks.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::report::failure::{self, Hint};
use crate::report::problem::{self, Level, Problem, Tally, printable};
use crate::report::progress::{Progress, Shown};

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Failures only.
    Quiet,
    #[default]
    Normal,
    /// Also the time of each stage, and every case of a warning.
    Verbose,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal that wants it (`NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are respected).
    #[default]
    Auto,
    Always,
    Never,
}

/// What the owner, the terminal and CI ask of the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    pub verbosity: Verbosity,
    pub color: Color,
    /// No progress bars, even on a terminal.
    pub plain: bool,
    /// Also print warnings as GitHub workflow annotations.
    pub github: bool,
}

/// The handle through which everything is said. Cheap to clone; may be used from any thread.
#[derive(Clone)]
pub struct Report {
    settings: Settings,
    bars: bool,
    tally: Arc<Mutex<Tally>>,
    /// What all of this is about, such as one of several libraries; may be empty.
    subject: String,
}

impl Report {
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let choice = match settings.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        let bars = settings.verbosity == Verbosity::Normal && !settings.plain && std::io::stderr().is_terminal();
        Self { settings, bars, tally: Arc::default(), subject: String::new() }
    }

    /// What a person wants to know of a run: counts, where things are.
    pub fn say(&self, line: &str) {
        if self.settings.verbosity >= Verbosity::Normal {
            let _ = writeln!(anstream::stderr(), "{line}");
        }
    }

    /// What only `-v` shows.
    pub fn detail(&self, line: &str) {
        if self.settings.verbosity >= Verbosity::Verbose {
            let _ = writeln!(anstream::stderr(), "{line}");
        }
    }

    /// Does a stage of the work; `-v` shows how long it took.
    #[expect(clippy::disallowed_methods, reason = "durations are measured here, and only shown")]
    pub fn stage<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.detail(&format!("{name}: {:.2} s", start.elapsed().as_secs_f64()));
        done
    }

    /// The result a command was asked for, on stdout.
    pub fn data(&self, text: &str) {
        let _ = write!(anstream::stdout(), "{text}");
    }

    /// A file that a command was asked for, on stdout: its bytes as they are. Who reads them may have enough before the end;
    /// that is no failure.
    ///
    /// # Errors
    /// When stdout leads to a place that takes no more, such as a full disk.
    pub fn file(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// The same report for work that another command tells of: what problems it keeps are forgotten.
    #[must_use]
    pub fn aside(&self) -> Self {
        Self { tally: Arc::default(), ..self.clone() }
    }

    /// The same report, whose stages say what they are about.
    #[must_use]
    pub fn about(&self, subject: &str) -> Self {
        Self { subject: printable(subject), ..self.clone() }
    }

    /// A stage of `total` steps.
    #[must_use]
    pub fn progress(&self, label: &str, total: Option<u64>) -> Progress {
        let label = if self.subject.is_empty() { label.to_owned() } else { format!("{}: {label}", self.subject) };
        let shown = match self.settings.verbosity {
            _ if self.bars => Shown::Bar,
            Verbosity::Quiet => Shown::Nothing,
            Verbosity::Normal | Verbosity::Verbose => Shown::Lines,
        };
        Progress::new(label, total, shown)
    }

    /// Keeps a problem for the end of the run.
    pub fn problem(&self, problem: Problem) {
        self.tally().add(problem);
    }

    /// Keeps problems for the end of the run.
    pub fn problems(&self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.problem(problem));
    }

    /// Keeps those problems whose places nothing was told of yet.
    pub fn untold_problems(&self, problems: impl IntoIterator<Item = Problem>) {
        self.tally().add_untold(problems);
    }

    /// How many warnings were kept so far.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.tally().warnings()
    }

    /// How many problems were kept so far, notes among them.
    #[must_use]
    pub fn noted(&self) -> usize {
        self.tally().noted()
    }

    /// All that was kept so far, in the words it is told in.
    #[must_use]
    pub fn text(&self) -> String {
        self.tally().text(true)
    }

    /// Shows what was kept, and forgets it. Returns the number of warnings among it.
    pub fn conclude(&self) -> usize {
        let tally = std::mem::take(&mut *self.tally());
        let all = self.settings.verbosity >= Verbosity::Verbose;
        if self.settings.verbosity >= Verbosity::Normal {
            let _ = write!(anstream::stderr(), "{}", painted(&tally.text(all)));
        }
        if self.settings.github {
            tally.groups().for_each(annotate);
        }
        tally.warnings()
    }

    /// Tells why the command could not be done.
    pub fn failure(&self, error: &dyn Hint) {
        let text = failure::text(error);
        let _ = write!(anstream::stderr(), "{}", painted(&text));
        if self.settings.github {
            let _ = writeln!(anstream::stderr(), "::error title=zbib::{}", escaped(&error.to_string()));
        }
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first words of messages in colour; `anstream` strips it where it is not wanted.
fn painted(text: &str) -> String {
    let paint = |line: &str| -> String {
        for (word, code) in [("error:", 31), ("warning:", 33), ("note:", 36)] {
            if let Some(rest) = line.strip_prefix(word) {
                return format!("\u{1b}[1;{code}m{word}\u{1b}[0m{rest}");
            }
        }
        match line.trim_start().strip_prefix("hint:") {
            Some(_) => line.replacen("hint:", "\u{1b}[1;32mhint:\u{1b}[0m", 1),
            None => line.to_owned(),
        }
    };
    text.split('\n').map(paint).collect::<Vec<_>>().join("\n")
}

/// One annotation a kind: the page of a workflow run shows ten of each level at most.
fn annotate(group: &[Problem]) {
    let command = if group[0].kind.level == Level::Warning { "warning" } else { "notice" };
    let places: Vec<_> = group.iter().take(3).map(|problem| problem.place.as_str()).collect();
    let text = format!("{} ({})", problem::sentence(group), places.join(", "));
    let _ = writeln!(anstream::stderr(), "::{command} title=zbib {}::{}", group[0].kind.id, escaped(&text));
}

/// A message as GitHub's workflow commands want it, so that no text from outside can start a command of its own.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
