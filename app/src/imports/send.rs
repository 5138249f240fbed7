//! Sending a file in chunks, so that it can be paused, and gone on with after a connection or a page is lost.

use super::functions::BeginUpload;
use crate::{
    Failure,
    calls::{encoded, post},
};
use conifer_domain::uploads::{CHUNK_BYTES_MAX, Upload};
use leptos::{html, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use server_fn::ServerFn;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, RequestInit, Response, js_sys::Date};

#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Idle,
    Sending,
    Paused,
    /// Why; what was received stays, so that one can go on.
    Broken(String),
}

/// A file on its way.
#[derive(Clone, Copy)]
pub struct Sending {
    pub stage: RwSignal<Stage>,
    pub sent: RwSignal<u64>,
    pub bytes: RwSignal<u64>,
    /// Since when, and from where on.
    pub since: RwSignal<(f64, u64)>,
    /// Where it was chosen.
    pub input: NodeRef<html::Input>,
    upload: StoredValue<Option<Upload>>,
    /// What was sent, as a whole.
    pub done: RwSignal<Option<Upload>>,
}

impl Sending {
    pub fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Idle),
            sent: RwSignal::new(0),
            bytes: RwSignal::new(0),
            since: RwSignal::new((0.0, 0)),
            input: NodeRef::new(),
            upload: StoredValue::new(None),
            done: RwSignal::new(None),
        }
    }

    /// Sends it, or what is missing of it where a part is here already.
    pub fn begin(self, index_id: String, waiting: Vec<Upload>) {
        let Some(file) = self.file() else { return };
        let (name, bytes) = (file.name(), file.size() as u64);
        self.bytes.set(bytes);
        self.stage.set(Stage::Sending);
        let known = waiting.into_iter().find(|one| one.name == name && one.bytes == bytes && !one.is_whole());
        spawn_local(async move {
            let upload = match known {
                Some(upload) => Ok(upload),
                None => begun(index_id, name, bytes).await,
            };
            match upload {
                Ok(upload) => self.send(upload).await,
                Err(Failure(problem)) => self.stage.set(Stage::Broken(problem.to_string())),
            }
        });
    }

    fn file(self) -> Option<File> {
        self.input.get_untracked()?.files()?.get(0)
    }

    pub fn pause(self) {
        self.stage.set(Stage::Paused);
    }

    /// From where it was.
    pub fn go_on(self) {
        let Some(upload) = self.upload.get_value() else { return };
        self.stage.set(Stage::Sending);
        spawn_local(async move { self.send(upload).await });
    }

    /// The upload that was begun, for whoever does not want it any more.
    pub fn upload(self) -> Option<Upload> {
        self.upload.get_value()
    }

    async fn send(self, mut upload: Upload) {
        self.since.set((Date::now(), upload.received));
        loop {
            self.upload.set_value(Some(upload.clone()));
            self.sent.set(upload.received);
            if upload.is_whole() {
                return self.done.set(Some(upload));
            }
            if self.stage.get_untracked() != Stage::Sending {
                return;
            }
            // Another may have been chosen meanwhile.
            let same = |file: &File| file.name() == upload.name && file.size() as u64 == upload.bytes;
            match chunk(&upload, self.file().filter(same)).await {
                Some(received) => upload.received = received,
                None => {
                    let told = "The connection broke, or another file was chosen. What was sent is kept: choose it again and go on.";
                    return self.stage.set(Stage::Broken(told.into()));
                }
            }
        }
    }
}

async fn begun(id: String, name: String, bytes: u64) -> Result<Upload, Failure> {
    let answer = post(BeginUpload::PATH, encoded(&BeginUpload { id, name, bytes })).await?;
    crate::answer::read(answer.as_bytes()).map_err(|_| Failure(conifer_domain::Problem::Unexpected))
}

/// How much the server has by then; it also says so when it had more or less than was thought.
async fn chunk(upload: &Upload, file: Option<File>) -> Option<u64> {
    let Upload { id, index_id, received, bytes, .. } = upload;
    let end = (received + CHUNK_BYTES_MAX).min(*bytes);
    let piece = file?.slice_with_f64_and_f64(*received as f64, end as f64).ok()?;
    let request = RequestInit::new();
    request.set_method("PUT");
    request.set_body(&piece);
    let path = format!("/indexes/{index_id}/uploads/{id}?offset={received}");
    let answer = JsFuture::from(window().fetch_with_str_and_init(&path, &request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    text.trim().parse().ok()
}
