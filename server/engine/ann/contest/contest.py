"""Conifer beside hnswlib, usearch and faiss, on the same rows, in turns, one query at a time.

What is compared is the time of each at the same recall: every contestant runs all its settings, round after round, and
the best round of a setting counts. The machine may be busy: read the ratios, not the times.
"""

import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np

RECALLS = (0.90, 0.95, 0.98, 0.99, 0.995)
K = 10


def mixture(rows, queries, dimension, seed=7):
    """Rows around many points of a space of few dimensions, bent into many, with some noise: much like embeddings."""
    random = np.random.default_rng(seed)
    latent, groups = max(dimension // 10, 20), 2000
    weights = np.arange(1, groups + 1) ** -0.7
    centres = random.normal(size=(groups, latent)) * 0.7
    into = random.normal(size=(latent, dimension)) * 1.5 / np.sqrt(latent)
    mix = random.normal(size=(dimension, dimension)) / np.sqrt(dimension)

    def make(count):
        group = random.choice(groups, count, p=weights / weights.sum())
        bent = np.tanh((centres[group] + 0.6 * random.normal(size=(count, latent))) @ into) @ mix
        made = (bent + 0.15 * random.normal(size=(count, dimension))).astype("f4")
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    return np.concatenate([make(50_000) for _ in range(rows // 50_000)] + [make(rows % 50_000 + queries)])


def truth(base, queries):
    found = [np.argpartition(-(part @ base.T), K, axis=1)[:, :K] for part in np.array_split(queries, 20)]
    return np.concatenate(found)


def recall(found, true):
    return float(np.mean([len(set(a) & set(b)) / K for a, b in zip(found, true)]))


class Conifer:
    name, settings = "conifer", (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998)

    def __init__(self, base, queries, contestant, scratch):
        paths = [os.path.join(scratch, name) for name in ("base.f32", "queries.f32")]
        base.tofile(paths[0])
        queries.tofile(paths[1])
        command = [contestant, *paths, str(base.shape[1]), "cosine"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        _, _, self.build, self.bytes = self.process.stdout.readline().split()
        self.build, self.bytes = float(self.build), int(self.bytes)

    def run(self, setting, threads=1):
        self.process.stdin.write(f"{K} {setting} {threads}\n")
        self.process.stdin.flush()
        seconds = float(self.process.stdout.readline())
        return seconds, [[int(at) for at in row.split(",")] for row in self.process.stdout.readline().split()]


class Peer:
    def timed(self, build):
        start = time.process_time()
        build()
        self.build = time.process_time() - start

    def run(self, setting):
        self.set(setting)
        found, start = [], time.perf_counter()
        for query in self.queries:
            found.append(self.one(query))
        return time.perf_counter() - start, found


class Hnswlib(Peer):
    name, settings = "hnswlib", (10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 400)

    def __init__(self, base, queries):
        import hnswlib

        self.queries, self.index = queries, hnswlib.Index("ip", base.shape[1])
        self.index.init_index(len(base), M=16, ef_construction=200)
        self.timed(lambda: self.index.add_items(base))
        self.index.set_num_threads(1)

    def set(self, setting):
        self.index.set_ef(setting)

    def run(self, setting):
        # One call for all: a call of Python for each would count against it.
        self.set(setting)
        start = time.perf_counter()
        found, _ = self.index.knn_query(self.queries, K, num_threads=1)
        return time.perf_counter() - start, found


class Usearch(Peer):
    name, settings = "usearch", (10, 20, 40, 80, 120, 200, 400)

    def __init__(self, base, queries):
        from usearch.index import Index

        self.queries, self.index = queries, Index(ndim=base.shape[1], metric="ip", dtype="f32")
        self.timed(lambda: self.index.add(np.arange(len(base)), base))

    def set(self, setting):
        self.index.expansion_search = setting

    def run(self, setting):
        self.set(setting)
        start = time.perf_counter()
        found = self.index.search(self.queries, K, threads=1).keys
        return time.perf_counter() - start, found


class Faiss(Peer):
    name, settings = "faiss HNSW", (10, 20, 40, 80, 120, 200, 400)

    def __init__(self, base, queries):
        import faiss

        faiss.omp_set_num_threads(1)
        self.queries, self.index = queries, faiss.IndexHNSWFlat(base.shape[1], 16, faiss.METRIC_INNER_PRODUCT)
        self.index.hnsw.efConstruction = 200
        self.timed(lambda: self.index.add(base))

    def set(self, setting):
        self.index.hnsw.efSearch = setting

    def run(self, setting):
        self.set(setting)
        start = time.perf_counter()
        _, found = self.index.search(self.queries, K)
        return time.perf_counter() - start, found


def measure(contestants, true, rounds):
    """For each contestant and setting: the recall and the best time of a query."""
    results = {one.name: {} for one in contestants}
    for _ in range(rounds):
        for one in contestants:
            for setting in one.settings:
                seconds, found = one.run(setting)
                known = results[one.name].setdefault(setting, [recall(found, true), seconds])
                known[1] = min(known[1], seconds)
    return {name: sorted(points.values()) for name, points in results.items()}


def at_recall(points, wanted, count):
    """Queries a second at a recall, on the line between the points around it; None where it is not reached."""
    for (low, slow), (high, fast) in zip(points, points[1:]):
        if low <= wanted <= high and high > low:
            part = (wanted - low) / (high - low)
            return count / (slow + (fast - slow) * part)
    reached = [seconds for found, seconds in points if found >= wanted]
    return count / min(reached) if reached else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contestant")
    parser.add_argument("scratch")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--base")
    parser.add_argument("--query-file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    options = parser.parse_args()
    if options.base:
        base, queries = np.load(options.base).astype("f4"), np.load(options.query_file).astype("f4")
        base, queries = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (base, queries))
    else:
        made = mixture(options.rows, options.queries, options.dimension)
        base, queries = made[: options.rows], made[options.rows :]
    true = truth(base, queries)
    contestants = [Conifer(base, queries, options.contestant, options.scratch)]
    for peer in (Hnswlib, Usearch, Faiss):
        try:
            contestants.append(peer(base, queries))
        except ImportError as error:
            print(f"without {peer.name}: {error}", file=sys.stderr)
    results = measure(contestants, true, options.rounds)
    report(contestants, results, base, len(queries), options.json)


def report(contestants, results, base, queries, path):
    print(f"{base.shape[0]} rows of {base.shape[1]} dimensions, recall@{K}, one thread: queries a second")
    print(f"{'':12}" + "".join(f"{wanted:>10}" for wanted in RECALLS) + "   build, CPU s")
    table = {}
    for one in contestants:
        table[one.name] = {str(wanted): at_recall(results[one.name], wanted, queries) for wanted in RECALLS}
        rates = "".join(f"{rate:>10.0f}" if rate else f"{'–':>10}" for rate in table[one.name].values())
        print(f"{one.name:12}{rates}{one.build:>13.1f}")
    ours = contestants[0]
    for one in contestants[1:]:
        rates = zip(table[ours.name].values(), table[one.name].values())
        ratios = "".join(f"{a / b:>10.2f}" if a and b else f"{'–':>10}" for a, b in rates)
        print(f"{'ratio to ' + one.name:12}{ratios}   1/{one.build / ours.build:.1f}")
    alone, both = (min(ours.run(0.99, threads)[0] for _ in range(5)) for threads in (1, 2))
    print(f"two threads answer {alone / both:.2f} times as many queries as one")
    print(f"memory beside the rows: {ours.bytes} bytes a row, {ours.bytes / (4 * base.shape[1]):.3f} of theirs")
    if path:
        with open(path, "w") as file:
            json.dump({"rates": table, "points": results, "build": {one.name: one.build for one in contestants}}, file)


if __name__ == "__main__":
    main()
