//! The command line. Every flag has an environment twin that starts with `CONIFER_`; a flag wins over its twin.

pub mod environment;
pub mod hide;
pub mod serve;
pub mod values;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use values::Secret;

pub use serve::ServeArgs;

/// A self-hosted vector database with a team console.
#[derive(Debug, Parser)]
#[command(name = "conifer", version, subcommand_required = true, arg_required_else_help = true)]
#[command(max_term_width = 100, after_help = "Start with: conifer serve")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the console and the API
    Serve(Box<ServeArgs>),
    /// Make the first account, organization and project without a browser
    Bootstrap(BootstrapArgs),
    /// Bring the database up to date and say what was done
    Migrate(MigrateArgs),
    /// Check what Conifer needs: data directory, database, mail, disk, ports
    Doctor(Box<DoctorArgs>),
    /// List and show mails that wait in the data directory
    Outbox(OutboxArgs),
}

/// Where state lies; the same for every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "State")]
pub struct StateArgs {
    /// Directory for everything Conifer keeps; made when missing, readable by its owner only
    #[arg(long, value_name = "DIR", env = "CONIFER_DATA", default_value = "./data")]
    pub data: PathBuf,

    /// Database: sqlite:///absolute/path.db or postgres://user:password@host/name, or @FILE that holds it
    /// [default: conifer.db in the data directory; DATABASE_URL counts too]
    #[arg(long, value_name = "URL", env = "CONIFER_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<Secret>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Running it again with the same e-mail, organization and project changes nothing and prints the same ids.
The secret of an API key that was made before is not printed again.
Exit codes: 0 done or done before, 1 failed, 2 wrong setting, 3 set up already with other names.

Example:
  printf %s \"$PASSWORD\" | conifer bootstrap --data /var/lib/conifer --email ada@example.com \\
      --password-stdin --organization Acme --project Search --api-key ci --json")]
pub struct BootstrapArgs {
    #[command(flatten)]
    pub state: StateArgs,

    /// Address the first owner signs in with
    #[arg(long, value_name = "ADDRESS", env = "CONIFER_BOOTSTRAP_EMAIL")]
    pub email: String,

    /// The first owner's name [default: the part of the e-mail before the @]
    #[arg(long, value_name = "PERSON", env = "CONIFER_BOOTSTRAP_NAME")]
    pub name: Option<String>,

    /// Read the password from standard input, where no process list shows it (the only way to give it)
    #[arg(long, required = true)]
    pub password_stdin: bool,

    /// Name of the first organization
    #[arg(long, value_name = "NAME", env = "CONIFER_BOOTSTRAP_ORGANIZATION")]
    pub organization: String,

    /// Name of its first project
    #[arg(long, value_name = "NAME", env = "CONIFER_BOOTSTRAP_PROJECT")]
    pub project: String,

    /// Make an API key of this name that reads and writes the project, and print its secret this once
    #[arg(long, value_name = "NAME", env = "CONIFER_BOOTSTRAP_API_KEY")]
    pub api_key: Option<String>,

    /// Make a service account of this name that owns the organization, and print its secret this once
    #[arg(long, value_name = "NAME", env = "CONIFER_BOOTSTRAP_SERVICE_ACCOUNT")]
    pub service_account: Option<String>,

    /// Print the ids as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct MigrateArgs {
    #[command(flatten)]
    pub state: StateArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 nothing failed (warnings may stand), 1 something failed, 2 wrong setting."
)]
pub struct DoctorArgs {
    /// The settings to check are those of `conifer serve`
    #[command(flatten)]
    pub serve: ServeArgs,

    /// Print the findings as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  conifer outbox list\n  conifer outbox show 0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69"
)]
pub struct OutboxArgs {
    /// Directory for everything Conifer keeps
    #[arg(long, value_name = "DIR", env = "CONIFER_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,

    #[command(subcommand)]
    pub command: Option<OutboxCommand>,
}

#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    /// List the mails, newest first (the default)
    List,
    /// Show one mail with its links
    Show {
        /// The mail's id, from the list
        id: String,
    },
}
