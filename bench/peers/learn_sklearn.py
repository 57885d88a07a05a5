"""scikit-learn's MLPClassifier on tasks of `mlp-bench learn`; a line for each run: peer NAME FIGURE..., as in ../learn_peer.h.

    learn_sklearn.py digits CSV SEED EPOCHS              accuracy, seconds, epochs, of each of 5 folds
    learn_sklearn.py fashion DIRECTORY SEED EPOCHS GOAL  accuracy, seconds, epochs, seconds to the accuracy (0 if never)
"""

import sys
import time
import warnings

try:
    import numpy as np
    import sklearn
    from sklearn.neural_network import MLPClassifier
except ImportError:
    sys.exit("scikit-learn is not there: on Debian, apt-get install python3-sklearn")

from learn_idx import read_fashion

NAME = f"scikit-learn-{sklearn.__version__}"
FOLDS = 5


def say(*figures):
    print("peer", NAME, *figures, flush=True)


def digits(path, seed, epochs):
    table = np.loadtxt(path, delimiter=",")
    x, label = (table[:, :-1] / 16).astype(np.float32), table[:, -1].astype(int)
    fold = np.zeros(len(label), int)
    for c in range(10):
        fold[label == c] = np.arange((label == c).sum()) % FOLDS
    for k in range(FOLDS):
        model = MLPClassifier(hidden_layer_sizes=(100,), max_iter=epochs, random_state=seed)
        began = time.perf_counter()
        model.fit(x[fold != k], label[fold != k])
        seconds = time.perf_counter() - began
        say(model.score(x[fold == k], label[fold == k]), seconds, model.n_iter_)


def fashion(directory, seed, epochs, goal):
    (x, label), (x_test, label_test) = [((x / 255).astype(np.float32), t) for x, t in read_fashion(directory)]
    model = MLPClassifier(hidden_layer_sizes=(256, 128, 100), batch_size=128, random_state=seed)
    seconds = reached = accuracy = 0
    for epoch in range(epochs):
        began = time.perf_counter()
        model.partial_fit(x, label, classes=np.arange(10))
        seconds += time.perf_counter() - began
        accuracy = model.score(x_test, label_test)
        if accuracy >= goal:
            reached = seconds
            break
    say(accuracy, seconds, epoch + 1, reached)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    if sys.argv[1] == "digits":
        digits(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        fashion(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
