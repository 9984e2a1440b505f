//! Names in the output folder that are the writer's own.

/// What the last build wrote.
pub(super) const MANIFEST: &str = ".zbib-manifest";
/// Where changed files wait until they get their names.
pub(super) const STAGING: &str = ".zbib-staging";
