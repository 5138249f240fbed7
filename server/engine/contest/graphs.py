"""Libraries that find near rows by a graph of neighbours, with the build settings that most people use."""

import time

import numpy as np

from data import K


class Graph:
    settings = (10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 400)

    def timed(self, build):
        start = time.process_time()
        build()
        self.build = time.process_time() - start

    def run(self, setting, percent=None):
        self.set(setting)
        start = time.process_time()
        # One call for all: a call of Python for each would count against them.
        found = self.search(1)
        return time.process_time() - start, found

    def at_once(self, setting, threads):
        self.set(setting)
        start, cpu = time.perf_counter(), time.process_time()
        self.search(threads)
        return time.perf_counter() - start, time.process_time() - cpu


class Hnswlib(Graph):
    name = "hnswlib"

    def __init__(self, base, queries):
        import hnswlib

        self.queries, self.index = queries, hnswlib.Index("ip", base.shape[1])
        self.index.init_index(len(base), M=16, ef_construction=200)
        self.timed(lambda: self.index.add_items(base))

    def set(self, setting):
        self.index.set_ef(setting)

    def search(self, threads):
        return self.index.knn_query(self.queries, K, num_threads=threads)[0]


class Usearch(Graph):
    name = "usearch"

    def __init__(self, base, queries):
        from usearch.index import Index

        self.queries, self.index = queries, Index(ndim=base.shape[1], metric="ip", dtype="f32")
        self.timed(lambda: self.index.add(np.arange(len(base)), base))

    def set(self, setting):
        self.index.expansion_search = setting

    def search(self, threads):
        return self.index.search(self.queries, K, threads=threads).keys


class Faiss(Graph):
    name = "faiss HNSW"

    def __init__(self, base, queries):
        import faiss

        self.threads = faiss.omp_set_num_threads
        self.queries, self.index = queries, faiss.IndexHNSWFlat(base.shape[1], 16, faiss.METRIC_INNER_PRODUCT)
        self.index.hnsw.efConstruction = 200
        self.timed(lambda: self.index.add(base))

    def set(self, setting):
        self.index.hnsw.efSearch = setting

    def search(self, threads):
        self.threads(threads)
        return self.index.search(self.queries, K)[1]


def named(names):
    wanted = {"hnswlib": Hnswlib, "usearch": Usearch, "faiss": Faiss}
    return [wanted[name] for name in names.split(",")]
