"""Fashion-MNIST for the peers in Python."""

import gzip

import numpy as np


def read_idx(path):
    """An array of bytes: a row for each picture or label."""
    with gzip.open(path) as stream:
        data = stream.read()
    samples = int.from_bytes(data[4:8], "big")
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(samples, -1)


def read_fashion(directory):
    """[(pictures, labels) to learn, (pictures, labels) to test]"""
    return [(read_idx(f"{directory}/{part}-images-idx3-ubyte.gz"),
             read_idx(f"{directory}/{part}-labels-idx1-ubyte.gz").ravel()) for part in ("train", "t10k")]
