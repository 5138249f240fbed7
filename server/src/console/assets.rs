//! Serves the bundle: what has its hash in the address for ever, the public files for an hour.

use super::{Console, answers, site};
use axum::{
    Router,
    extract::{Path, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use conifer_domain::Problem;
use rust_embed::EmbeddedFile;
use std::fmt::Write;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const SHORT: &str = "public, max-age=3600";

pub fn routes() -> Router<Console> {
    let bundle = Router::new().route("/assets/{hash}/{*file}", get(bundle_file));
    site::public_files().fold(bundle, |router, path| {
        let route = format!("/{path}");
        router.route(&route, get(async move |request: Request| send(request.headers(), &path, SHORT)))
    })
}

/// An address of another bundle is not found: a page of an older server must not mix with newer files.
async fn bundle_file(Path((hash, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    send(&headers, &format!("assets/{hash}/{file}"), IMMUTABLE)
}

fn send(request: &HeaderMap, path: &str, caching: &'static str) -> Response {
    let Some(plain) = site::get(path).filter(|_| !path.ends_with(".br")) else {
        return answers::refuse(Problem::NotFound);
    };
    let compressed = site::get(&format!("{path}.br"));
    let may_vary = compressed.is_some();
    let compressed = compressed.filter(|_| accepts_brotli(request));
    let is_compressed = compressed.is_some();
    let content_type = content_type(&plain);
    let file = compressed.unwrap_or(plain);
    let tag = entity_tag(&file);

    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if may_vary {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    let known = request.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    headers.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.extend(HeaderValue::from_str(&content_type).ok().map(|kind| (header::CONTENT_TYPE, kind)));
    if is_compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    (headers, file.data).into_response()
}

fn content_type(file: &EmbeddedFile) -> String {
    match file.metadata.mimetype() {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    }
}

fn entity_tag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let refused =
            quality.trim().trim_start_matches("q=").parse::<f32>().is_ok_and(|quality| quality == 0.0);
        name.trim() == "br" && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_who_accepts_it() {
        let accepts = |value: &'static str| {
            accepts_brotli(&HeaderMap::from_iter([(
                header::ACCEPT_ENCODING,
                HeaderValue::from_static(value),
            )]))
        };
        for value in ["br", "gzip, deflate, br", "gzip;q=0.5, br;q=0.8"] {
            assert!(accepts(value), "{value}");
        }
        for value in ["gzip", "br;q=0", "brotli", ""] {
            assert!(!accepts(value), "{value}");
        }
    }
}
