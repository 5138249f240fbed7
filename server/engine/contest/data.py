"""Rows and queries, and what is true of them."""

import numpy as np

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

    made = np.concatenate([make(50_000) for _ in range(rows // 50_000)] + [make(rows % 50_000 + queries)])
    return made[:rows], made[rows:]


def load(base, queries):
    """What NumPy wrote, made of length one."""
    both = (np.load(path).astype("f4") for path in (base, queries))
    return tuple(np.ascontiguousarray(rows / np.linalg.norm(rows, axis=1, keepdims=True)) for rows in both)


def number(rows):
    """The metadata by which is filtered: below 100 × p for p per cent of the rows."""
    return (np.arange(rows) * 7919) % 10_000


def truth(base, queries, percent=None):
    """The rows nearest to each query, of those that pass."""
    places = np.arange(len(base)) if percent is None else np.flatnonzero(number(len(base)) < round(percent * 100))
    kept, k = base[places] if percent is not None else base, min(K, len(places))
    found = [np.argpartition(-(part @ kept.T), k - 1, axis=1)[:, :k] for part in np.array_split(queries, 20)]
    return places[np.concatenate(found)]


def recall(found, true):
    return float(np.mean([len(set(map(int, a)) & set(map(int, b))) / len(b) for a, b in zip(found, true)]))
