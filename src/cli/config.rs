//! `zbib config`: the settings that hold.

use clap::Args;

use crate::cli::{Context, Failure};
use crate::config::Config;

/// Show every setting that holds, and where its value comes from
#[derive(Debug, Args)]
pub(super) struct ShowConfig {
    /// Only settings whose name begins with this, such as `publish`
    name: Option<String>,
}

pub(super) fn run(arguments: &ShowConfig, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let wanted = |name: &str| arguments.name.as_deref().is_none_or(|start| name.starts_with(start));
    let values: Vec<_> = config.values.iter().filter(|value| wanted(&value.name)).collect();
    let width = values.iter().map(|value| value.name.len() + value.value.len() + 3).max().unwrap_or_default().min(72);
    for value in values {
        let line = format!("{} = {}", value.name, value.value);
        context.report.data(&format!("{line:width$}  # {}\n", value.origin));
    }
    for library in &config.libraries {
        if library.settings.location().is_none() {
            let state = if library.key.is_some() { "set" } else { "not set" };
            context.report.data(&format!(
                "# the API key of {} ({}): {state}\n",
                library.settings.library(),
                library.settings.key_env
            ));
        }
    }
    Ok(())
}
