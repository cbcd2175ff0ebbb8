"""What every Python peer shares: arguments, the net's description, first weights, images, and the timed loop.

A peer's module gives `prepare(net, weights, arguments)`, which returns `step(images, labels) -> loss`. Images are
float32 [batch, height, width, channels] and labels int64 [batch] as numpy arrays, new ones each step.
"""

import argparse
import json
import math
import os
import resource
import statistics
import struct
import time

WARM_UP_STEPS = 5
RING = 4
MOMENTUM = 0.9
WEIGHT_DECAY = 1e-4


def arguments(variants: list[str]) -> argparse.Namespace:
    """Also sets what must be set before a framework is imported."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--net", required=True, help="the net's description, JSON")
    parser.add_argument("--weights", required=True, help="first values of its variables, safetensors")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--variant", choices=variants, default=variants[0])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--losses", type=int, help="print the losses of so many steps on the weights file's own batch")
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(given.threads)
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    return given


def run(given: argparse.Namespace, prepare, version: str) -> None:
    """Measures, or prints losses; either as one line of JSON."""
    with open(given.net) as file:
        net = json.load(file)
    weights = read_safetensors(given.weights)
    step = prepare(net, weights, given)
    if given.losses:
        images, labels = weights["images"], weights["labels"].astype("int64")
        result = {"losses": [step(images.copy(), labels.copy()) for _ in range(given.losses)]}
    else:
        result = measure(net, step, given.seconds)
    print(json.dumps({**result, "version": version}))


def measure(net: dict, step, seconds: float) -> dict:
    ring = made_up_batches(net)
    losses = [step(*fresh(ring, index)) for index in range(WARM_UP_STEPS)]
    durations = []
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        before = time.perf_counter()
        losses.append(step(*fresh(ring, len(losses))))
        durations.append(time.perf_counter() - before)
    rates = [net["batch"] / duration for duration in durations]
    return {
        "imagesPerSecond": {"median": statistics.median(rates), "min": min(rates), "max": max(rates)},
        "steps": len(durations),
        "lossFirst": finite(losses[0]),
        "lossLast": finite(losses[-1]),
        "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def fresh(ring: list, index: int) -> tuple:
    """A new host array each step, as a loader hands over."""
    images, labels = ring[index % len(ring)]
    return images.copy(), labels.copy()


def made_up_batches(net: dict) -> list:
    import numpy

    draws = numpy.random.default_rng(1)
    shape = (net["batch"], *net["input"])
    return [
        (draws.standard_normal(shape, dtype=numpy.float32), draws.integers(net["classes"], size=net["batch"]))
        for _ in range(RING)
    ]


def read_safetensors(path: str) -> dict:
    import numpy

    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = numpy.frombuffer(file.read(), dtype="<f4")
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = data[begin // 4 : end // 4].reshape(entry["shape"]).copy()
    return tensors


def borders(op: dict, extents: tuple[int, int], kernel: tuple[int, int]) -> list[tuple[int, int]]:
    """Pixels before and after, for height and width. "same" is TensorFlow's: the odd pixel goes after."""
    padding, stride, dilation = op["padding"], op["stride"], op.get("dilation", 1)
    if padding == "valid":
        return [(0, 0), (0, 0)]
    if padding != "same":
        return [(padding, padding), (padding, padding)]
    result = []
    for extent, size in zip(extents, kernel):
        reach = dilation * (size - 1) + 1
        total = max((math.ceil(extent / stride) - 1) * stride + reach - extent, 0)
        result.append((total // 2, total - total // 2))
    return result


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def refuse(layer: dict, framework: str, what: str) -> SystemExit:
    return SystemExit(f"layer {layer['name']}: {framework} has no builder for {what}.")
