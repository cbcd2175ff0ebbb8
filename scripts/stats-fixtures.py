"""Writes test/fixtures/stats/*.json with SciPy. Only for developers: pip install scipy==1.17.* and run from the root."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

FOLDER = Path("test/fixtures/stats")


DFS = [1, 1.5, 2, 3, 4, 5, 7.25, 9, 14, 29, 99, 300, 999, 1000]


def student():
    tails = [
        {"df": df, "t": t, "tail": float(stats.t.sf(t, df))}
        for df in DFS
        for t in [0, 0.01, 0.3, 0.9, 1, 2, 2.776, 4, 8, 20, 50]
    ]
    # Not nearer to 1/2 than 0.4: there SciPy's own quantile is off by up to 1.6e-9 (1.17.1, df 4, p 0.4999, against mpmath).
    lower = [1e-8, 1e-6, 1e-4, 1e-3, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.4]
    quantiles = [{"df": df, "p": p, "t": float(stats.t.ppf(p, df))} for df in DFS for p in lower + [1 - q for q in lower]]
    return {"tails": tails, "quantiles": quantiles}


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


def dumps(value):
    """A row a line: small, and a change shows where it is."""
    rows = lambda items: "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]"
    if isinstance(value, list):
        return rows(value)
    return "{" + ",\n".join(f"{json.dumps(key)}: {rows(items)}" for key, items in value.items()) + "}"


FOLDER.mkdir(parents=True, exist_ok=True)
(FOLDER / "student-t.json").write_text(dumps(student()) + "\n")
(FOLDER / "paired.json").write_text(dumps(paired()) + "\n")
