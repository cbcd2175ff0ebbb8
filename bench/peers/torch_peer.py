"""PyTorch in channels_last; variants: eager, and torch.compile (inductor)."""

import peer

given = peer.arguments(["eager", "compile"])

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402


class Net(torch.nn.Module):
    """One closure a layer, called in topological order."""

    def __init__(self, net: dict, weights: dict):
        super().__init__()
        self.weights = weights
        self.shapes = {layer["name"]: layer["output"] for layer in net["layers"]}
        self.steps = [(layer["name"], layer["inputs"], self.builder(layer)) for layer in net["layers"]]

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        values = {}
        for name, inputs, layer in self.steps:
            values[name] = layer(*[values[of] for of in inputs]) if inputs else images
        return values[self.steps[-1][0]]

    def builder(self, layer: dict):
        kind = layer["op"]["kind"]
        build = getattr(self, f"build_{kind.replace('-', '_')}", None)
        if build is None:
            raise peer.refuse(layer, "PyTorch", kind)
        return build(layer, layer["op"])

    def variable(self, layer: dict, role: str, convert=lambda tensor: tensor) -> torch.nn.Parameter:
        parameter = torch.nn.Parameter(convert(torch.from_numpy(self.weights[f"{layer['name']}/{role}"])))
        self.register_parameter(f"{layer['name']}/{role}".replace(".", "_"), parameter)
        return parameter

    def bias(self, layer: dict):
        return None if layer["op"]["bias"] is None else self.variable(layer, "bias")

    def extents(self, layer: dict) -> tuple[int, int]:
        height, width, _ = self.shapes[layer["inputs"][0]]
        return height, width

    def build_input(self, layer, op):
        return None

    def build_conv(self, layer, op):
        if op.get("connections"):
            raise peer.refuse(layer, "PyTorch", "conv with connections")
        kernel = self.variable(layer, "kernel", channels_last_kernel)
        bias = self.bias(layer)
        pad, padding = split_borders(peer.borders(op, self.extents(layer), op["kernel"]))
        rest = (op["stride"], padding, op["dilation"], op["groups"])
        return lambda x: F.conv2d(F.pad(x, pad) if pad else x, kernel, bias, *rest)

    def build_batch_norm(self, layer, op):
        beta = self.variable(layer, "beta")
        gamma = self.variable(layer, "gamma") if op["scale"] else torch.ones_like(beta, requires_grad=False)
        mean, variance = torch.zeros_like(beta.data), torch.ones_like(beta.data)
        momentum, epsilon = 1 - op["momentum"], op["epsilon"]
        return lambda x: F.batch_norm(x, mean, variance, gamma, beta, True, momentum, epsilon)

    def build_lrn(self, layer, op):
        size, alpha, beta, bias = op["size"], op["alpha"], op["beta"], op["bias"]
        return lambda x: F.local_response_norm(x, size, alpha * size, beta, bias)

    def build_activation(self, layer, op):
        functions = {
            "relu": F.relu,
            "tanh": torch.tanh,
            "sigmoid": torch.sigmoid,
            "scaled-tanh": lambda x: 1.7159 * torch.tanh(2 / 3 * x),
        }
        return functions[op["function"]]

    def build_dropout(self, layer, op):
        return lambda x: F.dropout(x, op["rate"])

    def build_add(self, layer, op):
        return lambda x, y: x + y

    def build_concat(self, layer, op):
        return lambda *branches: torch.cat(branches, 1)

    def build_scale(self, layer, op):
        return lambda x: x * op["factor"]

    def build_pool(self, layer, op):
        size, stride = op["size"], op["stride"]
        around = peer.borders(op, self.extents(layer), (size, size))
        pad, padding = split_borders(around)
        if op["type"] == "max":
            return lambda x: F.max_pool2d(F.pad(x, pad, value=-torch.inf) if pad else x, size, stride, padding)
        if op["padding"] != "same":
            return lambda x: F.avg_pool2d(x, size, stride, padding)
        if not pad:
            return lambda x: F.avg_pool2d(x, size, stride, padding, count_include_pad=False)
        share = F.avg_pool2d(F.pad(torch.ones(1, 1, *self.extents(layer)), pad), size, stride)
        return lambda x: F.avg_pool2d(F.pad(x, pad), size, stride) / share

    def build_global_average_pool(self, layer, op):
        return lambda x: x.mean((2, 3))

    def build_subsample_pad(self, layer, op):
        added = (op["channels"] - self.shapes[layer["inputs"][0]][2]) // 2
        stride = op["stride"]
        return lambda x: F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, added, added))

    def build_flatten(self, layer, op):
        return lambda x: x.permute(0, 2, 3, 1).flatten(1) if x.dim() == 4 else x

    def build_dense(self, layer, op):
        kernel = self.variable(layer, "kernel", lambda tensor: tensor.t().contiguous())
        bias = self.bias(layer)
        return lambda x: F.linear(x, kernel, bias)


def channels_last_kernel(kernel: torch.Tensor) -> torch.Tensor:
    """[height, width, in, out] → [out, in, height, width]"""
    return kernel.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)


def split_borders(borders) -> tuple:
    """(pixels for F.pad or None, symmetric padding of the op): the op's own where it can do it."""
    (top, bottom), (left, right) = borders
    if top == bottom and left == right:
        return None, (top, left)
    return (left, right, top, bottom), (0, 0)


def prepare(net: dict, weights: dict, given):
    model = Net(net, weights).train()
    parameters = list(model.parameters())
    optimiser = torch.optim.SGD(
        parameters, lr=given.rate, momentum=peer.MOMENTUM, weight_decay=peer.WEIGHT_DECAY, fused=True
    )

    def loss_of(images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=given.precision == "bfloat16"):
            return F.cross_entropy(model(images).float(), labels)

    compute = torch.compile(loss_of) if given.variant == "compile" else loss_of

    def step(images, labels) -> float:
        optimiser.zero_grad(set_to_none=True)
        loss = compute(torch.from_numpy(images).permute(0, 3, 1, 2), torch.from_numpy(labels))
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


torch.set_num_threads(given.threads)
torch.manual_seed(1)
peer.run(given, prepare, torch.__version__)
