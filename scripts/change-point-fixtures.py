"""Writes test/fixtures/stats/change-points.json. Only for developers: pip install ruptures==1.1.*, run from the root."""

import json
from pathlib import Path

import numpy as np
import ruptures

generator = np.random.default_rng(20121201)


def row(values, penalty, minimum):
    """jump=1: every index may be a change, so that the optimum is exact."""
    ends = ruptures.Pelt(model="l2", min_size=minimum, jump=1).fit(values).predict(pen=penalty)
    return {"values": values.tolist(), "penalty": penalty, "minimumSegment": minimum, "starts": ends[:-1]}


def levels(*segments, noise=1.0):
    return np.concatenate([np.full(count, level) for count, level in segments]) + generator.normal(
        0, noise, sum(count for count, _ in segments)
    )


rows = []
for minimum in [1, 2, 5]:
    for penalty in [2.0, 10.0, 40.0]:
        rows.append(row(levels((12, 0)), penalty, minimum))
        rows.append(row(levels((10, 0), (10, 4)), penalty, minimum))
        rows.append(row(levels((15, 0), (5, 6), (20, 1), noise=0.5), penalty, minimum))
        rows.append(row(levels((30, 0.1), (1, 9), (29, 0.1), noise=0.3), penalty, minimum))
        rows.append(row(levels((40, 100), (35, 101.5), (45, 99)), penalty, minimum))
Path("test/fixtures/stats/change-points.json").write_text("[\n" + ",\n".join(json.dumps(one) for one in rows) + "\n]\n")
