"""Our journal from Python; `ours.ts` records and reads it."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../python"))
from convbench_journal import Run


def begin(folder, name):
    return Writer(Run("bench", name=name, dir=folder))


class Writer:
    def __init__(self, run):
        self.run = run

    def log(self, step, values):
        self.run.log(values, step)

    def end(self):
        self.run.finish()
