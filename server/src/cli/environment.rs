//! A misspelt `CONIFER_…` variable would silently do nothing, so it is refused.

use super::Cli;
use clap::CommandFactory;
use std::{collections::BTreeSet, env};

/// Read by the build, the developer's reload and the tests, which may share an environment with the server.
const FOR_DEVELOPERS: [&str; 2] = ["CONIFER_SITE_HASH", "CONIFER_DEV_RELOAD"];
const FOR_TESTS: &str = "CONIFER_TEST_";

/// Says which variables are set that no flag reads.
pub fn check() -> Result<(), String> {
    let set = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let known = known(&Cli::command());
    match set.filter(|name| is_unknown(name, &known)).collect::<Vec<_>>().as_slice() {
        [] => Ok(()),
        unknown => Err(format!(
            "Unknown environment: {}. Conifer reads {}.",
            unknown.join(", "),
            Vec::from_iter(known).join(", ")
        )),
    }
}

fn is_unknown(name: &str, known: &BTreeSet<String>) -> bool {
    name.starts_with("CONIFER_")
        && !known.contains(name)
        && !FOR_DEVELOPERS.contains(&name)
        && !name.starts_with(FOR_TESTS)
}

fn known(command: &clap::Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|arg| Some(arg.get_env()?.to_str()?.to_owned()));
    own.chain(command.get_subcommands().flat_map(known)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_with_a_value_has_a_twin_of_its_name() {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").expect("serve");
        for arg in serve.get_arguments() {
            let long = arg.get_long().expect("a long name");
            let twin = format!("CONIFER_{}", long.replace('-', "_").to_uppercase());
            assert_eq!(arg.get_env().and_then(|name| name.to_str()), Some(twin.as_str()), "--{long}");
        }
    }

    #[test]
    fn a_misspelt_variable_is_unknown() {
        let known = known(&Cli::command());
        assert!(is_unknown("CONIFER_PUBLIC_ULR", &known));
        for name in ["CONIFER_PUBLIC_URL", "CONIFER_SITE_HASH", "CONIFER_TEST_POSTGRES_URL", "PATH"] {
            assert!(!is_unknown(name, &known), "{name}");
        }
    }
}
