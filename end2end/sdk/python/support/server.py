"""A real Conifer on a data directory and ports of its own, stopped by its own pid."""

import json
import os
import random
import re
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

BINARY = os.environ.get("CONIFER_BINARY") or str(Path(__file__).parents[4] / "target/release/conifer")
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 15
INDEX_PORTS = 150

EMAIL = "ada@example.com"
PASSWORD = "seven quiet larches stand"


@dataclass(frozen=True)
class Founded:
    """What `conifer bootstrap` made."""

    key: str
    organization: str
    project: str
    client_id: str
    client_secret: str


class Server:
    def __init__(self, data: Path, *options: str, database_url: str | None = None, environment=None):
        self.environment = environment or {}
        self.data = data
        self.options = options
        self.state = ["--data", str(data)]
        if database_url:
            self.state += ["--database-url", database_url]
        # Kept over a restart, for an index keeps its port.
        self.api_port = free_range(1 + INDEX_PORTS)
        self.index_ports = f"{self.api_port + 1}-{self.api_port + INDEX_PORTS}"
        self.process: subprocess.Popen | None = None

    def bootstrap(self) -> Founded:
        command = [BINARY, "bootstrap", *self.state, "--email", EMAIL, "--password-stdin", "--json"]
        command += ["--organization", "Northern Forest", "--project", "Search", "--api-key", "tests", "--service-account", "robot"]
        done = subprocess.run(command, input=PASSWORD, env=environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        made = json.loads(done.stdout)
        names = ("api_key", "organization_id", "project_id", "client_id", "client_secret")
        return Founded(*(made[name] for name in names))

    def start(self) -> None:
        listening = ["--console-listen", "127.0.0.1:0", "--api-listen", f"127.0.0.1:{self.api_port}"]
        command = [BINARY, "serve", *self.state, *listening, "--index-ports", self.index_ports, *self.options]
        self.log = self.data.parent / f"{self.data.name}.{time.time_ns()}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment() | self.environment,
                start_new_session=True,
            )
        self.console = self.printed("Console")
        self.api = self.printed("API")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            code = self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"conifer did not stop within {STOP_SECONDS_MAX} s\n{self.log.read_text()}") from None
        finally:
            self.process = None
        assert code == 0, f"conifer ended with {code}\n{self.log.read_text()}"

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        """As a machine that loses its power does."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def printed(self, label: str) -> str:
        """The value of a line of the form `<label>: <value>`, once it is there."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := re.search(rf"^{label}: +(\S+)$", self.log.read_text(), re.MULTILINE):
                return found[1]
            time.sleep(0.02)
        raise AssertionError(f'conifer did not print "{label}: …"\n{self.log.read_text()}')


def environment() -> dict[str, str]:
    """No setting of the person who runs the tests may leak into the server under test."""
    return {k: v for k, v in os.environ.items() if not k.startswith("CONIFER_") and k != "DATABASE_URL"}


def free_range(length: int) -> int:
    """The first of so many free ports in a row."""
    for _ in range(100):
        first = random.randrange(20_000, 32_000 - length)
        if all(is_free(port) for port in range(first, first + length)):
            return first
    raise AssertionError(f"no {length} free ports in a row")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
