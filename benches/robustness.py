"""Seeded draws on weights with numpy, beside `triennial robustness --draws`.

    python3 benches/robustness.py data FOLDER CENTRES    writes rubric.toml and data.csv: 30 indicators in 3 criteria
    python3 benches/robustness.py draw FOLDER DRAWS      draws by the same plan in binary floating point

The plan is that of `triennial robustness --rubric FOLDER/rubric.toml --data FOLDER/data.csv --cycle 2025 --draws DRAWS
--weights 10%`: every criterion and indicator is multiplied by a number evenly drawn from 0.9 to 1.1, then siblings are
brought back to what they share. Nothing is rounded. The numbers drawn are numpy's own, so shares agree within what draws
differ by, not digit by digit.
"""

import csv
import random
import sys
import time
from pathlib import Path

INDICATORS, CRITERIA = 30, 3


def points(indicator):
    return 4 if indicator % 3 == 0 else 3


def data(folder, centres):
    rows = random.Random(2026)
    text = '[rubric]\nid = "drawn"\nedition = "1"\ncycle_years = 1\nrounding = "none"\n'
    text += "".join(f'[[metric]]\nid = "m{i}"\nminimum = 0\nmaximum = 100\n' for i in range(INDICATORS))
    for i in range(INDICATORS):
        if i % (INDICATORS // CRITERIA) == 0:
            text += f'[[criterion]]\nid = "c{i // (INDICATORS // CRITERIA)}"\n'
        text += f'[[criterion.indicator]]\nid = "i{i}"\npoints = {points(i)}\nmeasure = "m{i}"\n'
        text += 'rule = { kind = "linear", from = 0, to = 100 }\n'
    text += '[[grade]]\nid = "excellent"\nat_least = 60\n[[grade]]\nid = "good"\nat_least = 50\n[[grade]]\nid = "poor"\n'
    text += "[outcome]\n" + "".join(f'{grade} = {{ act = "next-cycle" }}\n' for grade in ("excellent", "good", "poor"))
    (folder / "rubric.toml").write_text(text)
    with (folder / "data.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["centre"] + [f"m{i}" for i in range(INDICATORS)])
        out.writerows([f"c{n}"] + [rows.randrange(1001) / 10 for _ in range(INDICATORS)] for n in range(centres))


def draw(folder, draws):
    import numpy

    readings = numpy.loadtxt(folder / "data.csv", delimiter=",", skiprows=1, usecols=range(1, INDICATORS + 1))
    start = time.perf_counter()
    weights = numpy.array([points(i) for i in range(INDICATORS)], dtype=float)
    lots = numpy.random.default_rng(1)
    groups = weights.reshape(CRITERIA, -1)
    of_criteria = groups.sum(axis=1) * lots.uniform(0.9, 1.1, (draws, CRITERIA))
    of_criteria *= weights.sum() / of_criteria.sum(axis=1, keepdims=True)
    inside = groups * lots.uniform(0.9, 1.1, (draws, CRITERIA, groups.shape[1]))
    inside *= (of_criteria / inside.sum(axis=2))[:, :, None]
    totals = inside.reshape(draws, -1) @ (readings / 100).T
    excellent = (totals >= 60).mean(axis=0)
    good = (totals >= 50).mean(axis=0) - excellent
    print(f"{time.perf_counter() - start:.2f} s for {draws} draws of {len(readings)} centres")
    for name in range(5):
        print(f"c{name}: excellent {excellent[name]:.4f}, good {good[name]:.4f}")


if __name__ == "__main__":
    what, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    {"data": data, "draw": draw}[what](folder, count)
