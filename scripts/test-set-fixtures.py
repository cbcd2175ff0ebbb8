"""
Writes test/fixtures/stats/{rates,mcnemar,test-set}.json. Only for developers, from the root:
pip install scipy==1.17.* scikit-learn==1.9.* statsmodels==0.15.*
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from sklearn.metrics import confusion_matrix, log_loss, top_k_accuracy_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

FOLDER = Path("test/fixtures/stats")


def rates():
    """Clopper and Pearson's intervals by statsmodels, whose beta quantiles are SciPy's."""
    counts = [(0, 1), (1, 1), (0, 20), (1, 20), (3, 7), (10, 10), (5, 500), (137, 1000), (741, 10_000), (4999, 10_000)]
    counts += [(9998, 10_000), (10_000, 10_000), (1, 50_000), (11_700, 50_000)]
    rows = []
    for events, trials in counts:
        for level in [0.9, 0.95, 0.99]:
            low, high = proportion_confint(events, trials, alpha=1 - level, method="beta")
            low, high = (0 if events == 0 else low), (1 if events == trials else high)
            rows.append({"events": events, "trials": trials, "level": level, "interval": [float(low), float(high)]})
    return rows


def tango(b, c, n):
    """By its definition: the deviation is that of the multinomial likelihood's maximum at each difference."""
    z = stats.norm.ppf(0.975)

    def likeliest(delta):
        """Rate of c: where the likelihood's slope is 0, or at an end of what is possible."""
        low, high = max(0, -delta), (1 - delta) / 2
        slope = np.polyadd(np.polyadd(b * np.poly1d([-2, 1 - delta, 0]), c * np.poly1d([1, delta]) * np.poly1d([-2, 1 - delta])),
                           -2 * (n - b - c) * np.poly1d([1, delta, 0]))
        roots = [float(root.real) for root in np.roots(slope) if abs(root.imag) < 1e-12]
        log = lambda count, rate: 0 if count == 0 else count * np.log(max(rate, 1e-300))
        likelihood = lambda q: log(b, q + delta) + log(c, q) + log(n - b - c, 1 - 2 * q - delta)
        return max([min(max(root, low), high) for root in roots] + [low, high], key=likelihood)

    def score(delta):
        q = likeliest(delta)
        return (b - c - n * delta) / np.sqrt(n * (2 * q + delta * (1 - delta)))

    seen = (b - c) / n
    low = optimize.brentq(lambda d: score(d) - z, -1 + 1e-9, seen - 1e-12, xtol=1e-15)
    high = optimize.brentq(lambda d: score(d) + z, seen + 1e-12, 1 - 1e-9, xtol=1e-15)
    return [low, high]


def mcnemars():
    """The exact p by statsmodels, mid-p by SciPy's binomial from the definition of Fagerland et al. 2013."""
    rows = []
    for both, b, c, neither in [
        (1, 1, 7, 12), (10, 3, 3, 4), (0, 1, 0, 9), (59, 6, 16, 80), (400, 130, 95, 9375), (20, 700, 820, 8460),
        (0, 0, 5, 15), (5000, 2600, 2400, 40_000),
    ]:
        n, m, k = both + b + c + neither, b + c, min(b, c)
        exact = float(mcnemar([[both, b], [c, neither]], exact=True).pvalue)
        point = float(stats.binom.pmf(k, m, 0.5))
        mid = 1 - point / 2 if b == c else 2 * float(stats.binom.cdf(k, m, 0.5)) - point
        rows.append({"bothWrong": both, "firstWrong": b, "secondWrong": c, "bothRight": neither,
                     "exactP": exact, "midP": mid, "interval": tango(b, c, n)})
    return rows


def expected_error(confidence, right, bins):
    """Bins given as arrays of image indices."""
    return float(sum(len(one) / len(right) * abs(right[one].mean() - confidence[one].mean()) for one in bins if len(one)))


def test_set():
    generator = np.random.default_rng(20120930)
    rows = []
    for images, classes, sharpness in [(40, 3, 1), (200, 10, 3)]:
        labels = generator.integers(0, classes, images)
        logits = generator.normal(0, 1, (images, classes)) * sharpness
        logits[np.arange(images), labels] += 1.5
        probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
        probabilities = np.maximum(np.round(probabilities, 5), 1e-5)
        probabilities /= probabilities.sum(1, keepdims=True)
        predicted, confidence = probabilities.argmax(1), probabilities.max(1)
        right = predicted == labels
        edges = np.linspace(0, 1, 16)
        where = np.digitize(confidence, edges, right=True) - 1
        by_width = [np.flatnonzero(where == bin) for bin in range(15)]
        by_mass = np.array_split(np.argsort(confidence, kind="stable"), 15)
        topk = {k: 1 - float(top_k_accuracy_score(labels, probabilities, k=k, labels=range(classes))) for k in [1, 2]}
        rows.append({
            "labels": labels.tolist(), "probabilities": probabilities.tolist(), "predicted": predicted.tolist(),
            "matrix": confusion_matrix(labels, predicted, labels=range(classes)).tolist(),
            "top1": topk[1], "top2": topk[2],
            "loss": float(log_loss(labels, probabilities, labels=range(classes))),
            "eceByWidth": expected_error(confidence, right, by_width),
            "eceByMass": expected_error(confidence, right, by_mass),
        })
    return rows


def write(name, rows):
    """A row a line: small, and a change shows where it is."""
    (FOLDER / f"{name}.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


FOLDER.mkdir(parents=True, exist_ok=True)
write("rates", rates())
write("mcnemar", mcnemars())
write("test-set", test_set())
