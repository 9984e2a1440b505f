//! `zbib config`: the settings that hold.

use clap::Args;

use crate::cli::{Context, Failure};
use crate::config::{Config, ConfigError, Origin, Value};
use crate::report;

/// Show every setting, its value, and where that comes from
#[derive(Debug, Args)]
pub(super) struct ShowConfig {
    /// Only settings whose name begins with this, such as `publish`
    name: Option<String>,
}

pub(super) fn run(arguments: &ShowConfig, context: &Context<'_>) -> Result<(), Failure> {
    let config = Config::load(&context.arguments.request(Vec::new()), context.environment)?;
    let wanted = |name: &str| arguments.name.as_deref().is_none_or(|start| name.starts_with(start));
    let values: Vec<_> = config.values.iter().filter(|value| wanted(&value.name)).collect();
    if let (true, Some(name)) = (values.is_empty(), &arguments.name) {
        return Err(no_setting(name, &config).into());
    }
    let lines: Vec<_> = values.iter().map(|value| line(value)).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default().min(72);
    for (line, value) in lines.iter().zip(values) {
        context.report.data(&format!("{line:width$}  # {}\n", value.origin));
    }
    for library in &config.libraries {
        if library.settings.location().is_none() && wanted("libraries") {
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

fn no_setting(name: &str, config: &Config) -> ConfigError {
    let tables = config.values.iter().filter_map(|value| value.name.split('.').next());
    let known: Vec<_> = tables.chain(config.values.iter().map(|value| value.name.as_str())).collect();
    ConfigError::NoSetting { name: name.to_owned(), nearest: report::nearest(name, &known).map(str::to_owned) }
}

fn line(value: &Value) -> String {
    match value.origin {
        Origin::Unset => format!("# {}", value.name),
        _ => format!("{} = {}", value.name, value.value),
    }
}
