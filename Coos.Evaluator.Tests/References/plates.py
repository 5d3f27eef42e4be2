#!/usr/bin/env python3
"""Computes what the tests of the position on the plate are compared with, with NumPy and SciPy.

    python3 Coos.Evaluator.Tests/References/plates.py > Coos.Evaluator.Tests/References/plates.json

Statistics follow their definitions in docs/metrics.md well by well. p of small designs is exact: all ways to assign the positions to the
wells of each stratum are enumerated. The tests read the output; neither they nor COOS need Python. Debian: python3-scipy.
"""
import itertools
import json
import math
import platform

import numpy
import scipy
from scipy.stats import t

SEED = 97
MOST_WAYS = 60_000

# Classes, plates, rows, columns, wells per plate, whether wells hold several classes, images per well.
CASES = [
    (1, 1, 8, 12, 9, False, (4, 9)),
    (2, 1, 8, 12, 10, False, (3, 12)),
    (2, 2, 8, 12, 6, False, (5, 5)),
    (1, 1, 16, 24, 9, False, (1, 6)),
    (3, 2, 8, 12, 60, False, (2, 20)),
    (7, 4, 16, 24, 150, False, (5, 30)),
    (3, 2, 16, 24, 120, True, (6, 24)),
    (2, 1, 32, 48, 400, True, (1, 10)),
]


def name(row, column):
    return ("" if row < 26 else "A") + chr(65 + row % 26) + f"{column + 1:02d}"


def create(classes, plates, rows, columns, count, is_mixed, sizes, random):
    wells = []
    for plate in range(plates):
        places = random.choice(rows * columns, count, replace=False)
        # The last well makes the smallest format that holds the plate the wanted one.
        places[0] = rows * columns - 1
        places = numpy.unique(places)
        for place in places:
            row, column = divmod(int(place), columns)
            total = int(random.integers(sizes[0], sizes[1] + 1))
            held = random.random(classes) < 0.6 if is_mixed else numpy.arange(classes) == random.integers(0, classes)
            if not held.any():
                held[0] = True
            images = numpy.bincount(random.choice(numpy.flatnonzero(held), total), minlength=classes)
            is_edge = row in (0, rows - 1) or column in (0, columns - 1)
            rate = numpy.clip(0.15 + 0.05 * numpy.arange(classes) + 0.12 * is_edge + 0.01 * (row % 3) + random.normal(0, 0.05), 0, 1)
            wells.append((plate, row, column, images, random.binomial(images, rate)))
    return wells


def strata(wells, rows, columns, effect):
    """The wells of each stratum, and the group of each well."""
    groups, members = [], {}
    for i, (plate, row, column, images, _) in enumerate(wells):
        is_edge = row in (0, rows - 1) or column in (0, columns - 1)
        groups.append({"edge": int(is_edge), "row": row, "column": column}[effect])
        key = (plate, tuple(numpy.flatnonzero(images)), None if effect == "edge" else is_edge)
        members.setdefault(key, []).append(i)
    kept = [m for m in members.values() if len({groups[i] for i in m}) > 1]
    return kept, groups


def scores(wells, kept, groups, names):
    """S, V and the scale of each group, by their definitions."""
    total, variance, scale = (numpy.zeros(len(names)) for _ in range(3))
    for members in kept:
        images = numpy.array([wells[i][3] for i in members], float)
        errors = numpy.array([wells[i][4] for i in members], float)
        place = numpy.array([groups[i] for i in members])
        held = images.sum(0) > 0
        images, errors = images[:, held], errors[:, held]
        rate = errors.sum(0) / images.sum(0)
        residual = errors - images * rate
        for g, group in enumerate(names):
            inside = place == group
            share = images[inside].sum(0) / images.sum(0)
            total[g] += residual[inside].sum()
            variance[g] += (((inside[:, None] - share[None, :]) * residual).sum(1) ** 2).sum()
            scale[g] += (images[inside].sum(0) * (images.sum(0) - images[inside].sum(0)) / images.sum(0)).sum()
    return total, variance, scale


def statistic(total, variance, effect, names):
    z2 = numpy.where(variance > 1e-18, total**2 / numpy.where(variance > 1e-18, variance, 1), 0)
    return float(z2[names.index(1)] if effect == "edge" else z2.sum())


def arrangements(values):
    """All distinct orders of the groups of a stratum."""
    return sorted(set(itertools.permutations(values)))


def ways(kept, groups):
    count = 1
    for members in kept:
        place = [groups[i] for i in members]
        count *= math.factorial(len(place))
        for group in set(place):
            count //= math.factorial(place.count(group))
    return count


def exact(wells, kept, groups, effect, names, observed):
    """The share of all arrangements with at least the observed statistic."""
    hits = count = 0
    for orders in itertools.product(*(arrangements([groups[i] for i in members]) for members in kept)):
        moved = list(groups)
        for members, order in zip(kept, orders):
            for i, group in zip(members, order):
                moved[i] = group
        total, variance, _ = scores(wells, kept, moved, names)
        hits += statistic(total, variance, effect, names) >= observed * (1 - 1e-9)
        count += 1
    return hits / count


def test(wells, rows, columns, effect):
    kept, groups = strata(wells, rows, columns, effect)
    if not kept:
        return {"effect": effect, "wells": 0}
    names = sorted({groups[i] for members in kept for i in members})
    total, variance, scale = scores(wells, kept, groups, names)
    observed = statistic(total, variance, effect, names)
    exchanged = sum(len(m) for m in kept)
    quantile = t.ppf(0.975, max(1, exchanged - len(kept)))
    differences = [
        {"index": 0 if effect == "edge" else group, "difference": total[g] / scale[g],
         "half": quantile * math.sqrt(variance[g]) / scale[g], "z": total[g] / math.sqrt(variance[g]) if variance[g] > 1e-18 else 0}
        for g, group in enumerate(names) if scale[g] > 0 and (effect != "edge" or group == 1)
    ]
    # Sets of permutations of nine or more equal wells are too many to be made distinct one by one.
    is_small = ways(kept, groups) <= MOST_WAYS and all(len(m) <= 9 for m in kept)
    return {
        "effect": effect, "wells": exchanged, "statistic": observed, "differences": differences,
        "ways": ways(kept, groups) if ways(kept, groups) < 1e15 else None,
        "exact": exact(wells, kept, groups, effect, names, observed) if is_small else None,
    }


def case(design, random):
    classes, plates, rows, columns, count, is_mixed, sizes = design
    wells = create(classes, plates, rows, columns, count, is_mixed, sizes, random)
    return {
        "classes": classes, "plateWells": rows * columns,
        "wells": [{"plate": f"P{p}", "name": name(r, c), "images": n.tolist(), "errors": x.tolist()} for p, r, c, n, x in wells],
        "tests": [test(wells, rows, columns, effect) for effect in ("edge", "row", "column")],
    }


def main():
    random = numpy.random.default_rng(SEED)
    made = {
        "command": "python3 Coos.Evaluator.Tests/References/plates.py", "python": platform.python_version(),
        "numpy": numpy.__version__, "scipy": scipy.__version__, "seed": SEED,
    }
    print(json.dumps({"made": made, "cases": [case(design, random) for design in CASES]}))


if __name__ == "__main__":
    main()
