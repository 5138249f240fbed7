//! A process list shows every command line to everybody on the machine, while an environment is its owner's.
//! So secrets that stand on the command line move to the environment, and the process starts over in place.

use std::{
    env,
    ffi::{OsStr, OsString},
    os::unix::process::CommandExt,
    process::Command,
};
use url::Url;

const SECRETS: [(&str, &str); 3] = [
    ("--database-url", "CONIFER_DATABASE_URL"),
    ("--smtp-url", "CONIFER_SMTP_URL"),
    ("--metrics-token", "CONIFER_METRICS_TOKEN"),
];

/// Returns when there is nothing to hide. Otherwise this process becomes one without secrets in its title.
pub fn secrets_of_the_command_line() -> Result<(), String> {
    let args: Vec<OsString> = env::args_os().collect();
    let Hidden { args, environment } = hide(&args);
    if environment.is_empty() {
        return Ok(());
    }
    let program = env::current_exe().map_err(|error| refusal(&environment, &error))?;
    let mut again = Command::new(program);
    if let Some((name, rest)) = args.split_first() {
        again.arg0(name).args(rest);
    }
    let error = again.envs(environment.iter().map(|(name, value)| (name, value))).exec();
    Err(refusal(&environment, &error))
}

fn refusal(environment: &[(&'static str, OsString)], error: &std::io::Error) -> String {
    let names: Vec<_> = environment.iter().map(|(name, _)| *name).collect();
    format!(
        "Secrets on the command line can be read by everybody on this machine, and moving them failed \
         ({error}). Set {} instead.",
        names.join(" and ")
    )
}

struct Hidden {
    args: Vec<OsString>,
    environment: Vec<(&'static str, OsString)>,
}

fn hide(args: &[OsString]) -> Hidden {
    let mut hidden = Hidden { args: Vec::new(), environment: Vec::new() };
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let (flag, inline) = split(arg);
        let Some((_, twin)) = SECRETS.iter().find(|(name, _)| flag == Some(*name)) else {
            hidden.args.push(arg.clone());
            continue;
        };
        let value = inline.map(OsString::from).or_else(|| rest.as_slice().first().cloned());
        match value.filter(|value| is_secret(twin, value)) {
            Some(value) => {
                hidden.environment.push((twin, value));
                if inline.is_none() {
                    rest.next();
                }
            }
            None => hidden.args.push(arg.clone()),
        }
    }
    hidden
}

fn split(arg: &OsStr) -> (Option<&str>, Option<&str>) {
    match arg.to_str().and_then(|text| text.split_once('=')) {
        Some((flag, value)) => (Some(flag), Some(value)),
        None => (arg.to_str(), None),
    }
}

/// A token always is one; an address is one when it names a password, or cannot be read.
fn is_secret(twin: &str, value: &OsStr) -> bool {
    let Some(value) = value.to_str().filter(|value| !value.starts_with('@')) else {
        return false;
    };
    if twin == "CONIFER_METRICS_TOKEN" {
        return !value.starts_with('-');
    }
    match Url::parse(value) {
        Ok(url) => url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password"),
        Err(_) => value.contains('@'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(args: &[&str]) -> (Vec<String>, Vec<String>) {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        let Hidden { args, environment } = hide(&args);
        let args = args.into_iter().filter_map(|arg| arg.into_string().ok()).collect();
        let set =
            environment.into_iter().map(|(name, value)| format!("{name}={}", value.display())).collect();
        (args, set)
    }

    #[test]
    fn passwords_move_to_the_environment() {
        let (args, set) = hidden(&[
            "conifer",
            "serve",
            "--database-url",
            "postgres://ada:pw@db/conifer",
            "--smtp-url=smtps://ada:pw@mail",
            "--metrics-token",
            "t0ken",
            "--log-level",
            "debug",
        ]);
        assert_eq!(args, ["conifer", "serve", "--log-level", "debug"]);
        assert_eq!(
            set,
            [
                "CONIFER_DATABASE_URL=postgres://ada:pw@db/conifer",
                "CONIFER_SMTP_URL=smtps://ada:pw@mail",
                "CONIFER_METRICS_TOKEN=t0ken"
            ]
        );
    }

    #[test]
    fn what_holds_no_secret_stays() {
        let given = [
            "conifer",
            "serve",
            "--database-url=postgres://localhost/conifer",
            "--smtp-url",
            "smtp://127.0.0.1:2525",
            "--metrics-token=@/run/secrets/metrics",
        ];
        assert_eq!(hidden(&given), (given.map(String::from).to_vec(), Vec::new()));
    }
}
