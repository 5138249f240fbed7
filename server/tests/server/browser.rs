//! A client with a jar for the one cookie, and raw connections for what no well-behaved client sends.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};
use ureq::{Agent, http};

const COOKIES: [&str; 2] = ["conifer", "__Host-conifer"];

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("text")).unwrap_or_default()
    }

    /// The problem in the body, by its name.
    pub fn problem(&self) -> String {
        match serde_json::from_str(&self.body) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(serde_json::Value::Object(named)) => {
                named.into_iter().map(|(name, _)| name).next().unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

#[derive(Clone)]
pub struct Browser {
    agent: Agent,
    base: String,
    pub cookie: Option<String>,
}

impl Browser {
    pub fn new(base: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self { agent: config.into(), base: base.to_owned(), cookie: None }
    }

    /// The host and port that a raw connection goes to.
    pub fn authority(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// As the front end calls a function.
    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send("POST", path, &[("accept", "application/json")], &encode(form))
    }

    /// As a page without scripts sends a form.
    pub fn submit(&mut self, path: &str, from: &str, form: &[(&str, &str)]) -> Answer {
        let referer = format!("{}{from}", self.base);
        self.send("POST", path, &[("accept", "text/html"), ("referer", &referer)], &encode(form))
    }

    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        if !headers.iter().any(|(name, _)| *name == "content-type") && !body.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let request = request.body(body.to_owned()).expect("a request");
        let mut response = self.agent.run(request).expect("an answer");
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body_mut().read_to_string().unwrap_or_default(),
        };
        self.keep_cookie(&answer);
        answer
    }

    fn keep_cookie(&mut self, answer: &Answer) {
        for set in answer.headers.get_all("set-cookie") {
            let pair = set.to_str().expect("text").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if COOKIES.contains(&name) {
                self.cookie = (!value.is_empty()).then(|| pair.to_owned());
            }
        }
    }

    /// Sends bytes as they are and reads until the server closes.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("sent");
        read_to_end(&mut stream)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.authority()).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream
    }
}

pub fn read_to_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

pub fn encode(form: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}
