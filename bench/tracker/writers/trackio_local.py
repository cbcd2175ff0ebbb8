"""Trackio without a Space: a queue in memory, which a thread writes to SQLite."""

import contextlib
import os
import sys

PROJECT = "bench"


def trackio_in(folder):
    os.environ["TRACKIO_DIR"] = folder
    with contextlib.redirect_stdout(sys.stderr):
        import trackio
    return trackio


def begin(folder, name):
    trackio = trackio_in(folder)
    with contextlib.redirect_stdout(sys.stderr):
        trackio.init(project=PROJECT, name=name)
    return Writer(trackio)


class Writer:
    def __init__(self, trackio):
        self.trackio = trackio

    def log(self, step, values):
        self.trackio.log(values, step=step)

    def end(self):
        with contextlib.redirect_stdout(sys.stderr):
            self.trackio.finish()


def read(folder):
    trackio_in(folder)
    from trackio.sqlite_storage import SQLiteStorage

    runs = SQLiteStorage.get_runs(PROJECT)
    return sum(sum("m0" in row for row in SQLiteStorage.get_logs(PROJECT, run)) for run in runs)
