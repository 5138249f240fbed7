//! A mail server that keeps nothing: it prints each mail it takes as one line of JSON, and ends with its input.
//!
//! It answers by the address: `busy@…` is put off, `gone@…` is refused for good, others are taken.

use serde_json::json;
use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    say(&listener.local_addr()?.port().to_string())?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    // Whoever started this holds the other end: with them it goes.
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

fn serve(stream: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut stream = stream;
    let mut answer = |text: &str| write!(stream, "{text}\r\n");
    answer("220 sink")?;
    let (mut from, mut to) = (String::new(), Vec::new());
    while let Some(line) = lines.next() {
        let line = line?;
        let command = line.to_ascii_uppercase();
        if command.starts_with("EHLO") {
            answer("250-sink\r\n250 8BITMIME")?;
        } else if command.starts_with("MAIL FROM:") {
            (from, to) = (address(&line), Vec::new());
            answer("250 ok")?;
        } else if command.starts_with("RCPT TO:") {
            let address = address(&line);
            answer(verdict(&address))?;
            to.push(address);
        } else if command == "DATA" {
            answer("354 go on")?;
            let mail = data(&mut lines)?;
            say(&json!({ "from": from, "to": to, "mail": mail }).to_string())?;
            answer("250 taken")?;
        } else if command == "QUIT" {
            return answer("221 bye");
        } else {
            answer("250 ok")?;
        }
    }
    Ok(())
}

fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

fn verdict(address: &str) -> &'static str {
    match address.split('@').next() {
        Some("busy") => "451 come back later",
        Some("gone") => "550 no such mailbox",
        _ => "250 ok",
    }
}

/// The lines up to the single dot, with the doubled dots undone.
fn data(lines: &mut impl Iterator<Item = io::Result<String>>) -> io::Result<String> {
    let mut mail = String::new();
    for line in lines {
        let line = line?;
        if line == "." {
            break;
        }
        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
        mail.push('\n');
    }
    Ok(mail)
}
