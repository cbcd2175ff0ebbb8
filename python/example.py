"""
Two arms on five seeds: does momentum lower the loss of a small regression after 60 steps? Plain Python, so that it runs
anywhere; in PyTorch `step` would be the forward pass, the backward pass and `optimizer.step()`, the rest stays as it is.
Afterwards: `bench list momentum`, `bench show momentum`.
"""

import random

from convbench_journal import Run

ARMS = {"plain": 0.0, "momentum": 0.9}
SEEDS = range(1, 6)
STEPS = 60
RATE = 0.02


def main():
    for arm, momentum in ARMS.items():
        for seed in SEEDS:
            config = {"rate": RATE, "momentum": momentum, "steps": STEPS}
            with Run("momentum", arm=arm, levels={"momentum": arm}, seed=seed, config=config) as run:
                train(run, momentum, seed)


def train(run, momentum, seed):
    # Arms share data and initial weights where they share the seed: the statistics compare pairs.
    draw = random.Random(seed)
    target = [draw.gauss(0, 1) for _ in range(8)]
    rows = [[draw.gauss(0, 1) for _ in target] for _ in range(64)]
    weights, velocity = [0.0] * len(target), [0.0] * len(target)
    for step in range(1, STEPS + 1):
        errors = [dot(row, weights) - dot(row, target) for row in rows]
        for i in range(len(weights)):
            gradient = sum(error * row[i] for error, row in zip(errors, rows)) / len(rows)
            velocity[i] = momentum * velocity[i] - RATE * gradient
            weights[i] += velocity[i]
        run.log({"train.loss": sum(error * error for error in errors) / len(errors)}, step)


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


if __name__ == "__main__":
    main()
