//! Whether a server still answers.

use crate::zotero::source::SourceError;

/// Told from how many questions in a row stayed without an answer.
pub(super) struct Luck {
    any: bool,
    in_a_row: usize,
    most: usize,
    last: Option<SourceError>,
}

impl Luck {
    /// Bears `most` unanswered questions in a row.
    pub(super) fn new(most: usize) -> Self {
        Self { any: false, in_a_row: 0, most, last: None }
    }

    pub(super) fn answered(&mut self) {
        (self.any, self.in_a_row) = (true, 0);
    }

    /// Bears it that a question stays unanswered, unless too many do; all other failures are an end.
    pub(super) fn unanswered(&mut self, error: SourceError) -> Result<(), SourceError> {
        if error.is_unanswered() { self.unanswered_or_heavy(error) } else { Err(error) }
    }

    pub(super) fn unanswered_or_heavy(&mut self, error: SourceError) -> Result<(), SourceError> {
        self.in_a_row += 1;
        if self.in_a_row > self.most {
            return Err(error);
        }
        self.last = Some(error);
        Ok(())
    }

    /// The end: where nothing was answered, that is the failure.
    pub(super) fn end(self) -> Result<(), SourceError> {
        match self.last {
            Some(error) if !self.any => Err(error),
            _ => Ok(()),
        }
    }
}
