"""Weights & Biases, offline: a process of its own appends to a file, which `wandb sync` would send."""

import glob
import os

os.environ["WANDB_SILENT"] = "true"
import wandb


def begin(folder, name):
    settings = wandb.Settings(console="off", x_disable_stats=True, x_disable_meta=True)
    return Writer(wandb.init(project="bench", name=name, dir=folder, mode="offline", settings=settings))


class Writer:
    def __init__(self, run):
        self.run = run

    def log(self, step, values):
        self.run.log(values, step=step)

    def end(self):
        self.run.finish()


def read(folder):
    files = glob.glob(os.path.join(folder, "wandb", "offline-run-*", "*.wandb"))
    return sum(steps_in(file) for file in files)


def steps_in(file):
    from wandb.proto import wandb_internal_pb2

    steps = 0
    for data in records_in(open(file, "rb").read()):
        record = wandb_internal_pb2.Record()
        record.ParseFromString(data)
        steps += any(item.key == "m0" or list(item.nested_key) == ["m0"] for item in record.history.item)
    return steps


def records_in(data):
    """Of LevelDB's log format, which is what the file is, behind a header of seven bytes. A torn record ends it."""
    whole, first, last, block = 1, 2, 4, 32768
    at, parts = 7, b""
    while at + 7 <= len(data):
        left = block - at % block
        if left < 7:
            at += left
            continue
        length, kind = int.from_bytes(data[at + 4 : at + 6], "little"), data[at + 6]
        part = data[at + 7 : at + 7 + length]
        if kind == 0 or len(part) < length:
            return
        at += 7 + length
        parts = part if kind in (whole, first) else parts + part
        if kind in (whole, last):
            yield parts
