"""An owner at the console: makes keys, changes and ends them, as its pages do."""

import itertools
import json
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

from .server import EMAIL, PASSWORD

NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Key:
    id: str
    name: str
    secret: str


class Console:
    def __init__(self, server):
        self._server = server
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._send("sign-in/password", email=EMAIL, password=PASSWORD)

    def make_key(self, roles, indexes=(), namespaces=(), lasts="", requests="") -> Key:
        """The scope is everything unless it is narrowed; `requests` are those of a second."""
        name = f"key {next(NUMBERS)}"
        wanted = rights(roles, indexes, namespaces, lasts) | {"rights[requests]": requests}
        made = self._send("api-keys/create", name=name, **wanted)
        return Key(made["id"], name, made["secret"])

    def change(self, key: Key, roles, indexes=(), namespaces=()) -> None:
        self._send("api-keys/set-rights", key_id=key.id, **rights(roles, indexes, namespaces, "keep"))

    def rotate(self, key: Key, overlap_hours: int) -> str:
        return self._send("api-keys/rotate", key_id=key.id, overlap_h=overlap_hours)["secret"]

    def revoke(self, key: Key) -> None:
        self._send("api-keys/delete", key_id=key.id, confirm=key.name)

    def _send(self, function: str, **fields):
        fields = {"project_id": self._server.founded.project} | fields
        request = urllib.request.Request(
            f"{self._server.console}/fn/{function}",
            urllib.parse.urlencode(fields).encode(),
            {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
        )
        with self._browser.open(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")


def rights(roles, indexes, namespaces, lasts) -> dict[str, str]:
    limits = {"rights[requests]": "", "rights[bytes]": "", "rights[lasts]": lasts}
    scope = {"rights[indexes]": ",".join(indexes), "rights[namespaces]": ",".join(namespaces)}
    return {f"rights[roles][{role}]": "true" for role in roles} | scope | limits
