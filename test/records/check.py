"""Draws the verdicts of records again, from their figures alone, with SciPy. The rules are those of docs/statistics.md."""

import json
import sys

import numpy as np
from scipy import stats

TOLERANCE = 1e-9
FEWEST_SEEDS = 3


def bound(figure):
    return figure["above"] if isinstance(figure, dict) else figure


def term(text, metric):
    arms, _, own = text.partition(":")
    return arms.split("+"), own or metric


def weighed(claim, figures, arm_of):
    """[(weight, figures by seed)]"""
    found = []
    for text, weight in claim["contrast"].items():
        arms, metric = term(text, claim["metric"])
        name = "+".join(arm_of(arm) for arm in arms)
        found.append((weight, figures[metric][name]))
    return found


def bars(weight, verdict, effect, two_sided):
    if two_sided:
        return verdict == "confirmed" or weight * effect < 0
    return weight < 0 if verdict == "confirmed" else weight > 0


def decide(kind, margin, low, high):
    if kind == "equivalence":
        if low >= -margin and high <= margin:
            return "confirmed"
        return "refuted" if high < -margin or low > margin else "inconclusive"
    if low > margin:
        return "confirmed"
    return "refuted" if high < margin else "inconclusive"


def judge(claim, measured, arm_of):
    """(effects, interval, verdict)"""
    terms = weighed(claim, measured["figures"], arm_of)
    count = len(measured["seeds"])
    complete = [i for i in range(count) if all(figures[i] is not None for _, figures in terms)]
    effects = [sum(weight * bound(figures[i]) for weight, figures in terms) for i in complete]
    if len(effects) < 2:
        return effects, None, "inconclusive"
    low, high = stats.t.interval(claim["level"], len(effects) - 1, np.mean(effects), stats.sem(effects))
    if np.ptp(effects) == 0:
        low = high = effects[0]
    if not measured["decides"] or len(complete) < count or count < FEWEST_SEEDS:
        return effects, (low, high), "inconclusive"
    verdict = decide(claim["kind"], claim["margin"], low, high)
    if verdict != "inconclusive":
        censored = [weight for weight, figures in terms for i in complete if isinstance(figures[i], dict)]
        if any(bars(w, verdict, np.mean(effects), claim["kind"] == "equivalence") for w in censored):
            verdict = "inconclusive"
    return effects, (low, high), verdict


def wrongly_chosen(claim, measured):
    """Names whose level has not the least mean of what levels are chosen by."""
    choice, chosen = measured["choice"], claim["chosen"]["arms"]
    by = measured["figures"][choice["by"]]
    means = {arm: np.mean([bound(f) for f in values]) for arm, values in by.items() if None not in values}
    rivals = lambda name: [means[arm] for arm in choice["arms"][name] if arm in means]
    return [name for name, arm in chosen.items() if means[arm] > min(rivals(name)) + TOLERANCE]


def close(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    return bool(np.allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE))


def conjunction(claim, verdicts):
    parts = [verdicts[part] for part in claim["parts"]]
    if "refuted" in parts:
        return "refuted"
    return "confirmed" if all(part == "confirmed" for part in parts) else "inconclusive"


def check(record):
    measured = record.get("measured")
    problems, verdicts = [], {}
    simple = [claim for claim in record["claims"] if claim["kind"] != "conjunction"]
    for claim in simple:
        arms = claim.get("chosen", {}).get("arms", {})
        effects, interval, verdict = judge(claim, measured, lambda arm: arms.get(arm, arm))
        verdicts[claim["id"]] = verdict
        if "chosen" in claim and wrongly_chosen(claim, measured):
            problems.append(f"{claim['id']}: not the best level: {wrongly_chosen(claim, measured)}")
        if not close(effects, claim["effects"]):
            problems.append(f"{claim['id']}: effects {effects}, recorded {claim['effects']}")
        if effects and not close(float(np.mean(effects)), claim["effect"]):
            problems.append(f"{claim['id']}: effect {np.mean(effects)}, recorded {claim['effect']}")
        if not close(interval, claim["interval"]):
            problems.append(f"{claim['id']}: interval {interval}, recorded {claim['interval']}")
        if verdict != claim["verdict"]:
            problems.append(f"{claim['id']}: {verdict}, recorded {claim['verdict']}")
    for claim in record["claims"]:
        if claim["kind"] == "conjunction" and conjunction(claim, verdicts) != claim["verdict"]:
            problems.append(f"{claim['id']}: {conjunction(claim, verdicts)}, recorded {claim['verdict']}")
    if record["claims"] and record["verdict"] != record["claims"][0]["verdict"]:
        problems.append("the record's verdict is not its first claim's")
    return len(record["claims"]), problems


claims = disagreements = 0
for path in sys.argv[1:]:
    with open(path) as file:
        record = json.load(file)
    count, problems = check(record)
    claims += count
    disagreements += len(problems)
    for problem in problems:
        print(f"{record['experiment']}: {problem}")
print(json.dumps({"records": len(sys.argv) - 1, "claims": claims, "disagreements": disagreements}))
