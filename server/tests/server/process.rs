//! Starting and stopping the binary.

use crate::{browser::Browser, database::Database};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub const EMAIL: &str = "ada@example.com";
pub const PASSWORD: &str = "correct horse battery staple";
const START_WAIT_MAX: Duration = Duration::from_secs(60);

/// The binary with an environment that holds no settings.
pub fn conifer() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conifer"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CONIFER_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end with `input`.
pub fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A command that refuses its flags may end before it reads.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub struct Server {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    pub console: String,
    pub api: String,
    pub data: TempDir,
    log: PathBuf,
    database: Option<Database>,
}

impl Server {
    pub fn start() -> Self {
        Self::with(&[])
    }

    pub fn with(flags: &[&str]) -> Self {
        Self::spawn(None, |command| command.args(flags))
    }

    pub fn on(database: Option<Database>) -> Self {
        Self::spawn(database, |command| command)
    }

    pub fn spawn(database: Option<Database>, change: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let data = tempfile::tempdir().expect("a directory");
        let log = data.path().join("log");
        let mut command = conifer();
        // By the environment, so that flags can say otherwise.
        command.arg("serve").env("CONIFER_DATA", data.path()).env("CONIFER_SHUTDOWN_GRACE_S", "20");
        command.args(["--console-listen=127.0.0.1:0", "--api-listen=127.0.0.1:0"]);
        if let Some(database) = &database {
            command.env("CONIFER_DATABASE_URL", &database.url);
        }
        change(&mut command).stdout(Stdio::piped()).stderr(File::create(&log).expect("a log"));
        let mut child = command.spawn().expect("the binary starts");
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (output, seen) = (child.stdout.take().expect("a pipe"), lines.clone());
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                seen.lock().expect("no panic").push(line);
            }
        });
        let (console, api) = (String::new(), String::new());
        let mut server = Self { child, lines, console, api, data, log, database };
        server.console = server.line("Console: ");
        server.api = server.line("API: ");
        server
    }

    /// The rest of the printed line that begins so.
    pub fn line(&mut self, beginning: &str) -> String {
        let begun = Instant::now();
        loop {
            let lines = self.lines.lock().expect("no panic").clone();
            if let Some(rest) = lines.iter().find_map(|line| line.strip_prefix(beginning)) {
                return rest.to_owned();
            }
            let ended = self.child.try_wait().expect("a state");
            let late = begun.elapsed() > START_WAIT_MAX;
            assert!(ended.is_none() && !late, "no line {beginning:?}: {ended:?} {lines:?} {}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn printed(&self) -> Vec<String> {
        self.lines.lock().expect("no panic").clone()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.console)
    }

    /// The token of the printed set-up link.
    pub fn set_up_token(&mut self) -> String {
        let link = self.line("Set up Conifer once at: ");
        link.split_once("token=").expect("a token").1.to_owned()
    }

    /// Makes the first owner and returns their signed-in browser.
    pub fn set_up(&mut self) -> Browser {
        let token = self.set_up_token();
        let mut browser = self.browser();
        let answer = browser.post("/fn/setup/found", &founding(&token));
        assert_eq!(answer.status, 200, "{}", answer.body);
        browser
    }

    /// A second way to the database, beside the server.
    pub fn database_url(&self) -> String {
        match &self.database {
            Some(database) => database.url.clone(),
            None => format!("sqlite://{}", self.data().join("conifer.db").display()),
        }
    }

    pub fn lose_database(&mut self) {
        drop(self.database.take().expect("a database of its own"));
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(name).arg(self.pid().to_string()).status();
        assert!(sent.expect("kill runs").success());
    }

    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("a state")
    }

    pub fn data(&self) -> &Path {
        self.data.path()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn founding(token: &str) -> [(&str, &str); 6] {
    [
        ("token", token),
        ("name", "Ada Lovelace"),
        ("email", EMAIL),
        ("password", PASSWORD),
        ("organization_name", "Acme"),
        ("project_name", "Search"),
    ]
}
