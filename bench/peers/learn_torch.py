"""PyTorch on Fashion-MNIST with the first recipe of ../learn_fashion.c; a line: peer NAME FIGURE..., as in ../learn_peer.h.

    learn_torch.py fashion DIRECTORY SEED EPOCHS GOAL    accuracy, seconds, epochs, seconds to the accuracy (0 if never)

The learning rate is that of all EPOCHS, though it stops at the accuracy. Batches are rows of a shuffled tensor: no data loader.
"""

import math
import sys
import time

try:
    import numpy as np
    import torch
    from torch.nn import functional
except ImportError:
    sys.exit("PyTorch is not there: on Debian, apt-get install python3-torch")

from learn_idx import read_fashion

WIDTHS = (784, 256, 128, 100, 10)
BATCH, RATE, DECAY = 128, 0.002, 0.05


def make_model():
    layers = []
    for k, n in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(k, n), torch.nn.ReLU()]
        torch.nn.init.kaiming_uniform_(layers[-2].weight, nonlinearity="relu")
        torch.nn.init.zeros_(layers[-2].bias)
    return torch.nn.Sequential(*layers[:-1])


def train_epoch(model, optimizer, x, label):
    order = torch.randperm(len(label))
    for first in range(0, len(label), BATCH):
        rows = order[first:first + BATCH]
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(model(x[rows]), label[rows]).backward()
        optimizer.step()


def fashion(directory, seed, epochs, goal):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    (x, label), (x_test, label_test) = [(torch.from_numpy((x / 255).astype(np.float32)),
                                         torch.from_numpy(t.astype(np.int64))) for x, t in read_fashion(directory)]
    model = make_model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    seconds = reached = accuracy = 0
    for epoch in range(epochs):
        began = time.perf_counter()
        optimizer.param_groups[0]["lr"] = RATE * (1 + math.cos(math.pi * epoch / epochs)) / 2
        train_epoch(model, optimizer, x, label)
        seconds += time.perf_counter() - began
        with torch.inference_mode():
            accuracy = (model(x_test).argmax(1) == label_test).double().mean().item()
        if accuracy >= goal:
            reached = seconds
            break
    print("peer", f"PyTorch-{torch.__version__}", accuracy, seconds, epoch + 1, reached, flush=True)


if __name__ == "__main__":
    fashion(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
