"""Conifer's engine, in a process of its own."""

import json
import os
import subprocess

from data import K


class Conifer:
    name, settings = "conifer", (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999)

    def __init__(self, base, queries, contestant, scratch):
        paths = [os.path.join(scratch, name) for name in ("base.f32", "queries.f32", "vectors")]
        base.tofile(paths[0])
        queries.tofile(paths[1])
        os.mkdir(paths[2])
        command = [contestant, *paths[:2], str(base.shape[1]), "cosine", paths[2]]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ingested = self.do("ingest", batch=500)
        self.settled = self.do("settle")
        self.build = self.ingested["cpu"] + self.settled["cpu"]

    def do(self, deed, **how):
        self.process.stdin.write(json.dumps({"do": deed, **how}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def run(self, recall, percent=None):
        """CPU seconds for all queries, one after the other, and what was found."""
        came = self.do("search", k=K, recall=recall, threads=1, percent=percent)
        return came["cpu"], came["found"]

    def at_once(self, recall, threads):
        """Seconds, and CPU seconds."""
        came = self.do("search", k=K, recall=recall, threads=threads)
        return came["seconds"], came["cpu"]
