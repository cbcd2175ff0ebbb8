"""TensorBoard's format by tensorboardX: a thread appends events to a file."""

import os

from tensorboardX import SummaryWriter


def begin(folder, name):
    return Writer(SummaryWriter(os.path.join(folder, name)))


class Writer:
    def __init__(self, writer):
        self.writer = writer

    def log(self, step, values):
        for name, value in values.items():
            self.writer.add_scalar(name, value, step)

    def end(self):
        self.writer.close()


def read(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    steps = 0
    for run in os.listdir(folder):
        events = EventAccumulator(os.path.join(folder, run), size_guidance={"scalars": 0}).Reload()
        steps += len(events.Scalars("m0")) if "m0" in events.Tags()["scalars"] else 0
    return steps
