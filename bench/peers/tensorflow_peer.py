"""TensorFlow's tf.function; variants: graph (oneDNN), the same with one op at a time, jit (XLA, jit_compile=True)."""

import peer

given = peer.arguments(["graph", "graph-serial", "jit"])

import tensorflow as tf  # noqa: E402

HALF = tf.bfloat16 if given.precision == "bfloat16" else tf.float32


class Net:
    """One closure a layer. In bfloat16, images and kernels are cast where convolutions read them, and what follows
    stays in it until the global pool, a dense layer or LRN: the same places as in the engine that it is compared with.
    """

    def __init__(self, net: dict, weights: dict):
        self.weights = weights
        self.variables = []
        self.shapes = {layer["name"]: layer["output"] for layer in net["layers"]}
        self.steps = [(layer["name"], layer["inputs"], self.builder(layer)) for layer in net["layers"]]

    def __call__(self, images: tf.Tensor) -> tf.Tensor:
        values = {}
        for name, inputs, layer in self.steps:
            values[name] = layer(*[values[of] for of in inputs]) if inputs else images
        return values[self.steps[-1][0]]

    def builder(self, layer: dict):
        kind = layer["op"]["kind"]
        build = getattr(self, f"build_{kind.replace('-', '_')}", None)
        if build is None:
            raise peer.refuse(layer, "TensorFlow", kind)
        return build(layer, layer["op"])

    def variable(self, layer: dict, role: str) -> tf.Variable:
        variable = tf.Variable(self.weights[f"{layer['name']}/{role}"])
        self.variables.append(variable)
        return variable

    def with_bias(self, layer: dict, apply):
        if layer["op"]["bias"] is None:
            return apply
        bias = self.variable(layer, "bias")

        def biased(x):
            y = apply(x)
            return tf.nn.bias_add(y, tf.cast(bias, y.dtype))

        return biased

    def build_input(self, layer, op):
        return None

    def build_conv(self, layer, op):
        if op.get("connections") or op["dilation"] != 1:
            raise peer.refuse(layer, "TensorFlow on a processor", "conv with connections or dilation")
        kernel = self.variable(layer, "kernel")
        stride, groups = op["stride"], op["groups"]
        padding = op["padding"].upper() if isinstance(op["padding"], str) else "VALID"

        def convolve(x):
            x, weights = tf.cast(x, HALF), tf.cast(kernel, HALF)
            if not isinstance(op["padding"], str) and op["padding"] > 0:
                # Padded first: oneDNN does the gradients of SAME and VALID only.
                x = tf.pad(x, words_or_pixels(op["padding"]))
            if groups == 1:
                return tf.nn.conv2d(x, weights, stride, padding)
            # The processor's kernels have no gradient for groups.
            parts = zip(tf.split(x, groups, 3), tf.split(weights, groups, 3))
            return tf.concat([tf.nn.conv2d(part, of, stride, padding) for part, of in parts], 3)

        return self.with_bias(layer, convolve)

    def build_batch_norm(self, layer, op):
        beta = self.variable(layer, "beta")
        gamma = self.variable(layer, "gamma") if op["scale"] else tf.ones_like(beta)
        mean = tf.Variable(tf.zeros_like(beta), trainable=False)
        variance = tf.Variable(tf.ones_like(beta), trainable=False)

        def normalise(x):
            y, new_mean, new_variance = tf.compat.v1.nn.fused_batch_norm(
                x, gamma, beta, mean, variance, op["epsilon"], exponential_avg_factor=1 - op["momentum"]
            )
            mean.assign(new_mean)
            variance.assign(new_variance)
            return y

        return normalise

    def build_lrn(self, layer, op):
        radius, bias, alpha, beta = (op["size"] - 1) // 2, op["bias"], op["alpha"], op["beta"]
        return lambda x: tf.nn.local_response_normalization(tf.cast(x, tf.float32), radius, bias, alpha, beta)

    def build_activation(self, layer, op):
        functions = {
            "relu": tf.nn.relu,
            "tanh": tf.tanh,
            "sigmoid": tf.sigmoid,
            "scaled-tanh": lambda x: 1.7159 * tf.tanh(2 / 3 * x),
        }
        return functions[op["function"]]

    def build_dropout(self, layer, op):
        return lambda x: tf.nn.dropout(x, op["rate"])

    def build_add(self, layer, op):
        return lambda x, y: tf.add(x, tf.cast(y, x.dtype))

    def build_concat(self, layer, op):
        return lambda *branches: tf.concat(branches, 3)

    def build_scale(self, layer, op):
        return lambda x: x * op["factor"]

    def build_pool(self, layer, op):
        size, stride, padding = op["size"], op["stride"], words_or_pixels(op["padding"])
        if op["type"] == "max":
            return lambda x: tf.nn.max_pool2d(x, size, stride, padding)
        if isinstance(padding, str):
            return lambda x: tf.nn.avg_pool2d(x, size, stride, padding)
        return lambda x: tf.nn.avg_pool2d(tf.pad(x, padding), size, stride, "VALID")

    def build_global_average_pool(self, layer, op):
        return lambda x: tf.reduce_mean(tf.cast(x, tf.float32), [1, 2])

    def build_subsample_pad(self, layer, op):
        added = (op["channels"] - self.shapes[layer["inputs"][0]][2]) // 2
        stride = op["stride"]
        return lambda x: tf.pad(x[:, ::stride, ::stride, :], [[0, 0], [0, 0], [0, 0], [added, added]])

    def build_flatten(self, layer, op):
        units = layer["output"][0]
        return lambda x: tf.reshape(x, [-1, units])

    def build_dense(self, layer, op):
        kernel = self.variable(layer, "kernel")
        return self.with_bias(layer, lambda x: tf.matmul(tf.cast(x, tf.float32), kernel))


def words_or_pixels(padding):
    if isinstance(padding, str):
        return padding.upper()
    return [[0, 0], [padding, padding], [padding, padding], [0, 0]] if padding else "VALID"


def prepare(net: dict, weights: dict, given):
    model = Net(net, weights)
    momenta = [tf.Variable(tf.zeros_like(variable), trainable=False) for variable in model.variables]
    shape = [net["batch"], *net["input"]]

    @tf.function(
        jit_compile=given.variant == "jit",
        input_signature=[tf.TensorSpec(shape, tf.float32), tf.TensorSpec([net["batch"]], tf.int64)],
    )
    def train(images, labels):
        with tf.GradientTape() as tape:
            logits = tf.cast(model(images), tf.float32)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(losses)
        for variable, momentum, gradient in zip(model.variables, momenta, tape.gradient(loss, model.variables)):
            tf.raw_ops.ResourceApplyMomentum(
                var=variable.handle,
                accum=momentum.handle,
                lr=given.rate,
                grad=gradient + peer.WEIGHT_DECAY * variable,
                momentum=peer.MOMENTUM,
            )
        return loss

    return lambda images, labels: float(train(tf.constant(images), tf.constant(labels)))


tf.config.threading.set_intra_op_parallelism_threads(given.threads)
tf.config.threading.set_inter_op_parallelism_threads(1 if given.variant == "graph-serial" else given.threads)
tf.random.set_seed(1)
peer.run(given, prepare, tf.__version__)
