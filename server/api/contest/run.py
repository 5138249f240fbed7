"""Conifer's API beside chroma's server: the same rows, the same clients, each server by itself, in turns.

Requests are written before they are sent, so that what is measured is the server. Read the ratios.
"""

import argparse
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../engine/contest"))

import data
from servers import Chroma, Conifer

CLIENTS = (1, 8, 64)
PERCENTS = (0.1, 1, 10, 50, 90)
CHECKED = 200


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("conifer")
    parser.add_argument("load", help="the developer's tool, which has the clients")
    parser.add_argument("scratch")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--base")
    parser.add_argument("--queries")
    parser.add_argument("--count", type=int, default=2_000, help="queries of a measurement")
    parser.add_argument("--only", default="")
    parser.add_argument("--json")
    options = parser.parse_args()
    given = options.base is not None
    base, queries = data.load(options.base, options.queries) if given else data.mixture(options.rows, 1000, options.dimension)
    said = {"rows": len(base), "dimension": base.shape[1], "made up": not given}
    print(f"{len(base)} rows of {base.shape[1]} dimensions, {'given' if given else 'made up'}; top {data.K}", flush=True)
    for make in (Conifer, Chroma):
        if options.only not in ("", make.name):
            continue
        try:
            server = make(options, base.shape[1])
        except FileNotFoundError as error:
            print(f"without {make.name}: {error}", file=sys.stderr)
            continue
        try:
            said[make.name] = measure(server, base, queries, options)
        finally:
            server.stop()
        if options.json:
            with open(options.json, "w") as file:
                json.dump(said, file, indent=1)
    if "conifer" in said and "chroma" in said:
        compare(said["conifer"], said["chroma"])


def measure(server, base, queries, options):
    print(f"\n{server.name}", flush=True)
    numbers = data.number(len(base)).tolist()
    about = [{"number": n, "title": f"The title of number {at}", "open": at % 2 == 0} for at, n in enumerate(numbers)]
    batches = [server.upsert(range(at, min(at + 200, len(base))), base, about) for at in range(0, len(base), 200)]
    took = load(server, batches, 1, len(batches), options)
    found = {"ingest": len(base) / took["seconds"]}
    print(f"  ingest, durable, with metadata: {found['ingest']:.0f} records a second", flush=True)
    server.rest()
    asked = [server.query(query) for query in queries]
    true = data.truth(base, queries[:CHECKED])
    found["recall"] = data.recall([server.found(request) for request in asked[:CHECKED]], true)
    print(f"  recall {found['recall']:.4f}", flush=True)
    for clients in CLIENTS:
        found[f"query, {clients} clients"] = line(f"query, {clients} clients", server, asked, clients, options)
    for percent in PERCENTS:
        filtered = [server.query(query, round(percent * 100)) for query in queries]
        found[f"filter {percent}"] = line(f"filter leaves {percent} %", server, filtered, 1, options)
    if server.grpc:
        messages = [server.message(query) for query in queries]
        for clients in CLIENTS:
            name = f"gRPC, {clients} clients"
            found[name] = line(name, server, messages, clients, options, server.grpc)
    return found


def line(name, server, requests, clients, options, how=()):
    before = server.engine_time()
    took = load(server, requests, clients, round(options.count * server.share), options, how)
    text = f"  {name:22} p50 {1e3 * took['p50']:8.3f} ms   p99 {1e3 * took['p99']:8.3f} ms   {took['qps']:8.0f} a second"
    if before and clients == 1:
        after = server.engine_time()
        engine = (after[0] - before[0]) / (after[1] - before[1])
        took["outside"] = 1 - engine * took["count"] / took["seconds"]
        text += f"   outside the engine {100 * took['outside']:.0f} %"
    print(text, flush=True)
    return took


def load(server, requests, clients, count, options, how=()):
    path = os.path.join(options.scratch, "requests")
    with open(path, "wb") as file:
        for request in requests:
            file.write(len(request).to_bytes(4, "little") + request)
    command = [options.load, "load", server.address, path, "--clients", str(clients), "--count", str(count), *how]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def compare(ours, theirs):
    print("\nconifer beside chroma")
    print(f"  ingest: {ours['ingest'] / theirs['ingest']:.1f} × the records a second")
    for name in ours:
        if isinstance(ours[name], dict) and name in theirs:
            p50, qps = ours[name]["p50"] / theirs[name]["p50"], ours[name]["qps"] / theirs[name]["qps"]
            print(f"  {name}: p50 {p50:.3f} ×, {qps:.1f} × the queries a second")


if __name__ == "__main__":
    main()
