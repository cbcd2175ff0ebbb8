"""Aim with a repository in the folder, and without what it records of itself."""

import logging
import os

os.environ["AIM_ANALYTICS"] = "0"
from aim import Repo, Run

logging.disable(logging.WARNING)


def repo_in(folder):
    return Repo.from_path(folder, init=True) if not os.path.isdir(os.path.join(folder, ".aim")) else Repo(folder)


def run_in(folder):
    repo_in(folder)
    return Run(repo=folder, experiment="bench", system_tracking_interval=None, log_system_params=False, capture_terminal_logs=False)


def begin(folder, name):
    return Writer(run_in(folder))


class Writer:
    def __init__(self, run):
        self.run = run

    def log(self, step, values):
        self.run.track(values, step=step)

    def end(self):
        self.run.close()


def read(folder):
    found = Repo(folder).query_metrics("metric.name == 'm0'", report_mode=0)
    return sum(len(metric.values.sparse_numpy()[0]) for run in found.iter_runs() for metric in run)


def make(folder, figures):
    run = run_in(folder)
    run.track(figures, step=0)
    run.close()


def newest(folder, below, limit):
    found = Repo(folder).query_metrics("metric.name == 'm0' and metric.last < %s" % below, report_mode=0)
    runs = [run.run for run in found.iter_runs()]
    return len(sorted(runs, key=lambda run: run.created_at, reverse=True)[:limit])
