"""
What a tracker does under the orders of bench/tracker: `drive.py TOOL ORDER FOLDER [NUMBER…]`. A tool is a module in
writers/ with `begin(folder, name)`, whose result has `log(step, values)` and `end()`, and `read(folder)`: how many steps
of the first metric its own reader finds in all runs. The last line that is printed is JSON. `ours.ts` obeys the same.
"""

import importlib
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "writers"))

# What an interpreter compiles and a library sets up in its first calls is no cost of a step.
WARM_UP_SECONDS = 0.5
METRICS = ["m%d" % i for i in range(10)]


def main():
    tool, order, folder = sys.argv[1:4]
    writer = importlib.import_module(tool)
    numbers = [float(text) for text in sys.argv[4:]]
    answer = globals()[order](writer, folder, *numbers)
    print(json.dumps(answer), flush=True)


def values_at(step):
    return {name: 1.0 / (step + i) for i, name in enumerate(METRICS, 1)}


def pace(writer, folder, seconds, pace_seconds):
    """What the loop waits for in each step, in microseconds."""
    run = writer.begin(folder, "paced")
    step, waits = 0, []
    begin = time.perf_counter()
    while time.perf_counter() < begin + WARM_UP_SECONDS + seconds:
        values = values_at(step)
        before = time.perf_counter()
        run.log(step, values)
        after = time.perf_counter()
        if before > begin + WARM_UP_SECONDS:
            waits.append(after - before)
        step += 1
        while time.perf_counter() < before + pace_seconds:
            pass
    run.end()
    waits.sort()
    at = [waits[int(share * (len(waits) - 1))] * 1e6 for share in (0.5, 0.99, 1)]
    return {"steps": len(waits), "median": at[0], "p99": at[1], "worst": at[2]}


def rush(writer, folder, seconds):
    """Nothing but logging, for so long, and the end of the run: its points and all the time that it took."""
    run = writer.begin(folder, "rushed")
    run.log(0, values_at(0))
    step, start = 0, time.perf_counter()
    while time.perf_counter() < start + seconds:
        step += 1
        run.log(step, values_at(step))
    run.end()
    return {"points": (step + 1) * len(METRICS), "seconds": time.perf_counter() - start}


def write(writer, folder, steps):
    """One of several at once, or the least that a store can hold: its longest call after the first, in milliseconds."""
    run = writer.begin(folder, "writer-%d" % os.getpid())
    run.log(0, values_at(0))
    worst = 0
    for step in range(1, int(steps)):
        values = values_at(step)
        before = time.perf_counter()
        run.log(step, values)
        worst = max(worst, (time.perf_counter() - before) * 1e3)
    run.end()
    return {"worst": worst}


def until_killed(writer, folder, pace_seconds):
    run = writer.begin(folder, "killed")
    step = 0
    while True:
        before = time.perf_counter()
        run.log(step, values_at(step))
        os.write(1, b"%d\n" % step)
        step += 1
        time.sleep(max(0, pace_seconds - (time.perf_counter() - before)))


def read(writer, folder):
    return {"steps": writer.read(folder)}


def find(writer, folder, runs, seconds):
    """Milliseconds for the 100 newest runs whose final m0 is below 0.9, of as many as could be made in `seconds`."""
    if not hasattr(writer, "newest"):
        return {"runs": 0, "ms": None}
    made, end = 0, time.perf_counter() + seconds
    while made < runs and time.perf_counter() < end:
        writer.make(folder, {name: (made * (7919 + 2 * i)) % runs / runs for i, name in enumerate(METRICS)})
        made += 1
    times = []
    for _ in range(9):
        before = time.perf_counter()
        found = writer.newest(folder, 0.9, 100)
        times.append((time.perf_counter() - before) * 1e3)
    assert found == min(100, found), found
    return {"runs": made, "found": found, "ms": sorted(times)[4]}


if __name__ == "__main__":
    main()
