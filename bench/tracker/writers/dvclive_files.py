"""DVCLive without DVC, Git and reports: a text file a metric."""

import glob
import os

os.environ["DVC_NO_ANALYTICS"] = "true"
from dvclive import Live


def begin(folder, name):
    return Writer(Live(os.path.join(folder, name), save_dvc_exp=False, dvcyaml=None, report=None, monitor_system=False))


class Writer:
    def __init__(self, live):
        self.live = live

    def log(self, step, values):
        self.live.step = step
        for name, value in values.items():
            self.live.log_metric(name, value)
        self.live.make_summary()

    def end(self):
        self.live.end()


def read(folder):
    files = glob.glob(os.path.join(folder, "*", "plots", "metrics", "m0.tsv"))
    return sum(len(open(file).read().splitlines()) - 1 for file in files)
