"""Writes test/fixtures/stats/gate.json. Only for developers: pip install scipy==1.17.* statsmodels==0.15.*, run from the root."""

import itertools
import json
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

generator = np.random.default_rng(20160227)


def signed_rank():
    rows = []
    for k in [3, 5, 6, 7, 8, 10, 12]:
        for values in [generator.normal(0.5, 1, k), np.round(generator.normal(1, 3, k))]:
            kept = values[values != 0]
            if len(kept) == 0:
                continue
            p = stats.wilcoxon(kept, method=stats.PermutationMethod(n_resamples=np.inf)).pvalue
            rows.append({"values": values.tolist(), "p": float(p)})
    for k in [15, 20]:
        values = generator.normal(0.3, 1, k)
        rows.append({"values": values.tolist(), "p": float(stats.wilcoxon(values, method="exact").pvalue)})
    return rows


def hodges_lehmann():
    """Interval from the definition: every sign pattern is counted."""
    rows = []
    for k in [5, 6, 7, 10, 12]:
        sums = np.array([sum(r for r, s in zip(range(1, k + 1), signs) if s) for signs in itertools.product([0, 1], repeat=k)])
        for level in [0.9, 0.95, 0.975]:
            values = generator.normal(0, 1, k)
            walsh = np.sort([(values[i] + values[j]) / 2 for i in range(k) for j in range(i, k)])
            outside = 0
            while np.mean(sums <= outside) <= (1 - level) / 2:
                outside += 1
            interval = [walsh[outside - 1], walsh[len(walsh) - outside]] if outside else None
            rows.append({"values": values.tolist(), "level": level, "median": float(np.median(walsh)), "interval": interval})
    return rows


def holm():
    rows = []
    for m in [1, 2, 3, 7]:
        ps = generator.uniform(0, 0.2, m)
        if m == 3:
            ps[2] = ps[0]
        rows.append({"ps": ps.tolist(), "adjusted": multipletests(ps, method="holm")[1].tolist()})
    return rows


def power():
    rows = [
        {"effect": d, "pairs": k, "level": level, "power": float(TTestPower().power(d, k, 1 - level, alternative="two-sided"))}
        for d in [0.1, 0.5, 1, 2, 4]
        for k in [3, 5, 10, 30, 200]
        for level in [0.95, 0.975]
    ]
    # Where the noncentrality is large, the noncentral t that statsmodels calls gives NaN.
    return [row for row in rows if np.isfinite(row["power"])]


rows = lambda items: "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]"
parts = {"signedRank": signed_rank(), "hodgesLehmann": hodges_lehmann(), "holm": holm(), "power": power()}
text = "{" + ",\n".join(f"{json.dumps(name)}: {rows(items)}" for name, items in parts.items()) + "}\n"
Path("test/fixtures/stats/gate.json").write_text(text)
