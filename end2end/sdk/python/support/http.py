"""Requests that no SDK would send."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


def send(method: str, url: str, body=None, key: str | None = None, **headers: str) -> Answer:
    """A body that is neither bytes nor nothing is sent as JSON; `_` in a header's name stands for `-`."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    if key is not None:
        headers["Api-Key"] = key
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as answer:
        return Answer(answer.code, dict(answer.headers), answer.read())


def get(url: str, key: str | None = None, **headers: str) -> Answer:
    return send("GET", url, None, key, **headers)


def post(url: str, body, key: str | None = None, **headers: str) -> Answer:
    return send("POST", url, body, key, **headers)


def patch(url: str, body, key: str | None = None, **headers: str) -> Answer:
    return send("PATCH", url, body, key, **headers)
