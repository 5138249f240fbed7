"""As much of a bucket as an import needs: listing, and reading parts of files."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Bucket:
    """Serves a directory under the name of a bucket, to whoever signs as the one with this id."""

    def __init__(self, directory: Path, name: str, key_id: str):
        handler = type("Handler", (Handler,), {"directory": directory, "name": name, "key_id": key_id})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        bucket, _, key = unquote(url.path).lstrip("/").partition("/")
        if f"Credential={self.key_id}/" not in self.headers.get("Authorization", "") or bucket != self.name:
            self.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif not key:
            self.list(parse_qs(url.query).get("prefix", [""])[0])
        elif (self.directory / key).is_file():
            self.read((self.directory / key).read_bytes())
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def list(self, prefix):
        files = sorted(file for file in self.directory.rglob("*") if file.is_file())
        keys = [(file.relative_to(self.directory).as_posix(), file.stat().st_size) for file in files]
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            f"<ETag>x</ETag><Size>{size}</Size></Contents>"
            for key, size in keys
            if key.startswith(prefix)
        )
        body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"
        self.answer(200, body.encode(), Content_Type="application/xml")

    def read(self, content):
        asked = self.headers.get("Range", "").removeprefix("bytes=").split("-")
        first, last = (int(asked[0]), min(int(asked[1]) + 1, len(content))) if len(asked) == 2 else (0, len(content))
        told = {"Content_Range": f"bytes {first}-{last - 1}/{len(content)}", "ETag": "x"}
        told["Last_Modified"] = "Thu, 01 Jan 2026 00:00:00 GMT"
        self.answer(206 if len(asked) == 2 else 200, content[first:last], **told)

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
