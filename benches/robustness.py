"""Seeded draws on weights with numpy, beside `triennial robustness --draws`.

    python3 benches/robustness.py data FOLDER CENTRES            writes rubric.toml and data.csv: 30 indicators in 3 criteria
    python3 benches/robustness.py draw FOLDER DRAWS              draws by the same plan with numpy's own numbers
    python3 benches/robustness.py same FOLDER DRAWS TOLD.csv     draws the very weights of the program, compares its answer

The plan is that of `triennial robustness --rubric FOLDER/rubric.toml --data FOLDER/data.csv --cycle 2025 --draws DRAWS
--seed 1 --weights 10%` (`--format csv` makes TOLD.csv): every criterion and indicator is multiplied by a number evenly
drawn from 0.9 to 1.1, then siblings are brought back to what they share. Nothing is rounded. `draw` is what a script would
do, so shares agree within what draws differ by; `same` follows the program's numbers (SplitMix64 of seed, draw and item,
2001 steps, weights of four decimals), so counts have to agree, but where a total lies within 1e-9 of a line.
"""

import csv
import random
import sys
import time
from pathlib import Path

INDICATORS, CRITERIA = 30, 3
INSIDE = INDICATORS // CRITERIA
LINES = (60, 50)
CHUNK = 2000


def points(indicator):
    return 4 if indicator % 3 == 0 else 3


def data(folder, centres):
    rows = random.Random(2026)
    text = '[rubric]\nid = "drawn"\nedition = "1"\ncycle_years = 1\nrounding = "none"\n'
    text += "".join(f'[[metric]]\nid = "m{i}"\nminimum = 0\nmaximum = 100\n' for i in range(INDICATORS))
    for i in range(INDICATORS):
        if i % INSIDE == 0:
            text += f'[[criterion]]\nid = "c{i // INSIDE}"\n'
        text += f'[[criterion.indicator]]\nid = "i{i}"\npoints = {points(i)}\nmeasure = "m{i}"\n'
        text += 'rule = { kind = "linear", from = 0, to = 100 }\n'
    text += '[[grade]]\nid = "excellent"\nat_least = 60\n[[grade]]\nid = "good"\nat_least = 50\n[[grade]]\nid = "poor"\n'
    text += "[outcome]\n" + "".join(f'{grade} = {{ act = "next-cycle" }}\n' for grade in ("excellent", "good", "poor"))
    (folder / "rubric.toml").write_text(text)
    with (folder / "data.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["centre"] + [f"m{i}" for i in range(INDICATORS)])
        out.writerows([f"c{n}"] + [rows.randrange(1001) / 10 for _ in range(INDICATORS)] for n in range(centres))


def read(folder):
    import numpy

    readings = numpy.loadtxt(folder / "data.csv", delimiter=",", skiprows=1, usecols=range(1, INDICATORS + 1))
    return readings, numpy.array([points(i) for i in range(INDICATORS)], dtype=float)


def draw(folder, draws):
    import numpy

    readings, weights = read(folder)
    start = time.perf_counter()
    lots = numpy.random.default_rng(1)
    groups = weights.reshape(CRITERIA, -1)
    of_criteria = groups.sum(axis=1) * lots.uniform(0.9, 1.1, (draws, CRITERIA))
    of_criteria *= weights.sum() / of_criteria.sum(axis=1, keepdims=True)
    inside = groups * lots.uniform(0.9, 1.1, (draws, CRITERIA, INSIDE))
    inside *= (of_criteria / inside.sum(axis=2))[:, :, None]
    totals = inside.reshape(draws, -1) @ (readings / 100).T
    excellent = (totals >= LINES[0]).mean(axis=0)
    good = (totals >= LINES[1]).mean(axis=0) - excellent
    print(f"{time.perf_counter() - start:.2f} s for {draws} draws of {len(readings)} centres")
    for name in range(5):
        print(f"c{name}: excellent {excellent[name]:.4f}, good {good[name]:.4f}")


def mixed(value):
    import numpy

    with numpy.errstate(over="ignore"):
        z = value + numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))


def factors(seed, draws, node):
    """What the weight of a node is multiplied by in each of these draws."""
    import numpy

    state = mixed(mixed(numpy.array([seed], dtype=numpy.uint64)) ^ draws)
    for part in (1, node, 0, 0):
        state = mixed(state ^ numpy.uint64(part))
    # The high half of the state times 2001, in two parts that each fit a word.
    low, steps = numpy.uint64(32), numpy.uint64(2001)
    high = ((state >> low) * steps + (((state & numpy.uint64(0xFFFFFFFF)) * steps) >> low)) >> low
    return 1 + 0.1 * (high.astype(float) - 1000) / 1000


def fitted(weights, shared):
    """Rounded to four decimals; the largest takes what is left over."""
    import numpy

    exact = weights * (shared / weights.sum(axis=1))[:, None]
    cut = numpy.floor(exact * 1e4 + 0.5) / 1e4
    rows = numpy.arange(len(cut))
    cut[rows, cut.argmax(axis=1)] += shared - cut.sum(axis=1)
    return cut


def same(folder, draws, told):
    import numpy

    readings, weights = read(folder)
    groups = weights.reshape(CRITERIA, -1)
    counts = numpy.zeros((len(readings), 2), dtype=int)
    unsure = numpy.zeros(len(readings), dtype=int)
    for first in range(0, draws, CHUNK):
        nth = numpy.arange(first, min(first + CHUNK, draws), dtype=numpy.uint64)
        criteria = numpy.stack([groups[c].sum() * factors(1, nth, c * (INSIDE + 1)) for c in range(CRITERIA)], axis=1)
        criteria = fitted(criteria, numpy.full(len(nth), weights.sum()))
        drawn = []
        for c in range(CRITERIA):
            node = c * (INSIDE + 1) + 1
            own = numpy.stack([groups[c][i] * factors(1, nth, node + i) for i in range(INSIDE)], axis=1)
            drawn.append(fitted(own, criteria[:, c]))
        totals = numpy.concatenate(drawn, axis=1) @ (readings / 100).T
        for grade, line in enumerate(LINES):
            counts[:, grade] += (totals >= line).sum(axis=0)
            unsure += (abs(totals - line) < 1e-9).sum(axis=0)
    counts[:, 1] -= counts[:, 0]
    with open(told, newline="") as file:
        rows = [[round(float(row[grade]) * draws) for grade in ("excellent", "good")] for row in csv.DictReader(file)]
    differ = abs(numpy.array(rows) - counts).max(axis=1)
    print(f"{len(readings)} centres × {draws} draws: {int((differ > 0).sum())} centres differ, {int(differ.max())} draws at most;")
    print(f"{int(unsure.sum())} totals within 1e-9 of a line; beyond those differ {int((differ > unsure).sum())} centres")
    return int((differ > unsure).any())


if __name__ == "__main__":
    what, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    sys.exit({"data": data, "draw": draw, "same": same}[what](folder, count, *sys.argv[4:]))
