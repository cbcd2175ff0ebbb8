"""Writes test/fixtures/stats/*.json with SciPy. Only for developers: pip install scipy==1.17.* and run from the root."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

FOLDER = Path("test/fixtures/stats")


def student():
    rows = []
    for df in [1, 2, 3, 4, 5, 7, 9, 9.5, 14, 29, 30.25, 99, 499, 1000]:
        for t in [0, 0.01, 0.3, 0.9, 1, 2, 2.776, 4, 8, 20, 50]:
            rows.append({"df": df, "t": t, "tail": float(stats.t.sf(t, df))})
    critical = [
        {"df": df, "level": level, "t": float(stats.t.isf((1 - level) / 2, df))}
        for df in [1, 2, 3, 4, 5, 7, 9, 14, 29, 99, 999]
        for level in [0.5, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999]
    ]
    return {"tails": rows, "critical": critical}


def paired():
    generator = np.random.default_rng(20151210)
    rows = []
    for k in [2, 3, 5, 8, 10, 12]:
        for loc, scale in [(0, 1), (0.15, 0.05), (-3, 2)]:
            effects = generator.normal(loc, scale, k)
            low, high = stats.t.interval(0.95, k - 1, effects.mean(), stats.sem(effects))
            p = stats.permutation_test(
                (effects,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative="two-sided"
            ).pvalue
            rows.append({"effects": effects.tolist(), "interval": [float(low), float(high)], "p": float(p)})
    return rows


FOLDER.mkdir(parents=True, exist_ok=True)
(FOLDER / "student-t.json").write_text(json.dumps(student(), indent=1) + "\n")
(FOLDER / "paired.json").write_text(json.dumps(paired(), indent=1) + "\n")
