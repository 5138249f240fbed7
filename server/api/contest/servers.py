"""The servers that are asked: how each is started, and what it wants to be sent."""

import http.client
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time

from data import K

PASSWORD = "a passphrase for one measurement"


class Server:
    grpc = ()
    # The queries of a measurement that it is asked, of all.
    share = 1

    def start(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def rest(self, longest=180):
        """Waits until it has nothing to do any more."""
        quiet, end = 0, time.time() + longest
        while quiet < 3 and time.time() < end:
            before = self.cpu()
            time.sleep(1)
            quiet = quiet + 1 if self.cpu() - before < 5 else 0

    def cpu(self):
        """In hundredths of a second."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:13]))

    def request(self, path, body, headers=()):
        body = json.dumps(body, separators=(",", ":")).encode()
        fields = {"Host": self.address, "Content-Type": "application/json", "Content-Length": len(body), **dict(headers)}
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        return head.encode() + body

    def send(self, request):
        """The answer to one request, as JSON."""
        with socket.create_connection(self.address.split(":")) as stream:
            stream.sendall(request)
            answer = http.client.HTTPResponse(stream)
            answer.begin()
            text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{answer.status}: {text[:500]}")
        return json.loads(text or "null")

    def engine_time(self):
        return None


class Conifer(Server):
    name = "conifer"

    def __init__(self, options, dimension):
        place = ["--data", os.path.join(options.scratch, "conifer")]
        bootstrap = [options.conifer, "bootstrap", *place, "--email", "ada@example.com", "--password-stdin", "--json"]
        bootstrap += ["--organization", "Acme", "--project", "Search", "--api-key", "load"]
        made = subprocess.run(bootstrap, input=PASSWORD, stdout=subprocess.PIPE, text=True, check=True).stdout
        self.key = json.loads(made)["api_key"]
        port = free_port()
        listen = ["--console-listen", "127.0.0.1:0", "--api-listen", "127.0.0.1:0", "--index-ports", f"{port}-{port}"]
        self.start([options.conifer, "serve", *place, *listen])
        said = {}
        while "API" not in said:
            name, _, value = self.process.stdout.readline().strip().partition(": ")
            said[name] = value
        self.console = said["Console"].removeprefix("http://")
        self.address = said["API"].removeprefix("http://")
        spec = {"serverless": {"cloud": "aws", "region": "here"}}
        index = {"name": "load", "dimension": dimension, "metric": "cosine", "spec": spec}
        self.address = self.send(self.call("/indexes", index))["host"].removeprefix("http://")
        self.grpc = ("--grpc", "/VectorService/Query", "--key", self.key)

    def call(self, path, body):
        return self.request(path, body, {"Api-Key": self.key, "X-Pinecone-Api-Version": "2025-10"})

    def upsert(self, places, base, about):
        vectors = [{"id": str(at), "values": numbers(base[at]), "metadata": about[at]} for at in places]
        return self.call("/vectors/upsert", {"vectors": vectors})

    def query(self, query, below=None):
        filter = {} if below is None else {"filter": {"number": {"$lt": below}}}
        return self.call("/query", {"vector": numbers(query), "topK": K, **filter})

    def found(self, request):
        return [match["id"] for match in self.send(request)["matches"]]

    def message(self, query):
        values = struct.pack(f"<{len(query)}f", *query)
        return bytes([2 << 3, K, 7 << 3 | 2]) + varint(len(values)) + values

    def engine_time(self):
        """Seconds that queries took in the engine, and how many there were."""
        host, port = self.console.split(":")
        connection = http.client.HTTPConnection(host, int(port))
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        of = lambda part: sum(map(float, re.findall(rf'^conifer_\w*operation\w*_{part}{{[^}}]*"query"[^}}]*}} (\S+)', text, re.M)))
        return of("sum"), of("count")


class Chroma(Server):
    name = "chroma"
    # Its filters take long.
    share = 1 / 8

    def __init__(self, options, dimension):
        program = os.path.join(os.path.dirname(sys.executable), "chroma")
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        place = os.path.join(options.scratch, "chroma")
        self.start([program, "run", "--path", place, "--host", "127.0.0.1", "--port", str(port)])
        self.collections = "/api/v2/tenants/default_tenant/databases/default_database/collections"
        # As many as its recall takes.
        configuration = {"hnsw": {"space": "cosine", "ef_search": 200}}
        made = self.started({"name": "load", "configuration": configuration})
        self.path = f"{self.collections}/{made['id']}"

    def started(self, collection):
        for _ in range(300):
            try:
                return self.send(self.request(self.collections, collection))
            except OSError:
                time.sleep(0.2)
        raise TimeoutError("chroma's server did not start")

    def upsert(self, places, base, about):
        rows = [numbers(base[at]) for at in places]
        body = {"ids": [str(at) for at in places], "embeddings": rows, "metadatas": [about[at] for at in places]}
        return self.request(f"{self.path}/upsert", body)

    def query(self, query, below=None):
        filter = {} if below is None else {"where": {"number": {"$lt": below}}}
        body = {"query_embeddings": [numbers(query)], "n_results": K, "include": ["distances"], **filter}
        return self.request(f"{self.path}/query", body)

    def found(self, request):
        return self.send(request)["ids"][0]


def numbers(row):
    """As short as numbers of four bytes can be written."""
    return [float(f"{value:.8g}") for value in row]


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
