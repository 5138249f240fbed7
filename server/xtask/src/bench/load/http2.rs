//! As much of HTTP/2 as one call of gRPC after the other needs. Header fields are sent as they are, and those of answers
//! are not read: an answer without a message is a refusal.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;

use anyhow::{Result, bail};

use super::Client;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GO_AWAY: u8 = 7;
const WINDOW: u8 = 8;
const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const FRAME_MAX: usize = 16_384;
/// Room for answers, renewed before it is used up.
const WINDOW_BYTES: u32 = 1 << 30;

pub struct Connection {
    stream: BufReader<TcpStream>,
    fields: Vec<u8>,
    /// Of the next call: clients have the odd numbers.
    next: u32,
    received: u32,
    payload: Vec<u8>,
}

impl Connection {
    pub fn open(address: &str, path: &str, key: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let mut fields = Vec::new();
        for (name, value) in [
            (":method", "POST"),
            (":scheme", "http"),
            (":authority", address),
            (":path", path),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
            ("api-key", key),
        ] {
            put_field(&mut fields, name, value);
        }
        let stream = BufReader::with_capacity(1 << 16, stream);
        let mut open = Self { stream, fields, next: 1, received: 0, payload: Vec::new() };
        let initial_window = [&[0, 4][..], &(WINDOW_BYTES.to_be_bytes())].concat();
        let begin = [PREFACE.to_vec(), frame(SETTINGS, 0, 0, &initial_window), window(0)].concat();
        open.stream.get_mut().write_all(&begin)?;
        Ok(open)
    }

    fn frame(&mut self) -> Result<(u8, u8, u32)> {
        let mut head = [0; 9];
        self.stream.read_exact(&mut head)?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        self.payload.resize(length, 0);
        self.stream.read_exact(&mut self.payload)?;
        Ok((head[3], head[4], u32::from_be_bytes([head[5], head[6], head[7], head[8]])))
    }
}

impl Client for Connection {
    fn ask(&mut self, message: &[u8]) -> Result<()> {
        let call = self.next;
        self.next += 2;
        let mut out = frame(HEADERS, END_HEADERS, call, &self.fields);
        let body = [&[0][..], &(message.len() as u32).to_be_bytes(), message].concat();
        let mut parts = body.chunks(FRAME_MAX).peekable();
        while let Some(part) = parts.next() {
            let last = if parts.peek().is_none() { END_STREAM } else { 0 };
            out.extend(frame(DATA, last, call, part));
        }
        self.stream.get_mut().write_all(&out)?;
        let mut has_message = false;
        loop {
            let (kind, flags, stream) = self.frame()?;
            match kind {
                DATA => {
                    has_message |= !self.payload.is_empty();
                    self.received += self.payload.len() as u32;
                }
                SETTINGS if flags & ACK == 0 => {
                    self.stream.get_mut().write_all(&frame(SETTINGS, ACK, 0, &[]))?
                }
                PING if flags & ACK == 0 => {
                    let back = frame(PING, ACK, 0, &self.payload);
                    self.stream.get_mut().write_all(&back)?;
                }
                RESET | GO_AWAY => bail!("the server ended the call: {:?}", self.payload),
                _ => {}
            }
            if matches!(kind, DATA | HEADERS) && stream == call && flags & END_STREAM != 0 {
                break;
            }
        }
        if self.received > WINDOW_BYTES / 2 {
            self.stream.get_mut().write_all(&window(0))?;
            self.received = 0;
        }
        if has_message { Ok(()) } else { bail!("the call was refused") }
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

fn window(stream: u32) -> Vec<u8> {
    frame(WINDOW, 0, stream, &(WINDOW_BYTES / 2).to_be_bytes())
}

/// Literal, not indexed, not compressed. Names and values are shorter than 127 bytes.
fn put_field(out: &mut Vec<u8>, name: &str, value: &str) {
    out.push(0);
    for text in [name, value] {
        out.push(text.len() as u8);
        out.extend(text.as_bytes());
    }
}
