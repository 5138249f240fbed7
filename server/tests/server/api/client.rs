//! Clients of the API: REST over a new connection, and one call of gRPC over HTTP/2.

use crate::process::{EMAIL, PASSWORD, Server, conifer, run, text};
use conifer_api::grpc::wire;
use prost::Message;
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, rustls::ClientConfig};

/// How a client gets to a server: to this address, by this name, perhaps with TLS.
#[derive(Clone)]
pub struct Way {
    pub address: String,
    pub name: String,
    pub tls: Option<Arc<ClientConfig>>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// A server, and a key with all that keys can have.
pub fn served(flags: &[&str]) -> (Server, String) {
    let mut key = String::new();
    let server = Server::spawn(None, |command| {
        let data = command.get_envs().find(|(name, _)| *name == "CONIFER_DATA");
        key = first_key(Path::new(data.and_then(|(_, data)| data).expect("a directory")));
        command.args(flags)
    });
    (server, key)
}

/// Made before the server starts.
fn first_key(data: &Path) -> String {
    let mut command = conifer();
    command.args(["bootstrap", "--json", "--password-stdin", "--organization=Acme", "--project=Search"]);
    command.args(["--api-key=first", "--email", EMAIL]).arg("--data").arg(data);
    let output = run(&mut command, PASSWORD);
    let made: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    made["api_key"].as_str().expect("a key").to_owned()
}

/// Ports that nothing has, one after the other: below those that the system hands out, and apart from those that tests
/// beside this one look at.
pub fn free_ports(count: u16) -> (u16, u16) {
    const EACH: u16 = 40;
    const TESTS: u16 = 300;
    static ASKED: AtomicU16 = AtomicU16::new(0);
    let mine = (std::process::id() % u32::from(TESTS)) as u16 + 17 * ASKED.fetch_add(1, Ordering::Relaxed);
    for turn in 0..TESTS {
        let first = 20_000 + EACH * ((mine + turn) % TESTS);
        if (first..first + count).all(|port| TcpListener::bind(("127.0.0.1", port)).is_ok()) {
            return (first, first + count - 1);
        }
    }
    panic!("no free ports");
}

pub fn new_index(name: &str) -> Value {
    json!({"name": name, "dimension": 2, "metric": "cosine", "spec": {"serverless": {"cloud": "aws", "region": "x"}}})
}

impl Way {
    pub fn plain(address: &str) -> Self {
        Self { address: address.to_owned(), name: address.to_owned(), tls: None }
    }

    pub fn rest(&self, key: &str, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\napi-key: {key}\r\nx-pinecone-api-version: 2025-10\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.name,
            body.len()
        );
        block_on(async {
            let stream = TcpStream::connect(&self.address).await.expect("connected");
            let answer = match &self.tls {
                None => exchange(stream, request.as_bytes()).await,
                Some(tls) => {
                    exchange(shaken(tls, "http/1.1", &self.name, stream).await, request.as_bytes()).await
                }
            };
            let (head, body) =
                answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
            let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
            Answer { status, body: body.to_owned() }
        })
    }

    /// How many records there are, or what the call was refused with.
    pub fn grpc_count(&self, key: &str) -> Result<u32, String> {
        let message = wire::DescribeIndexStatsRequest::default().encode_to_vec();
        let answer = block_on(async {
            let stream = TcpStream::connect(&self.address).await.expect("connected");
            match &self.tls {
                None => self.call(stream, key, message).await,
                Some(tls) => self.call(shaken(tls, "h2", &self.name, stream).await, key, message).await,
            }
        })?;
        let answer = wire::DescribeIndexStatsResponse::decode(&answer[5..]).expect("a message");
        Ok(answer.total_vector_count)
    }

    async fn call<S>(&self, stream: S, key: &str, message: Vec<u8>) -> Result<Vec<u8>, String>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (send, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        tokio::spawn(connection);
        let mut send = send.ready().await.expect("ready");
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let request =
            http::Request::post(format!("{scheme}://{}/VectorService/DescribeIndexStats", self.name))
                .version(http::Version::HTTP_2)
                .header("content-type", "application/grpc")
                .header("te", "trailers")
                .header("api-key", key);
        let (response, mut body) =
            send.send_request(request.body(()).expect("a request"), false).expect("sent");
        let length = (message.len() as u32).to_be_bytes();
        body.send_data([&[0], &length[..], &message].concat().into(), true).expect("sent");
        let (head, mut body) = response.await.expect("an answer").into_parts();
        let mut answer = Vec::new();
        while let Some(data) = body.data().await {
            answer.extend_from_slice(&data.expect("data"));
        }
        let trailers = body.trailers().await.expect("an end").unwrap_or_default();
        let said = |name| head.headers.get(name).or(trailers.get(name)).and_then(|value| value.to_str().ok());
        match said("grpc-status") {
            Some("0") => Ok(answer),
            code => Err(format!("{} {}", code.unwrap_or("none"), said("grpc-message").unwrap_or_default())),
        }
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

async fn shaken(
    tls: &Arc<ClientConfig>,
    protocol: &str,
    name: &str,
    stream: TcpStream,
) -> tokio_rustls::client::TlsStream<TcpStream> {
    let mut config = ClientConfig::clone(tls);
    config.alpn_protocols = vec![protocol.into()];
    let host = name.split(':').next().expect("a host").to_owned().try_into().expect("a name");
    TlsConnector::from(Arc::new(config)).connect(host, stream).await.expect("a certificate that is trusted")
}

async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &[u8]) -> String {
    stream.write_all(request).await.expect("sent");
    let mut answer = Vec::new();
    // With TLS, some ends are told and some are not.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
