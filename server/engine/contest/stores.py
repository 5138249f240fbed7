"""Stores that keep metadata too: Qdrant's engine in this process, and Chroma's server."""

import os
import socket
import subprocess
import sys
import time

from data import K, number


class Qdrant:
    name = "qdrant-edge"

    def __init__(self, base, queries, scratch):
        import qdrant_edge as edge

        self.edge = edge
        config = edge.EdgeConfig(
            vectors=edge.EdgeVectorParams(base.shape[1], edge.Distance.Dot),
            hnsw_config=edge.HnswIndexConfig(16, 200, 10),
            optimizers=edge.EdgeOptimizersConfig(default_segment_number=1, indexing_threshold=1),
            max_search_threads=1,
        )
        self.shard = edge.EdgeShard.create(os.path.join(scratch, "qdrant"), config)
        numbers, rows = number(len(base)).tolist(), base.tolist()
        points = [edge.Point(at, rows[at], {"number": numbers[at]}) for at in range(len(rows))]
        start = time.process_time()
        self.shard.update(edge.UpdateOperation.create_field_index("number", edge.PayloadSchemaType.Integer))
        for at in range(0, len(points), 500):
            self.shard.update(edge.UpdateOperation.upsert_points(points[at : at + 500]))
        while self.shard.optimize():
            pass
        self.shard.flush()
        self.build = time.process_time() - start
        self.queries = [edge.Query.Nearest(query) for query in queries.tolist()]

    def run(self, setting, percent=None):
        edge = self.edge
        params = edge.SearchParams(hnsw_ef=setting)
        below = None
        if percent is not None:
            low = edge.FieldCondition("number", range=edge.RangeFloat(lt=percent * 100))
            below = edge.Filter(must=[low])
        asked = [edge.QueryRequest(K, query=query, filter=below, params=params) for query in self.queries]
        start = time.process_time()
        found = [self.shard.query(one) for one in asked]
        return time.process_time() - start, [[point.id for point in points] for points in found]


def chroma(base, scratch, rows=10_000):
    """Rows a second that its server takes with metadata in batches of 500, and the CPU seconds of a row on both sides."""
    import chromadb

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = os.path.join(os.path.dirname(sys.executable), "chroma")
    command = [program, "run", "--path", os.path.join(scratch, "chroma"), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        client = connected(chromadb, port)
        into = client.create_collection("contest", metadata={"hnsw:space": "cosine"})
        base, numbers = base[:rows], number(rows).tolist()
        about = [{"number": n, "title": f"The title of number {at}", "open": at % 2 == 0} for at, n in enumerate(numbers)]
        start, cpu = time.perf_counter(), time.process_time() + spent(server.pid)
        for at in range(0, len(base), 500):
            part = slice(at, at + 500)
            ids = [str(one) for one in range(at, min(at + 500, len(base)))]
            into.upsert(ids=ids, embeddings=base[part], metadatas=about[part])
        taken, cpu = time.perf_counter() - start, time.process_time() + spent(server.pid) - cpu
        return len(base) / taken, cpu / len(base)
    finally:
        server.terminate()
        server.wait()


def spent(pid):
    """CPU seconds of another process."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def connected(chromadb, port):
    for _ in range(300):
        try:
            return chromadb.HttpClient(host="127.0.0.1", port=port)
        except Exception:  # Whatever it raises while the server starts.
            time.sleep(0.2)
    raise TimeoutError("chroma's server did not start")
