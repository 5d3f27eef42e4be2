#!/usr/bin/env python3
"""Writes the small ONNX files in testdata/models, which the tests run. Needs the Python packages onnx and numpy.

Usage: tools/tiny-models.py [FOLDER]

All have images of 2 channels and any size, and 7 classes, unless their name says otherwise. The weights are fixed numbers, not trained:
the mean of channel 0 in grey levels, times a slope for each class.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT, UINT16, INT64, FLOAT16 = TensorProto.FLOAT, TensorProto.UINT16, TensorProto.INT64, TensorProto.FLOAT16
CLASSES = 7


def weights(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def head(classes):
    slopes = np.zeros((2, classes), np.float32)
    slopes[0] = np.linspace(-0.01, 0.01, classes)
    slopes[1] = np.linspace(0.002, -0.004, classes)
    return [weights("slopes", slopes), weights("offsets", np.linspace(0.5, -0.5, classes).astype(np.float32))]


def classifier(source, output, softmax=True):
    logits = "logits_inside" if softmax else output
    nodes = [
        helper.make_node("GlobalAveragePool", [source], ["means"]),
        helper.make_node("Flatten", ["means"], ["flat"]),
        helper.make_node("Gemm", ["flat", "slopes", "offsets"], [logits]),
    ]
    return nodes + [helper.make_node("Softmax", [logits], [output], axis=1)] if softmax else nodes


def model(nodes, inputs, outputs, initializers, opset=17, domains=()):
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, initializers)
    imports = [helper.make_opsetid("", opset)] + [helper.make_opsetid(d, 1) for d in domains]
    made = helper.make_model(graph, producer_name="tiny-models.py", opset_imports=imports)
    made.ir_version = 8
    return made


def images(kind=FLOAT, batch="N", channels=2, height="H", width="W"):
    return helper.make_tensor_value_info("images", kind, [batch, channels, height, width])


def scores(name="probabilities", kind=FLOAT, classes=CLASSES):
    return helper.make_tensor_value_info(name, kind, ["N", classes])


def simple(output="probabilities", softmax=True, classes=CLASSES, **shape):
    return model(classifier("images", output, softmax), [images(**shape)], [scores(output, classes=classes)], head(classes))


def of_uint16():
    nodes = [helper.make_node("Cast", ["images"], ["floats"], to=FLOAT)] + classifier("floats", "logits", softmax=False)
    return model(nodes, [images(UINT16)], [scores("logits")], head(CLASSES))


def cast_from(kind):
    nodes = [helper.make_node("Cast", ["images"], ["floats"], to=FLOAT)] + classifier("floats", "probabilities")
    return model(nodes, [images(kind)], [scores()], head(CLASSES))


def convolution():
    kernel = np.full((4, 2, 3, 3), 0.01, np.float32)
    nodes = [
        helper.make_node("Conv", ["images", "kernel"], ["maps"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["maps"], ["positive"]),
        helper.make_node("GlobalAveragePool", ["positive"], ["means"]),
        helper.make_node("Flatten", ["means"], ["flat"]),
        helper.make_node("MatMul", ["flat", "slopes"], ["logits"]),
    ]
    slopes = np.linspace(-0.01, 0.01, 4 * CLASSES).reshape(4, CLASSES).astype(np.float32)
    return model(nodes, [images()], [scores("logits")], [weights("kernel", kernel), weights("slopes", slopes)])


def two_inputs():
    made = simple()
    made.graph.input.append(helper.make_tensor_value_info("more", FLOAT, ["N", 1]))
    return made


def two_outputs():
    made = simple()
    made.graph.node.append(helper.make_node("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0))
    made.graph.output.append(helper.make_tensor_value_info("label", INT64, ["N"]))
    return made


def not_a_number():
    nodes = classifier("images", "positive") + [
        helper.make_node("Sub", ["positive", "positive"], ["zero"]),
        helper.make_node("Div", ["zero", "zero"], ["probabilities"]),
    ]
    return model(nodes, [images()], [scores()], head(CLASSES))


def bright_is_not_a_number():
    """Fine on made-up images, but not on one of zeros: 0 / 0."""
    nodes = classifier("images", "positive") + [
        helper.make_node("ReduceMax", ["images"], ["brightest"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("Unsqueeze", ["brightest", "one"], ["column"]),
        helper.make_node("Div", ["column", "column"], ["unit"]),
        helper.make_node("Mul", ["positive", "unit"], ["probabilities"]),
    ]
    return model(nodes, [images()], [scores()], head(CLASSES) + [weights("one", np.array([1], np.int64))])


def external(location):
    made = simple()
    tensor = made.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", "56")):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return made


def endless():
    """A loop that counts to 9e18."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Sin", ["value"], ["next"])],
        "body",
        [
            helper.make_tensor_value_info("i", INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", FLOAT, None),
        ],
        [helper.make_tensor_value_info("go_on", TensorProto.BOOL, []), helper.make_tensor_value_info("next", FLOAT, None)],
    )
    nodes = classifier("images", "first") + [helper.make_node("Loop", ["times", "true", "first"], ["probabilities"], body=body)]
    more = [weights("times", np.array(9_000_000_000_000_000_000, np.int64)), weights("true", np.array(True))]
    return model(nodes, [images()], [scores()], head(CLASSES) + more)


def slow():
    """Some tenths of a second for each batch: a loop that does nothing."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Identity", ["value"], ["next"])],
        "body",
        [
            helper.make_tensor_value_info("i", INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", FLOAT, None),
        ],
        [helper.make_tensor_value_info("go_on", TensorProto.BOOL, []), helper.make_tensor_value_info("next", FLOAT, None)],
    )
    nodes = classifier("images", "first") + [helper.make_node("Loop", ["times", "true", "first"], ["probabilities"], body=body)]
    more = [weights("times", np.array(200_000, np.int64)), weights("true", np.array(True))]
    return model(nodes, [images()], [scores(classes=3)], head(3) + more)


def ten_terabytes():
    nodes = classifier("images", "first") + [
        helper.make_node("ConstantOfShape", ["shape"], ["huge"]),
        helper.make_node("ReduceSum", ["huge"], ["sum"], keepdims=0),
        helper.make_node("Add", ["first", "sum"], ["probabilities"]),
    ]
    return model(nodes, [images()], [scores()], head(CLASSES) + [weights("shape", np.array([1_000_000, 2_500_000], np.int64))])


def hungry(gigabytes):
    """Memory that is really touched, as a sum over ones."""
    nodes = classifier("images", "first") + [
        helper.make_node("ConstantOfShape", ["shape"], ["huge"], value=weights("", np.array([1e-9], np.float32))),
        helper.make_node("Sin", ["huge"], ["sine"]),
        helper.make_node("ReduceSum", ["sine"], ["sum"], keepdims=0),
        helper.make_node("Add", ["first", "sum"], ["probabilities"]),
    ]
    return model(nodes, [images()], [scores()], head(CLASSES) + [weights("shape", np.array([gigabytes << 28], np.int64))])


def custom():
    made = simple()
    made.graph.node[-1].op_type, made.graph.node[-1].domain = "MySoftmax", "org.example"
    made.opset_import.append(helper.make_opsetid("org.example", 1))
    return made


def unknown_operator():
    made = simple()
    made.graph.node[-1].op_type = "Softmaxest"
    return made


def nested(depth):
    """If in If in If ..."""
    def branch(level):
        if level == 0:
            nodes = [helper.make_node("Identity", ["first"], ["out0"])]
        else:
            inner = branch(level - 1)
            nodes = [helper.make_node("If", ["yes"], [f"out{level}"], then_branch=inner, else_branch=inner if level < 4 else branch(0))]
        return helper.make_graph(nodes, f"level{level}", [], [helper.make_tensor_value_info(f"out{level}", FLOAT, ["N", CLASSES])])

    # Branches share their text, so that the file stays small: only the inner levels are doubled.
    inner = branch(depth)
    node = helper.make_node("If", ["yes"], ["probabilities"], then_branch=inner, else_branch=branch(0))
    return model(classifier("images", "first") + [node], [images()], [scores()], head(CLASSES) + [weights("yes", np.array(True))])


def mismatched():
    """A matrix product whose sizes do not fit."""
    made = simple()
    made.graph.initializer[0].CopyFrom(weights("slopes", np.zeros((3, CLASSES), np.float32)))
    return made


MODELS = {
    "tiny": lambda: simple(),
    "logits": lambda: simple("logits", softmax=False),
    "unnamed": lambda: simple("scores"),
    "unnamed-logits": lambda: simple("scores", softmax=False),
    "uint16": of_uint16,
    "convolution": convolution,
    "two-outputs": two_outputs,
    "batch-1": lambda: simple(batch=1),
    "batch-8": lambda: simple(batch=8),
    "three-channels": lambda: simple(channels=3),
    "size-32": lambda: simple(height=32, width=32),
    "five-classes": lambda: simple(classes=5),
    "three-classes": lambda: simple(classes=3),
    "three-classes-slow": slow,
    "two-inputs": two_inputs,
    "float16": lambda: cast_from(FLOAT16),
    "int64": lambda: cast_from(INT64),
    "not-a-number": not_a_number,
    "dark-is-not-a-number": bright_is_not_a_number,
    "external-above": lambda: external("../../etc/passwd"),
    "external-absolute": lambda: external("/etc/passwd"),
    "endless": endless,
    "ten-terabytes": ten_terabytes,
    "eight-gigabytes": lambda: hungry(8),
    "custom-operator": custom,
    "unknown-operator": unknown_operator,
    "nested-deep": lambda: nested(40),
    "mismatched": mismatched,
}


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "testdata" / "models")
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in MODELS.items():
        (folder / f"{name}.onnx").write_bytes(make().SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
