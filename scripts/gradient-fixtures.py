"""Writes test/fixtures/gradients.json: what TensorFlow and PyTorch compute where our kernels and optimisers do.

Only for developers: pip install tensorflow-cpu==2.21.* torch==2.* numpy and run from the root. All but LRN, of which
TensorFlow has no such kernel, is float64, so the fixture has no rounding of its own. Nor has it a float64 kernel of fused
batch normalisation, and on processors no gradient of dilated and grouped convolutions: those are written out here in other
ops, by their definition.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# PyTorch loads Triton if it is there, whose LLVM does not bear TensorFlow's in the same process.
sys.modules["triton"] = None
import numpy as np
import tensorflow as tf
import torch

PATH = Path("test/fixtures/gradients.json")
generator = np.random.default_rng(0)


def normal(*shape, mean=0.0):
    return np.round(generator.normal(mean, 1, shape), 4)


def separated(*shape):
    """Values 0.1 apart and none 0: no maximum is a tie and no ReLU at its kink."""
    size = int(np.prod(shape))
    return np.round((generator.permutation(size) - size / 2 + 0.5) * 0.1, 4).reshape(shape)


def kernel_case(op, options, inputs, f, constants=None, moved=None):
    """`inputs` are differentiated, `constants` are what else ours takes. The gradients are those of Σ weights · f(inputs)."""
    tensors = {name: tf.constant(value, tf.float64) for name, value in inputs.items()}
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        output = f(*tensors.values())
        weights = normal(*output.shape)
        total = tf.reduce_sum(weights * output)
    gradients = tape.gradient(total, tensors)
    return {
        "op": op,
        "options": options,
        "inputs": arrays(inputs),
        **({"constants": arrays(constants)} if constants else {}),
        "weights": array(weights),
        "output": array(output),
        "gradients": arrays(gradients),
        **({"moved": arrays(moved)} if moved else {}),
    }


def arrays(values):
    return {name: array(value) for name, value in values.items()}


def array(value):
    """Eight digits: a hundred times finer than float32."""
    value = np.asarray(value)
    if value.dtype.kind == "i":
        return {"dtype": "int32", "shape": list(value.shape), "values": value.flatten().tolist()}
    return {"dtype": "float32", "shape": list(value.shape), "values": [float(f"{v:.8g}") for v in value.flat]}


def activations():
    functions = {
        "relu": tf.nn.relu,
        "tanh": tf.tanh,
        "sigmoid": tf.sigmoid,
        "scaled-tanh": lambda x: 1.7159 * tf.tanh(2 * x / 3),
    }
    return [kernel_case("activate", {"function": how}, {"x": separated(4, 6)}, f) for how, f in functions.items()]


def batch_norms():
    epsilon, momentum = 1e-3, 0.9
    inputs = {"x": normal(3, 4, 4, 2, mean=1), "gamma": normal(2, mean=1), "beta": normal(2)}
    moving = {"mean": normal(2), "variance": np.array([0.5, 2.0])}

    def normalise(x, gamma, beta, mean, variance):
        return tf.nn.batch_normalization(x, mean, variance, beta, gamma, epsilon)

    def training(x, gamma, beta):
        return normalise(x, gamma, beta, *tf.nn.moments(x, [0, 1, 2]))

    pixels = inputs["x"].reshape(-1, 2)
    moved = {
        "mean": moving["mean"] * momentum + pixels.mean(0) * (1 - momentum),
        "variance": moving["variance"] * momentum + pixels.var(0, ddof=1) * (1 - momentum),
    }
    options = {"epsilon": epsilon, "momentum": momentum}
    x, gamma, beta = inputs.values()
    return [
        kernel_case("batchNormTraining", options, inputs, training, moving, moved),
        # Evaluation has no gradient of ours: only the output counts, with nothing to differentiate.
        output_case("batchNormInference", {"epsilon": epsilon}, {**inputs, **moving}, normalise),
    ]


def output_case(op, options, inputs, f):
    output = f(*(tf.constant(value, tf.float64) for value in inputs.values()))
    return {"op": op, "options": options, "inputs": {}, "constants": arrays(inputs), "output": array(output)}


def losses():
    labels = np.array([0, 2, 1, 4, 4], np.int32)

    def smoothed(smoothing):
        targets = tf.one_hot(labels, 5, dtype=tf.float64) * (1 - smoothing) + smoothing / 5
        return lambda logits: tf.nn.softmax_cross_entropy_with_logits(targets, logits)

    sparse = lambda logits: tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    given = {"labels": labels}
    return [
        kernel_case("softmaxCrossEntropy", {}, {"logits": normal(5, 5)}, sparse, given),
        kernel_case("smoothedCrossEntropy", {"smoothing": 0.1}, {"logits": normal(5, 5)}, smoothed(0.1), given),
    ]


def lrns():
    def case(channels, size, bias, alpha, beta):
        f = lambda x: tf.cast(tf.nn.lrn(tf.cast(x, tf.float32), size // 2, bias, alpha, beta), tf.float64)
        return kernel_case("lrn", {"size": size, "bias": bias, "alpha": alpha, "beta": beta}, {"x": normal(2, 2, 2, channels)}, f)

    return [case(7, 5, 2, 0.5, 0.75), case(4, 3, 1, 0.2, 0.5)]


def pools():
    def case(kind, size, stride, padding, height=6, width=7):
        word = padding.upper() if isinstance(padding, str) else "VALID"
        border = 0 if isinstance(padding, str) else padding
        added = [[0, 0], [border, border], [border, border], [0, 0]]

        def f(x):
            if kind == "max":
                x = tf.pad(x, added, constant_values=tf.constant(-np.inf, tf.float64))
                return tf.nn.max_pool2d(x, size, stride, word)
            return tf.nn.avg_pool2d(tf.pad(x, added), size, stride, word)

        options = {"type": kind, "size": size, "stride": stride, "padding": padding}
        return kernel_case("pool", options, {"x": separated(1, height, width, 2)}, f)

    shapes = [(2, 2, "valid"), (3, 2, "valid"), (3, 2, "same"), (3, 1, "same"), (3, 2, 1), (3, 1, 1)]
    return [case(kind, *shape) for kind in ["max", "average"] for shape in shapes]


def convolutions():
    def case(padding, stride, kernel=(3, 3), groups=1, dilation=1, height=7, width=6):
        def f(x, kernel):
            parts = zip(tf.split(x, groups, 3), tf.split(with_holes(kernel, dilation), groups, 3))
            return tf.concat([tf.nn.conv2d(a, b, stride, explicit(padding)) for a, b in parts], 3)

        options = {"stride": stride, "padding": padding, "groups": groups, "dilation": dilation}
        inputs = {"x": normal(2, height, width, 2), "kernel": normal(*kernel, 2 // groups, 4)}
        return kernel_case("conv2d", options, inputs, f)

    plain = [case(padding, stride) for padding in ["same", "valid", 1, 2] for stride in [1, 2]]
    even = [case(padding, 2, height=8, width=8) for padding in ["same", 1]]
    strips = [case("same", 1, (1, 7)), case("same", 1, (7, 1)), case("valid", 1, (1, 5))]
    groups = [case("same", 1, groups=2), case(1, 2, groups=2)]
    dilated = [case("same", 1, dilation=2), case("valid", 1, dilation=2), case(2, 1, dilation=2)]
    return plain + even + strips + groups + dilated + [case("same", 1, groups=2, dilation=2)]


def explicit(padding):
    return padding.upper() if isinstance(padding, str) else [[0, 0], [padding, padding], [padding, padding], [0, 0]]


def with_holes(kernel, dilation):
    """The kernel that a dilated convolution convolves with: zeros between its values."""
    for axis in [0, 1] if dilation > 1 else []:
        size = kernel.shape[axis]
        spread = tf.stack([kernel] + [tf.zeros_like(kernel)] * (dilation - 1), axis + 1)
        shape = kernel.shape[:axis] + [size * dilation] + kernel.shape[axis + 1 :]
        kernel = tf.gather(tf.reshape(spread, shape), range((size - 1) * dilation + 1), axis=axis)
    return kernel


def shortcuts():
    def padded(x, stride, channels):
        added = (channels - x.shape[3]) // 2
        return tf.pad(x[:, ::stride, ::stride], [[0, 0], [0, 0], [0, 0], [added, added]])

    sizes = [(4, 6), (5, 7), (4, 5)]
    plain = [kernel_case("subsample", {"stride": 2}, {"x": normal(2, *size, 2)}, lambda x: x[:, ::2, ::2]) for size in sizes]
    wider = [
        kernel_case("subsamplePad", {"stride": stride, "channels": channels}, {"x": normal(2, 4, 5, 2)}, lambda x: padded(x, stride, channels))
        for stride, channels in [(2, 4), (1, 6), (2, 2)]
    ]
    return plain + wider


def dropouts():
    def case(rate, seed):
        uniform = tf.random.stateless_uniform([6, 7], seed, alg="philox")
        mask = tf.cast(uniform >= rate, tf.float64)
        return kernel_case("dropout", {"rate": rate}, {"x": normal(6, 7)}, lambda x: x * mask / (1 - rate), {"seed": np.array(seed, np.int32)})

    return [case(0.4, [3, 4]), case(0.5, [-1, 2147483647])]


def others():
    two = {"a": normal(2, 3, 3, 2), "b": normal(2, 3, 3, 2)}
    return [
        kernel_case("biasAdd", {}, {"x": normal(2, 3, 3, 4), "bias": normal(4)}, tf.nn.bias_add),
        kernel_case("biasAdd", {}, {"x": normal(3, 4), "bias": normal(4)}, tf.nn.bias_add),
        kernel_case("addSame", {}, two, tf.add),
        kernel_case("times", {"factor": 0.17}, {"x": normal(3, 4)}, lambda x: x * 0.17),
        kernel_case("dense", {}, {"x": normal(3, 5), "kernel": normal(5, 4), "bias": normal(4)}, lambda x, kernel, bias: x @ kernel + bias),
        kernel_case("globalAveragePool", {}, {"x": normal(2, 3, 5, 3)}, lambda x: tf.reduce_mean(x, [1, 2])),
    ]


# The rate changes from step to step: whether momentum holds it or not makes a difference.
RATES = [0.2, 0.1, 0.3]
PACKS = {"kernels": 5, "offsets": 3}


def optimiser_case(name, config, run, clip_norm=None, averaging=None):
    first = {pack: normal(size) for pack, size in PACKS.items()}
    gradients = [{pack: normal(size) for pack, size in PACKS.items()} for _ in RATES]
    clipped = [clip(step, clip_norm) for step in gradients]
    weights = run(first, clipped)
    return {
        "name": name,
        "config": {"decayed": "all", "clipNorm": clip_norm, "averaging": averaging, "weightDecay": 0, **config},
        "rates": RATES,
        "first": arrays(first),
        "gradients": [arrays(step) for step in gradients],
        "weights": [arrays(step) for step in weights],
        **({"averages": [arrays(step) for step in averages(first, weights, averaging)]} if averaging else {}),
    }


def clip(gradients, norm):
    if norm is None:
        return gradients
    clipped, _ = tf.clip_by_global_norm([tf.constant(g) for g in gradients.values()], norm)
    return {pack: value.numpy() for pack, value in zip(gradients, clipped)}


def averages(first, weights, decay):
    """The shadow of tf.train.ExponentialMovingAverage starts as the variable's value when it is first applied."""
    variables = {pack: tf.Variable(value) for pack, value in first.items()}
    average = tf.train.ExponentialMovingAverage(decay)
    average.apply(list(variables.values()))
    for step in weights:
        for pack, value in step.items():
            variables[pack].assign(value)
        average.apply(list(variables.values()))
        yield {pack: average.average(variable).numpy() for pack, variable in variables.items()}


def by_torch(make):
    """`make(parameters, rate)` gives the optimiser; parameters by pack."""

    def run(first, gradients):
        parameters = {pack: torch.nn.Parameter(torch.tensor(value)) for pack, value in first.items()}
        optimiser = make(parameters, RATES[0])
        for rate, step in zip(RATES, gradients):
            for group in optimiser.param_groups:
                group["lr"] = rate
            for pack, value in step.items():
                parameters[pack].grad = torch.tensor(value)
            optimiser.step()
            yield {pack: value.detach().numpy().copy() for pack, value in parameters.items()}

    return lambda *args: list(run(*args))


def by_tensorflow(make):
    """`make(rate)` gives the optimiser, whose rate is a function of the step."""

    def run(first, gradients):
        variables = {pack: tf.Variable(value) for pack, value in first.items()}
        rate = tf.Variable(0.0, dtype=tf.float64)
        optimiser = make(lambda: rate)
        for value, step in zip(RATES, gradients):
            rate.assign(value)
            optimiser.apply_gradients([(tf.constant(step[pack]), variables[pack]) for pack in variables])
            yield {pack: variable.numpy().copy() for pack, variable in variables.items()}

    return lambda *args: list(run(*args))


def optimisers():
    def groups(parameters, decay, packs):
        return [{"params": [value], "weight_decay": decay if pack in packs else 0.0} for pack, value in parameters.items()]

    def sgd(nesterov, decay=0.0, packs=PACKS):
        return by_torch(
            lambda parameters, rate: torch.optim.SGD(groups(parameters, decay, packs), lr=rate, momentum=0.9, nesterov=nesterov)
        )

    def adam(kind, decay, packs=PACKS):
        return by_torch(lambda parameters, rate: kind(groups(parameters, decay, packs), lr=rate, betas=(0.9, 0.99), eps=1e-2))

    plain = {"kind": "sgd", "momentum": 0.9, "nesterov": False}
    nesterov = {**plain, "nesterov": True}
    moments = {"beta1": 0.9, "beta2": 0.99, "epsilon": 1e-2}
    rmsprop = by_tensorflow(lambda rate: tf.compat.v1.train.RMSPropOptimizer(rate, decay=0.9, momentum=0.9, epsilon=1.0))
    return [
        optimiser_case("momentum (torch.optim.SGD)", plain, sgd(False)),
        optimiser_case("momentum with decay (torch.optim.SGD)", {**plain, "weightDecay": 0.1}, sgd(False, 0.1)),
        optimiser_case("momentum with decay of kernels (torch.optim.SGD)", {**plain, "weightDecay": 0.1, "decayed": "kernels"}, sgd(False, 0.1, ["kernels"])),
        optimiser_case("Nesterov (torch.optim.SGD)", nesterov, sgd(True)),
        optimiser_case("Nesterov with decay (torch.optim.SGD)", {**nesterov, "weightDecay": 0.1}, sgd(True, 0.1)),
        optimiser_case("RMSProp (tf.compat.v1.train.RMSPropOptimizer)", {"kind": "rmsprop", "decay": 0.9, "momentum": 0.9, "epsilon": 1.0}, rmsprop),
        optimiser_case("Adam (torch.optim.Adam)", {"kind": "adam", **moments}, adam(torch.optim.Adam, 0)),
        optimiser_case("Adam with decay (torch.optim.Adam)", {"kind": "adam", "weightDecay": 0.1, **moments}, adam(torch.optim.Adam, 0.1)),
        optimiser_case("AdamW (torch.optim.AdamW)", {"kind": "adamw", "weightDecay": 0.1, **moments}, adam(torch.optim.AdamW, 0.1)),
        optimiser_case("AdamW with decay of kernels (torch.optim.AdamW)", {"kind": "adamw", "weightDecay": 0.1, "decayed": "kernels", **moments}, adam(torch.optim.AdamW, 0.1, ["kernels"])),
        # The norms of these gradients are about 3: the first norm clips them, the second does not.
        optimiser_case("clipping (tf.clip_by_global_norm)", plain, sgd(False), clip_norm=1.0),
        optimiser_case("clipping before the decay (tf.clip_by_global_norm)", {**plain, "weightDecay": 0.1}, sgd(False, 0.1), clip_norm=1.0),
        optimiser_case("no clipping below the norm (tf.clip_by_global_norm)", plain, sgd(False), clip_norm=100.0),
        optimiser_case("averaging (tf.train.ExponentialMovingAverage)", plain, sgd(False), averaging=0.8),
    ]


def dumps(sections):
    """A case a line: a change shows where it is."""
    rows = lambda items: "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"
    return "{" + ",\n".join(f"{json.dumps(name)}: {rows(items)}" for name, items in sections.items()) + "}\n"


KERNELS = [activations, batch_norms, losses, lrns, pools, convolutions, shortcuts, dropouts, others]
PATH.write_text(dumps({"kernels": [case for group in KERNELS for case in group()], "optimisers": optimisers()}))
