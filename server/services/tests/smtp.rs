use crate::house::{CHEAP, House, on_both, origin};
use conifer_domain::{EmailAddress, limits::SECOND_MS, projects::ProjectRole};
use conifer_services::{
    Services, invites,
    mail::{self, MailSettings, MailState, OutboxEntry},
    sign_up,
};
use serde_json::Value;
use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, unbounded_channel},
        oneshot,
    },
    task::JoinHandle,
    time::{sleep, timeout},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server in a process of its own.
struct Sink {
    process: Child,
    /// Closing it ends the process.
    input: Option<ChildStdin>,
    lines: UnboundedReceiver<String>,
    url: String,
}

impl Sink {
    async fn start() -> Self {
        let test = env::current_exe().expect("this test's path");
        let build = test.parent().and_then(|deps| deps.parent()).expect("the build directory");
        let mut process = Command::new(build.join("examples/smtp_sink"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the mail server: `cargo test` builds it with the tests");
        let input = process.stdin.take();
        let lines = lines(process.stdout.take().expect("its output"));
        let mut sink = Self { process, input, lines, url: String::new() };
        sink.url = format!("smtp://127.0.0.1:{}", sink.line().await);
        sink
    }

    async fn line(&mut self) -> String {
        timeout(PATIENCE, self.lines.recv()).await.expect("a line in time").expect("a line")
    }

    /// The next mail it takes.
    async fn mail(&mut self) -> Value {
        serde_json::from_str(&self.line().await).expect("a mail")
    }
}

/// Reads on a thread of its own: waiting must not hold up the tasks of the test.
fn lines(output: ChildStdout) -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            sender.send(line).ok();
        }
    });
    receiver
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.input.take();
        self.process.wait().expect("its end");
    }
}

/// The worker of a server, until it is told to stop.
struct Worker {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Worker {
    fn start(services: &Services) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(mail::run_worker(services.clone(), async {
            stopped.await.ok();
        }));
        Self { stop, task }
    }

    async fn stop(self) {
        self.stop.send(()).expect("a worker");
        self.task.await.expect("its end");
    }
}

async fn with_smtp(house: &House, url: &str) -> Services {
    let url = url.to_owned();
    house
        .again(CHEAP, |settings| {
            let from = EmailAddress::parse("console@conifer.example").ok();
            settings.mail = MailSettings::Smtp { url: url.into(), from };
        })
        .await
}

async fn post(services: &Services, to: &str) {
    sign_up::request(services, &origin(), to).await.expect("a mail");
    services.settle().await;
}

fn outbox(house: &House) -> Vec<OutboxEntry> {
    mail::list(house.data_dir()).expect("the outbox")
}

/// Waits until the outbox is as it should be; the worker runs beside.
async fn until(house: &House, done: impl Fn(&[OutboxEntry]) -> bool) {
    let waited = async {
        while !done(&outbox(house)) {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, waited).await.unwrap_or_else(|_| panic!("{:?}", outbox(house)));
}

on_both! {
    async fn a_mail_arrives_whole_and_leaves_the_outbox(house: &House) {
        let mut sink = Sink::start().await;
        let services = with_smtp(house, &sink.url).await;
        let worker = Worker::start(&services);
        post(&services, "grace@example.com").await;
        let got = sink.mail().await;
        assert_eq!(got["from"], "console@conifer.example");
        assert_eq!(got["to"], serde_json::json!(["grace@example.com"]));
        let mail = got["mail"].as_str().expect("a mail");
        for part in [
            "From: Conifer <console@conifer.example>\n",
            "To: grace@example.com\n",
            "Subject: Finish your Conifer account\n",
            "@conifer.example>\n",
            "Content-Type: multipart/alternative",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/html; charset=utf-8",
            "https://conifer.example/sign-up/complete?token",
        ] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        until(house, <[_]>::is_empty).await;
        worker.stop().await;
    }

    async fn an_invitation_arrives_as_text_and_as_html(house: &House) {
        let town = house.town().await;
        let mut sink = Sink::start().await;
        let services = with_smtp(house, &sink.url).await;
        let worker = Worker::start(&services);
        let invited = invites::create(
            &services, &origin(), &town.ada, town.project_id, "bob@example.com", ProjectRole::User).await;
        assert_eq!(invited.expect("invited").len(), 1);
        let got = sink.mail().await;
        assert_eq!(got["to"], serde_json::json!(["bob@example.com"]));
        let mail = got["mail"].as_str().expect("a mail");
        let (text, html) = mail.split_once("Content-Type: text/html").expect("both forms");
        assert!(text.contains("Subject: You are invited to Conifer\n"), "{text}");
        for form in [text, html] {
            for part in ["https://conifer.example/invite?token", "Analytical Engines", "First notes", "ada@example.com"] {
                assert!(form.contains(part), "{part} in {form}");
            }
        }
        until(house, <[_]>::is_empty).await;
        worker.stop().await;
    }

    async fn mail_waits_for_its_server_through_a_restart(house: &House) {
        post(&house.services, "grace@example.com").await;
        assert_eq!(outbox(house).len(), 1);
        let mut sink = Sink::start().await;
        let worker = Worker::start(&with_smtp(house, &sink.url).await);
        assert_eq!(sink.mail().await["to"], serde_json::json!(["grace@example.com"]));
        until(house, <[_]>::is_empty).await;
        worker.stop().await;
    }

    async fn what_is_put_off_is_tried_again_later(house: &House) {
        let sink = Sink::start().await;
        let services = with_smtp(house, &sink.url).await;
        post(&services, "busy@example.com").await;
        let worker = Worker::start(&services);
        until(house, |mails| tries(house, mails) == 1).await;
        // Another letter wakes the worker: the one put off is left alone until its time.
        post(&services, "grace@example.com").await;
        until(house, |mails| mails.len() == 1).await;
        assert_eq!(tries(house, &outbox(house)), 1);
        house.later(30 * SECOND_MS);
        post(&services, "hedy@example.com").await;
        until(house, |mails| mails.len() == 1 && tries(house, mails) == 2).await;
        assert_eq!(outbox(house)[0].state, MailState::Waiting);
        worker.stop().await;
    }

    async fn what_is_refused_for_good_is_marked_and_kept(house: &House) {
        let sink = Sink::start().await;
        let services = with_smtp(house, &sink.url).await;
        post(&services, "gone@example.com").await;
        let worker = Worker::start(&services);
        until(house, |mails| mails[0].state == MailState::Failed).await;
        worker.stop().await;
    }

    async fn a_server_that_is_away_costs_nothing_but_time(house: &House) {
        let url = Sink::start().await.url.clone();
        let services = with_smtp(house, &url).await;
        post(&services, "grace@example.com").await;
        let worker = Worker::start(&services);
        until(house, |mails| tries(house, mails) == 1).await;
        assert_eq!(outbox(house)[0].state, MailState::Waiting);
        worker.stop().await;
    }

    async fn without_a_mail_server_letters_stay(house: &House) {
        let worker = Worker::start(&house.services);
        post(&house.services, "grace@example.com").await;
        sleep(Duration::from_millis(50)).await;
        assert_eq!(tries(house, &outbox(house)), 0);
        worker.stop().await;
    }
}

/// How often the first letter was tried.
fn tries(house: &House, mails: &[OutboxEntry]) -> u64 {
    let path = house.data_dir().join("outbox").join(&mails[0].id).with_extension("json");
    let file: Value = serde_json::from_slice(&std::fs::read(path).expect("a letter")).expect("JSON");
    file["tries"].as_u64().expect("a number")
}

#[tokio::test]
async fn a_wrong_url_is_refused_without_repeating_its_password() {
    let dir = tempfile::TempDir::new().expect("a directory");
    let db = conifer_services::Db::connect(&format!("sqlite://{}/c.db", dir.path().display())).await;
    let mut settings = House::settings(dir.path());
    settings.mail = MailSettings::Smtp { url: "http://user:s3cret@host".into(), from: None };
    let refused =
        Services::open(db.expect("a database"), settings).await.err().expect("a refusal").to_string();
    assert!(refused.contains("smtp://") && !refused.contains("s3cret"), "{refused}");
}
