"""Keras 3, train_on_batch of a functional model; variants: TensorFlow's backend, the same with XLA, PyTorch's backend.

Keras decouples weight decay from the gradient; the optimiser here adds it, as every other peer does.
"""

import os

import peer

given = peer.arguments(["tensorflow", "tensorflow-jit", "torch"])
os.environ["KERAS_BACKEND"] = given.variant.removesuffix("-jit")

import keras  # noqa: E402
from keras import layers  # noqa: E402

if given.variant == "torch":
    import torch

    torch.set_num_threads(given.threads)
else:
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(given.threads)
    tf.config.threading.set_inter_op_parallelism_threads(given.threads)


class Scale(layers.Layer):
    def __init__(self, factor: float, **options):
        super().__init__(**options)
        self.factor = factor

    def call(self, x):
        return x * self.factor


class Lrn(layers.Layer):
    """Keras has none: x / (bias + alpha · Σ x²)^beta by an average pool along the channels (or the backend's own)."""

    def __init__(self, op: dict, **options):
        super().__init__(**options)
        self.op = op

    def call(self, x):
        size, bias, alpha, beta = (self.op[key] for key in ("size", "bias", "alpha", "beta"))
        if keras.backend.backend() == "tensorflow":
            wide = tf.cast(x, tf.float32)
            y = tf.nn.local_response_normalization(wide, (size - 1) // 2, bias, alpha, beta)
            return tf.cast(y, x.dtype)
        images = x.permute(0, 3, 1, 2)
        return torch.nn.functional.local_response_norm(images, size, alpha * size, beta, bias).permute(0, 2, 3, 1)


class SubsamplePad(layers.Layer):
    def __init__(self, stride: int, added: int, **options):
        super().__init__(**options)
        self.stride, self.added = stride, added

    def call(self, x):
        borders = [[0, 0], [0, 0], [0, 0], [self.added, self.added]]
        return keras.ops.pad(x[:, :: self.stride, :: self.stride, :], borders)


class Sgd(type(keras.optimizers.SGD())):
    def apply(self, grads, trainable_variables=None):
        variables = self._trainable_variables if trainable_variables is None else trainable_variables
        decayed = [grad + peer.WEIGHT_DECAY * variable.value for grad, variable in zip(grads, variables)]
        super().apply(decayed, trainable_variables)


def build_conv(op, layer, extents, x):
    if op.get("connections"):
        raise peer.refuse(layer, "Keras", "conv with connections")
    convolution = layers.Conv2D(
        op["filters"],
        op["kernel"],
        strides=op["stride"],
        padding="same" if op["padding"] == "same" else "valid",
        dilation_rate=op["dilation"],
        groups=op["groups"],
        use_bias=op["bias"] is not None,
        name=named(layer),
    )
    return convolution(zero_padded(op["padding"], x))


def build_batch_norm(op, layer, extents, x):
    options = {"momentum": op["momentum"], "epsilon": op["epsilon"], "scale": op["scale"]}
    return layers.BatchNormalization(**options, name=named(layer))(x)


def build_activation(op, layer, extents, x):
    function = op["function"]
    if function == "scaled-tanh":
        return Scale(1.7159)(layers.Activation("tanh")(Scale(2 / 3)(x)))
    return layers.Activation(function, name=named(layer))(x)


def build_pool(op, layer, extents, x):
    """Keras pads a pool with zeros or not at all: for a maximum, as its inputs follow a ReLU, zeros do no harm."""
    kind = layers.MaxPooling2D if op["type"] == "max" else layers.AveragePooling2D
    padding = "same" if op["padding"] == "same" else "valid"
    return kind(op["size"], op["stride"], padding, name=named(layer))(zero_padded(op["padding"], x))


def build_dense(op, layer, extents, x):
    return layers.Dense(op["units"], use_bias=op["bias"] is not None, dtype="float32", name=named(layer))(x)


BUILDERS = {
    "conv": build_conv,
    "batch-norm": build_batch_norm,
    "lrn": lambda op, layer, extents, x: Lrn(op)(x),
    "activation": build_activation,
    "dropout": lambda op, layer, extents, x: layers.Dropout(op["rate"])(x),
    "add": lambda op, layer, extents, *inputs: layers.Add()(inputs),
    "concat": lambda op, layer, extents, *inputs: layers.Concatenate()(inputs),
    "scale": lambda op, layer, extents, x: Scale(op["factor"])(x),
    "pool": build_pool,
    "global-average-pool": lambda op, layer, extents, x: layers.GlobalAveragePooling2D(dtype="float32")(x),
    "subsample-pad": lambda op, layer, extents, x: SubsamplePad(op["stride"], (op["channels"] - extents[2]) // 2)(x),
    "flatten": lambda op, layer, extents, x: layers.Flatten()(x),
    "dense": build_dense,
}
ROLES = {
    "kernel": "kernel",
    "bias": "bias",
    "gamma": "gamma",
    "beta": "beta",
    "moving_mean": "moving-mean",
    "moving_variance": "moving-variance",
}


def zero_padded(padding, x):
    return layers.ZeroPadding2D(padding)(x) if isinstance(padding, int) and padding > 0 else x


def named(layer: dict) -> str:
    return layer["name"].replace(".", "__")


def model_of(net: dict) -> keras.Model:
    images = keras.Input(batch_shape=[net["batch"], *net["input"]])
    values, shapes = {}, {layer["name"]: layer["output"] for layer in net["layers"]}
    for layer in net["layers"]:
        op, inputs = layer["op"], layer["inputs"]
        if op["kind"] == "input":
            values[layer["name"]] = images
        elif op["kind"] in BUILDERS:
            build = BUILDERS[op["kind"]]
            values[layer["name"]] = build(op, layer, shapes[inputs[0]], *[values[of] for of in inputs])
        else:
            raise peer.refuse(layer, "Keras", op["kind"])
    return keras.Model(images, values[net["layers"][-1]["name"]])


def set_weights(model: keras.Model, weights: dict) -> None:
    for layer in model.layers:
        for variable in layer.weights:
            role = ROLES.get(variable.name)
            if role:
                variable.assign(weights[f"{layer.name.replace('__', '.')}/{role}"])


def prepare(net: dict, weights: dict, given):
    keras.utils.set_random_seed(1)
    if given.precision == "bfloat16":
        keras.mixed_precision.set_dtype_policy("mixed_bfloat16")
    model = model_of(net)
    set_weights(model, weights)
    model.compile(
        optimizer=Sgd(given.rate, momentum=peer.MOMENTUM),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=given.variant == "tensorflow-jit",
    )

    def step(images, labels) -> float:
        # Keras means the losses of all batches until it is told to begin anew.
        model.reset_metrics()
        return float(model.train_on_batch(images, labels))

    return step


peer.run(given, prepare, f"{keras.__version__} on {given.variant}")
