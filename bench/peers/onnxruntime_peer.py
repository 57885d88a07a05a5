"""ONNX Runtime: a chain of Gemm and activation nodes, written here byte by byte so that no package beside it is needed."""

import sys

try:
    import onnxruntime
except ImportError:
    sys.exit(1)

import numpy as np

import peer

SIGMA = {"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softplus": "Softplus"}


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, values):
    """TensorProto: dims 1, data_type 2, name 8, raw_data 9"""
    dims = b"".join(number(1, n) for n in values.shape)
    return dims + number(2, 1) + block(8, name) + block(9, np.ascontiguousarray(values, "<f4").tobytes())


def node(kind, inputs, output, attributes=b""):
    """NodeProto: input 1, output 2, op_type 4, attribute 5"""
    return b"".join(block(1, name) for name in inputs) + block(2, output) + block(4, kind) + attributes


def flag(name, value):
    """AttributeProto: name 1, i 3, type 20 (INT = 2)"""
    return block(5, block(1, name) + number(3, value) + number(20, 2))


def value_info(name, shape):
    dims = b"".join(block(1, number(1, n)) for n in shape)
    return block(1, name) + block(2, block(1, number(1, 1) + block(2, dims)))


def model(problem, inputs):
    """ModelProto: ir_version 1, graph 7, opset_import 8; GraphProto: node 1, name 2, initializer 5, input 11, output 12"""
    graph, source = b"", "x"
    for l, (A, b) in enumerate(zip(inputs.weights, inputs.biases), 1):
        last = l == problem.layers
        target = "y" if last else f"z{l}"
        graph += block(1, node("Gemm", [source, f"A{l}", f"b{l}"], target, flag("transB", 1)))
        graph += block(5, tensor(f"A{l}", A)) + block(5, tensor(f"b{l}", b))
        source = target
        if not last:
            source = f"y{l}"
            graph += block(1, node(SIGMA[problem.activation], [target], source))
    graph += block(2, "mlp") + block(11, value_info("x", (problem.batch, problem.widths[0])))
    graph += block(12, value_info("y", (problem.batch, problem.widths[-1])))
    return number(1, 8) + block(7, graph) + block(8, block(1, "") + number(2, 17))


class Runtime:
    library = f"ONNX Runtime {onnxruntime.__version__}"

    def __init__(self, problem, inputs):
        if problem.work != "infer":
            raise peer.Skip("infer only")
        if problem.activation not in SIGMA:
            raise peer.Skip("no such activation")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = problem.threads
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self.session = onnxruntime.InferenceSession(model(problem, inputs), options,
                                                    providers=["CPUExecutionProvider"])
        self.y = np.empty((problem.batch, problem.widths[-1]), np.float32)
        self.binding = self.session.io_binding()
        self.x = onnxruntime.OrtValue.ortvalue_from_numpy(inputs.spread(inputs.x, problem.batch))
        self.out = onnxruntime.OrtValue.ortvalue_from_numpy(self.y)
        self.binding.bind_ortvalue_input("x", self.x)
        self.binding.bind_ortvalue_output("y", self.out)

    def set_rate(self, rate):
        pass

    def once(self):
        self.session.run_with_iobinding(self.binding)

    def answer(self):
        return self.out.numpy()


peer.serve(Runtime)
