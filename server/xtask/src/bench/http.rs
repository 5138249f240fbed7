//! As much of HTTP as a measurement needs: one request on one connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, Result, bail};

/// A whole page, or an error if the answer is not 200.
pub fn get(address: SocketAddr, path: &str, cookie: &str) -> Result<String> {
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
    ask(address, path, &head)
}

/// Sends a form, and returns the cookie that was set.
pub fn post(address: SocketAddr, path: &str, form: &str) -> Result<String> {
    let length = form.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{form}"
    );
    let answer = ask(address, path, &head)?;
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).context("no cookie")?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

fn ask(address: SocketAddr, path: &str, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.lines().next().context("no answer")?;
    if !status.starts_with("HTTP/1.1 200") {
        bail!("{path} answered {status}");
    }
    Ok(answer)
}
