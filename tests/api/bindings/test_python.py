"""The golden numbers from Python: ctypes and NumPy arrays in C order, in both number types, and one error path.

usage: test_python.py libmlp.so golden.h        (exit status 77 where NumPy is missing)
"""
import ctypes
import re
import sys

try:
    import numpy as np
except ImportError:
    print("SKIPPED: no NumPy in", sys.executable, "(Debian: python3-numpy)")
    sys.exit(77)

library = ctypes.CDLL(sys.argv[1])
library.mlp_last_error.restype = ctypes.c_char_p
i32, i64, real, pointer = ctypes.c_int32, ctypes.c_int64, ctypes.c_double, ctypes.c_void_p

MLP_F32, MLP_F64, MLP_SIGMOID, MLP_USE_DERIVATIVES, MLP_SQUARED_ERROR, MLP_ERR_SIZE = 1, 2, 6, 2, 1, -2
DTYPES = {"f32": (MLP_F32, np.float32, 1e-4, 1e-6), "f64": (MLP_F64, np.float64, 1e-12, 1e-15)}
BATCH = 3


class Error(Exception):
    def __init__(self, status):
        super().__init__(library.mlp_last_error().decode())
        self.status = status


def call(name, signature, *arguments):
    """Call a fallible function; arrays go by address."""
    function = getattr(library, name)
    function.restype, function.argtypes = i32, signature
    status = function(*[a.ctypes.data if isinstance(a, np.ndarray) else a for a in arguments])
    if status < 0:
        raise Error(status)


def read_golden(path):
    """Arrays of a C header by name."""
    with open(path, encoding="ascii") as file:
        found = re.findall(r"golden_(\w+)(?:\[\d+\])? = \{?([^;}]*)", file.read())
    return {name: np.array([float(v) for v in body.split(",") if v.strip()]) for name, body in found}


def fractions(dtype, shape, factor, modulus, centre, divisor):
    k = np.arange(np.prod(shape), dtype=np.int64)
    return ((k * factor % modulus - centre) / divisor).astype(dtype).reshape(shape)


class Model:
    """The acceptance network in one number type, with a workspace."""

    def __init__(self, suffix):
        self.suffix = suffix
        self.constant, self.dtype, self.relative, self.absolute = DTYPES[suffix]
        self.model, self.workspace = pointer(), pointer()
        widths = np.array([4, 4, 4, 4, 4, 4, 1], dtype=np.int64)
        call("mlp_model_create", [i32, i32, pointer, i32, pointer], self.constant, 6, widths, MLP_SIGMOID,
             ctypes.addressof(self.model))
        theta = fractions(self.dtype, 105, 7919, 1009, 504, 256)
        call("mlp_model_set_params_" + suffix, [pointer, i64, i64, pointer], self.model, 0, 105, theta)
        call("mlp_workspace_create", [pointer, i64, i32, i32, pointer], self.model, BATCH, 1, MLP_USE_DERIVATIVES,
             ctypes.addressof(self.workspace))

    def close(self):
        library.mlp_workspace_destroy(self.workspace)
        library.mlp_model_destroy(self.model)

    def call(self, name, signature, *arguments):
        call(f"{name}_{self.suffix}", [pointer, pointer] + signature, self.model, self.workspace, *arguments)

    def forward(self, x, ldx=None):
        y = np.full((BATCH, 1), np.nan, self.dtype)
        self.call("mlp_forward", [i64, pointer, i64, pointer, i64], BATCH, x, ldx or x.shape[1], y, 1)
        return y

    def vjp(self, y_bar):
        x_bar, theta_bar = np.full((BATCH, 4), np.nan, self.dtype), np.full(105, np.nan, self.dtype)
        self.call("mlp_vjp", [pointer, i64, pointer, i64, pointer], y_bar, 1, x_bar, 4, theta_bar)
        return x_bar, theta_bar

    def jvp(self, x_dot, theta_dot):
        y_dot = np.full((BATCH, 1), np.nan, self.dtype)
        self.call("mlp_jvp", [pointer, i64, pointer, pointer, i64], x_dot, 4, theta_dot, y_dot, 1)
        return y_dot

    def jacobian(self, to, from_):
        """dy_to/dy_from of shape (batch, n_to, n_from)."""
        J = np.full((BATCH, 4, 4), np.nan, self.dtype)  # (batch, n_from, n_to)
        self.call("mlp_jacobian_output", [i32, i32, pointer, i64, i64], to, from_, J, 4, 16)
        return J.transpose(0, 2, 1)

    def loss(self, y, target):
        value, y_bar = real(), np.full((BATCH, 1), np.nan, self.dtype)
        t = np.full((BATCH, 1), target, self.dtype)
        call("mlp_loss_evaluate_" + self.suffix,
             [i32, i64, i64, pointer, i64, pointer, i64, pointer, pointer, pointer, i64],
             MLP_SQUARED_ERROR, BATCH, 1, y, 1, t, 1, None, ctypes.addressof(value), y_bar, 1)
        return value.value, y_bar


def check(suffix, golden):
    model = Model(suffix)

    def compare(what, got, want):
        bound = model.relative * np.abs(want) + model.absolute * np.abs(want).max()
        error = np.abs(np.asarray(got, dtype=np.float64).ravel() - want)
        assert (error <= bound).all(), f"{suffix} {what}: off by {error.max():.3g}"

    x = fractions(model.dtype, (BATCH, 4), 577, 251, 125, 64)
    y = model.forward(x)
    loss, y_bar = model.loss(y, golden["target"][0])
    x_bar, theta_bar = model.vjp(y_bar)
    y_dot = model.jvp(fractions(model.dtype, (BATCH, 4), 331, 127, 63, 64),
                      fractions(model.dtype, 105, 211, 199, 99, 64))
    compare("y", y, golden["y"])
    compare("loss", loss, golden["loss"])
    compare("x_bar", x_bar, golden["x_bar"])
    compare("theta_bar", theta_bar, golden["theta_bar"])
    compare("y_dot", y_dot, golden["y_dot"])
    compare("dy_3/dx", model.jacobian(3, 0).transpose(0, 2, 1), golden["jacobian"])

    # One element by its mathematical indices: (J_s)_{ij} for s = 2, i = 1, j = 3 is golden number 16 s + 4 j + i.
    compare("(J_2)_13", [model.jacobian(3, 0)[2, 1, 3]], golden["jacobian"][[16 * 2 + 4 * 3 + 1]])

    try:
        model.forward(x, ldx=3)
    except Error as error:
        assert error.status == MLP_ERR_SIZE and "ldx" in str(error), (error.status, str(error))
    else:
        raise AssertionError("a short leading dimension was accepted")
    model.close()


def main():
    library.mlp_workspace_destroy.argtypes = library.mlp_model_destroy.argtypes = [pointer]
    library.mlp_workspace_destroy.restype = library.mlp_model_destroy.restype = None
    golden = read_golden(sys.argv[2])
    assert len(golden["theta_bar"]) == 105 and len(golden["jacobian"]) == 48
    for suffix in DTYPES:
        check(suffix, golden)
    print("Python", sys.version.split()[0], "NumPy", np.__version__ + ": the golden numbers")


main()
