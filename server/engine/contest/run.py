"""Conifer's engine beside others, on the same rows, in turns.

Where one query is answered after the other, CPU seconds are counted: the machine may be busy. Read the ratios.
"""

import argparse
import json
import sys

import curves
import data
import graphs
import stores
from conifer import Conifer

PERCENTS = (0.05, 0.1, 1, 5, 10, 25, 50, 90)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contestant")
    parser.add_argument("scratch")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--base")
    parser.add_argument("--queries")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--beside", default="hnswlib,usearch,faiss", help="the graphs to be compared with")
    parser.add_argument("--json")
    options = parser.parse_args()
    given = options.base is not None
    base, queries = (
        data.load(options.base, options.queries) if given else data.mixture(options.rows, 1000, options.dimension)
    )
    wanted = [part for part in options.only.split(",") if part] or list(PARTS)
    ours = Conifer(base, queries, options.contestant, options.scratch)
    said = {"rows": len(base), "dimension": base.shape[1], "made up": not given}
    print(f"{len(base)} rows of {base.shape[1]} dimensions, {'given' if given else 'made up'}; recall@{data.K}", flush=True)
    for part in wanted:
        print(flush=True)
        said[part] = PARTS[part](ours, base, queries, options)
        if options.json:
            with open(options.json, "w") as file:
                json.dump(said, file, indent=1)


def with_those_present(makers):
    found = []
    for maker in makers:
        try:
            found.append(maker())
        except ImportError as error:
            print(f"without one: {error}", file=sys.stderr)
    return found


def speed(ours, base, queries, options):
    """Recall against speed, one thread and all."""
    peers = with_those_present([lambda kind=kind: kind(base, queries) for kind in graphs.named(options.beside)])
    points = curves.measured([ours, *peers], data.truth(base, queries), options.rounds)
    rates = {name: [curves.at_recall(of, wanted, len(queries)) for wanted in curves.RECALLS] for name, of in points.items()}
    row("queries a CPU second at", [f"{wanted}" for wanted in curves.RECALLS] + ["build, CPU s"])
    for one in [ours, *peers]:
        row(one.name, [text(rate, "{:.0f}") for rate in rates[one.name]] + [f"{one.build:.1f}"])
    for peer in peers:
        ratios = [a / b if a and b else None for a, b in zip(rates[ours.name], rates[peer.name])]
        row(f"ratio to {peer.name}", [text(ratio, "{:.2f}") for ratio in ratios] + [f"1/{peer.build / ours.build:.1f}"])
    together = at_once([ours, *peers], points, len(queries), options)
    return {"points": points, "rates": rates, "build": {one.name: one.build for one in [ours, *peers]}, "together": together}


def at_once(contestants, points, count, options):
    print(f"\n{options.threads} threads beside one, at recall .99: queries a second, and what a query costs")
    row("", ["one", "all", "ratio", "CPU ratio"])
    found = {}
    for one in contestants:
        setting = curves.setting_for(points[one.name], 0.99)
        turns = [[one.at_once(setting, threads) for threads in (1, options.threads)] for _ in range(5)]
        (alone, alone_cpu), (both, both_cpu) = (tuple(min(part) for part in zip(*of)) for of in zip(*turns))
        row(one.name, [f"{count / alone:.0f}", f"{count / both:.0f}", f"{alone / both:.2f}", f"{both_cpu / alone_cpu:.2f}"])
        found[one.name] = {"one": count / alone, "all": count / both, "cost": both_cpu / alone_cpu}
    return found


def filters(ours, base, queries, options):
    """Speed by how much a filter leaves."""
    peers = with_those_present([lambda: stores.Qdrant(base, queries, options.scratch)])
    settings = {"conifer": (0.99,), "qdrant-edge": (128, 512)}
    row("a filter leaves", ["conifer", "recall"] + ["qdrant-edge", "recall", "ratio"] * bool(peers))
    found = {}
    for percent in PERCENTS:
        points = curves.measured([ours, *peers], data.truth(base, queries, percent), options.rounds, percent, settings)
        (reached, seconds, _), *_ = points["conifer"]
        cells = [f"{len(queries) / seconds:.0f}", f"{reached:.4f}"]
        for peer in peers:
            # The faster of its settings that find enough.
            enough = [point for point in points[peer.name] if point[0] >= 0.99] or points[peer.name][-1:]
            theirs = min(enough, key=lambda point: point[1])
            cells += [f"{len(queries) / theirs[1]:.0f}", f"{theirs[0]:.4f}", f"{theirs[1] / seconds:.2f}"]
        row(f"{percent} %", cells)
        found[percent] = points
    return found


def ingest(ours, base, queries, options):
    """Durable writes, memory, and the first sight of what was written."""
    ours.run(0.99)
    rate, stats = len(base) / ours.ingested["seconds"], ours.do("stats")
    cost = 1e6 * ours.ingested["cpu"] / len(base)
    print(f"durable with metadata, batches of 500: {rate:.0f} records a second, {cost:.0f} µs of CPU each")
    print(f"then to rest: {ours.settled['seconds']:.1f} s, {ours.settled['segments']} segments; CPU in all {ours.build:.1f} s")
    try:
        theirs, their_cost = stores.chroma(base, options.scratch)
        print(f"chroma's server: {theirs:.0f} records a second, {1e6 * their_cost:.0f} µs of CPU each, client and server", end="")
        print(f"; ratio {rate / theirs:.1f}, of CPU {1e6 * their_cost / cost:.1f}")
    except ImportError as error:
        theirs = their_cost = None
        print(f"without chroma: {error}", file=sys.stderr)
    size = base.nbytes
    print(f"memory beside the mapped rows: {stats['memory_bytes'] / size:.3f} of their size, all of the process {stats['anonymous_bytes'] / size:.3f}")
    print(f"on disk: {stats['disk_bytes'] / size:.2f} of their size")
    seen = ours.do("visible", writes=200)
    print(f"of {seen['writes']} writes {seen['seen']} were found by the next query; write and query took {1e3 * seen['took']['p50']:.2f} ms (p50)")
    return {"rate": rate, "chroma": theirs, "cost": cost, "chroma cost": their_cost, "stats": stats, "visible": seen, "ingested": ours.ingested, "settled": ours.settled}


def churn(ours, base, queries, options):
    """Queries while segments are written and merged."""
    came = ours.do("churn", seconds=15)
    for kind in ("time", "cpu"):
        idle, merging = came["idle"][kind], came["merging"][kind]
        for name, spread in (("idle", idle), ("merging", merging)):
            print(f"{kind}, {name}: p50 {1e6 * spread['p50']:.0f} µs, p99 {1e6 * spread['p99']:.0f} µs of {spread['count']} queries")
        print(f"{kind}: p99 while merging is {merging['p99'] / idle['p99']:.2f} of that while idle")
    print(f"{came['rewritten']} records were written meanwhile")
    return came


def row(name, cells):
    print(f"{name:24}" + "".join(f"{cell:>13}" for cell in cells), flush=True)


def text(value, form):
    return form.format(value) if value else "–"


PARTS = {"speed": speed, "filters": filters, "ingest": ingest, "churn": churn}

if __name__ == "__main__":
    main()
