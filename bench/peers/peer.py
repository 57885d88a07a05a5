"""A peer in Python: the lines of ../serve.h, the numbers of ../inputs.c, the answers of ../reference.c.

A peer defines a class with
    library                        a name and a version
    __init__(problem, inputs)      raises Skip with a reason where it cannot do it
    set_rate(rate)                 of training steps
    once()                         runs the problem
    answer()                       y (batch, n_L), or after a step [(A_1, b_1), ...] with A_l (n_l, n_{l-1})
and calls serve(class).
"""

import math
import sys
import time

import numpy as np

REFERENCE_BUDGET = 3e8
REFERENCE_RATE = 0.5
TIMING_RATE = 1e-9
WORTH_WARMING = 0.02


class Skip(Exception):
    """The peer cannot do this problem."""


class Problem:
    """work, dtype, widths, activation, batch, threads"""

    def __init__(self, text):
        words = text.split()
        self.work, self.dtype, widths, self.activation = words[:4]
        self.widths = [int(width) for width in widths.split("-")]
        options = dict(word.split("=") for word in words[4:])
        self.batch = int(options.get("batch", 1))
        self.threads = int(options.get("threads", 1))
        if self.dtype != "f32":
            raise Skip("f32 only")
        if self.work not in ("infer", "train"):
            raise Skip("infer and train only")

    @property
    def layers(self):
        return len(self.widths) - 1

    def fma(self):
        """Multiplications for one sample."""
        products = [n * k for k, n in zip(self.widths, self.widths[1:])]
        return sum(products) if self.work == "infer" else 3 * sum(products) - products[0]


class Draws:
    """The linear congruential generator of inputs.c, many numbers at a time."""

    FACTOR, SHIFT = np.uint64(6364136223846793005), np.uint64(1442695040888963407)

    def __init__(self, state):
        self.state = np.uint64(state)

    def many(self, count, scale):
        with np.errstate(over="ignore"):
            factors = np.multiply.accumulate(np.full(count, self.FACTOR))
            before = np.concatenate(([np.uint64(1)], factors[:-1]))
            states = factors * self.state + self.SHIFT * np.add.accumulate(before)
        self.state = states[-1]
        return (scale * ((states >> np.uint64(47)).astype(np.float64) / 65536 - 1)).astype(np.float32)


class Inputs:
    """period, weights [A_l], biases [b_l], x (period, n_0), t (period, n_L)"""

    def __init__(self, problem):
        draws = Draws(20240229)
        self.period = next((p for p in (31, 13, 7, 5) if problem.fma() * p <= REFERENCE_BUDGET), 3)
        self.period = min(self.period, problem.batch)
        self.weights, self.biases = [], []
        for k, n in zip(problem.widths, problem.widths[1:]):
            self.weights.append(draws.many(n * k, math.sqrt(3 / k)).reshape(k, n).T)
            self.biases.append(draws.many(n, 0.25))
        self.x = draws.many(self.period * problem.widths[0], 1).reshape(self.period, -1)
        self.t = draws.many(self.period * problem.widths[-1], 1).reshape(self.period, -1)

    def spread(self, columns, batch):
        """The periodic samples of a whole batch."""
        return np.ascontiguousarray(columns[np.arange(batch) % self.period])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


SIGMA = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "softplus": (lambda z: np.logaddexp(0, z), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
}


def reference(problem, inputs):
    """y for one period, or the parameters after a step at REFERENCE_RATE; in double."""
    value, slope = SIGMA[problem.activation]
    weights = [A.astype(np.float64) for A in inputs.weights]
    biases = [b.astype(np.float64) for b in inputs.biases]
    y, slopes = [inputs.x.astype(np.float64)], []
    for l, (A, b) in enumerate(zip(weights, biases)):
        z = y[-1] @ A.T + b
        hidden = l + 1 < problem.layers
        y.append(value(z) if hidden else z)
        slopes.append(slope(z) if hidden else np.ones_like(z))
    if problem.work == "infer":
        return y[-1]
    count = np.bincount(np.arange(problem.batch) % inputs.period, minlength=inputs.period)
    delta = (y[-1] - inputs.t) * count[:, None] / problem.batch
    after = []
    for l in reversed(range(problem.layers)):
        delta = delta * slopes[l]
        after.append((weights[l] - REFERENCE_RATE * delta.T @ y[l], biases[l] - REFERENCE_RATE * delta.sum(0)))
        delta = delta @ weights[l]
    return after[::-1]


def quotient(difference, size):
    norm = np.linalg.norm(difference)
    return float(norm / np.linalg.norm(size)) if norm != 0 else 0.0


def residual(problem, inputs, answer):
    """How far an answer is from the reference, as reference_residual() has it."""
    expected = reference(problem, inputs)
    if problem.work == "infer":
        return quotient(answer - inputs.spread(expected, problem.batch), inputs.spread(expected, problem.batch))
    before = zip(inputs.weights, inputs.biases)
    worst = [quotient(got - want, want - start)
             for gots, wants, starts in zip(answer, expected, before)
             for got, want, start in zip(gots, wants, starts)]
    return float(np.max(worst))


def tolerance(problem):
    return 3e-2 if problem.work == "train" and problem.activation == "relu" else 1e-3


def prepare(make, text):
    """A run that is ready and the line that says so."""
    try:
        problem = Problem(text)
        if problem.activation not in SIGMA:
            raise Skip("no such activation")
        inputs = Inputs(problem)
        run = make(problem, inputs)
        run.set_rate(REFERENCE_RATE)
        run.once()
        distance = residual(problem, inputs, run.answer())
        if not distance <= tolerance(problem):
            return None, f"wrong {distance:g}"
        if problem.work == "train":
            run = make(problem, inputs)
            run.set_rate(TIMING_RATE)
        return run, f"ready {distance:g}"
    except Skip as reason:
        return None, f"skip {reason}"


def timed(run, repeats, warm):
    if warm:
        run.once()
    begin = time.perf_counter()
    for _ in range(repeats):
        run.once()
    return time.perf_counter() - begin


def serve(make):
    run, last = None, 0.0
    print(f"peer {make.library}", flush=True)
    for line in sys.stdin:
        words = line.split(maxsplit=1)
        if words == ["quit"]:
            break
        if words and words[0] == "problem":
            run = None
            run, reply = prepare(make, words[1])
            print(reply, flush=True)
        elif run and len(words) == 2 and words[0] == "run":
            seconds = timed(run, int(words[1]), last < WORTH_WARMING)
            last = seconds / int(words[1])
            print(f"seconds {seconds:.9g}", flush=True)
        else:
            print("skip no problem is ready, or no request", flush=True)
