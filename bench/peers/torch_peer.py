"""PyTorch: linear layers in inference mode; for training autograd and in-place updates of the parameters."""

import sys

try:
    import torch
    from torch.nn import functional
except ImportError:
    sys.exit(1)

import peer

SIGMA = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": functional.softplus,
    "silu": functional.silu,
}


class Torch:
    library = f"PyTorch {torch.__version__}"

    def __init__(self, problem, inputs):
        torch.set_num_threads(problem.threads)
        self.training = problem.work == "train"
        self.sigma = SIGMA[problem.activation]
        self.weights = [torch.tensor(A.copy(), requires_grad=self.training) for A in inputs.weights]
        self.biases = [torch.tensor(b, requires_grad=self.training) for b in inputs.biases]
        self.x = torch.from_numpy(inputs.spread(inputs.x, problem.batch))
        self.t = torch.from_numpy(inputs.spread(inputs.t, problem.batch))
        self.scale = 0.5 / problem.batch
        self.rate = 0.0

    def set_rate(self, rate):
        self.rate = rate

    def forward(self):
        y = self.x
        for A, b in zip(self.weights[:-1], self.biases[:-1]):
            y = self.sigma(functional.linear(y, A, b))
        return functional.linear(y, self.weights[-1], self.biases[-1])

    def once(self):
        if not self.training:
            with torch.inference_mode():
                self.y = self.forward()
            return
        parameters = self.weights + self.biases
        loss = self.scale * functional.mse_loss(self.forward(), self.t, reduction="sum")
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-self.rate)

    def answer(self):
        if not self.training:
            return self.y.numpy()
        return [(A.detach().numpy(), b.detach().numpy()) for A, b in zip(self.weights, self.biases)]


peer.serve(Torch)
