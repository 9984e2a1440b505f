//! `zbib serve`: the site on this computer, built again when something changes.

use clap::Args;

use crate::cli::{Context, Failure, build, sync};
use crate::config::Config;
use crate::serve::{self, Settings, Site};

/// Show the site on this computer, and build it again when its sources change
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port on this computer; 0 takes a free one
    #[arg(short, long)]
    port: Option<u16>,
    /// Use what the cache holds; open no connection to Zotero
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    place: build::Place,
}

pub(super) fn run(arguments: &Serve, context: &Context<'_>) -> Result<(), Failure> {
    let load = || Config::load(&context.arguments.request(arguments.place.flags()), context.environment);
    let config = load()?;
    let request = sync::Request::default();
    let built = build::build(&config, (!arguments.offline).then_some(&request), context.report)?;
    context.report.conclude();
    // What there is can be looked at all the same.
    built.failures.iter().for_each(|(_, error)| context.report.failure(error));
    let settings = Settings { port: arguments.port.unwrap_or(config.file.serve.port) };
    // After the first build only what the owner changes here is new, so Zotero is not asked again.
    let rebuild = || -> Result<Site, Failure> {
        let config = load()?;
        build::build(&config, None, context.report)?;
        Ok(site(&config, context))
    };
    serve::serve(site(&config, context), &settings, context.report, || {
        let built = rebuild().map_err(|failure| context.report.failure(failure.error()));
        context.report.conclude();
        built.ok()
    })?;
    Ok(())
}

fn site(config: &Config, context: &Context<'_>) -> Site {
    let settings = context.arguments.config_file().to_owned();
    let folders = ["content", "themes", "static"].map(|name| config.root.join(name));
    let base_path = config.site.base_url.as_ref().map_or("/", |url| url.path());
    let base_path = format!("{}/", base_path.trim_end_matches('/'));
    Site { folder: config.output(), base_path, sources: folders.into_iter().chain([settings]).collect() }
}
