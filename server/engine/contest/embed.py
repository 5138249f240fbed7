"""Real rows for the contest: names and short descriptions of Debian's packages, as a model of sentences sees them.

Needs sentence-transformers, and a Debian that knows its packages (apt-get update).
"""

import argparse
import random
import re
import subprocess

import numpy as np
from sentence_transformers import SentenceTransformer


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="a name or a directory: all-MiniLM-L6-v2 has 384 dimensions")
    parser.add_argument("base")
    parser.add_argument("queries")
    parser.add_argument("--held-out", type=int, default=1000)
    options = parser.parse_args()
    model = SentenceTransformer(options.model, device="cpu")
    rows = model.encode(texts(), batch_size=64, convert_to_numpy=True, normalize_embeddings=True).astype("f4")
    np.save(options.queries, rows[: options.held_out])
    np.save(options.base, rows[options.held_out :])


def texts():
    """In an order of chance, always the same."""
    available = subprocess.run(["apt-cache", "dumpavail"], capture_output=True, text=True, errors="replace", check=True)
    found = {}
    for package in available.stdout.split("\n\n"):
        name = re.search(r"^Package: (.+)$", package, re.MULTILINE)
        about = re.search(r"^Description(?:-en)?: (.+)$", package, re.MULTILINE)
        if name and about:
            found[f"{name[1]}: {about[1]}"] = None
    shuffled = list(found)
    random.Random(4).shuffle(shuffled)
    return shuffled


if __name__ == "__main__":
    main()
