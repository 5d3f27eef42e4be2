#!/usr/bin/env python3
"""Computes what the statistics of methods over runs are tested against, with NumPy and SciPy.

    python3 Coos.Evaluator.Tests/References/methods.py > Coos.Evaluator.Tests/References/methods.json

The tests read the output; neither they nor COOS need Python. Debian: python3-scipy. It follows docs/metrics.md, "Methods over
runs", image by image and without the shortcuts of the C# code.
"""
import json
import platform

import numpy
import scipy
from scipy.optimize import brentq
from scipy.stats import t as student

RANDOM = numpy.random.default_rng(20)


def quantile(degrees):
    """SciPy's ppf is exact to 1e-8 only for fractions of degrees; its sf is exact."""
    return float(brentq(lambda t: 2 * student.sf(t, degrees) - 0.05, 1.9, 13, xtol=1e-14, rtol=1e-14))


def draw_split(images, classes, clusters, mixing):
    """mixing: "one" (a cluster holds one class), "all", or "none" (no clusters)."""
    actual = RANDOM.integers(0, classes, images)
    actual[:classes] = numpy.arange(classes)
    if mixing == "one":
        return actual, actual * clusters + RANDOM.integers(0, clusters, images)
    return actual, RANDOM.integers(0, clusters, images) if mixing == "all" else None


def draw_runs(splits, runs, classes, error, spread):
    rows = []
    shared = [RANDOM.random(len(actual)) for actual, _ in splits]
    for _ in range(runs):
        rate = max(0, error + spread * RANDOM.standard_normal())
        row = []
        for (actual, _), common in zip(splits, shared):
            own = RANDOM.random(len(actual))
            wrong = numpy.where(RANDOM.random(len(actual)) < 0.6, common, own) < rate
            row.append(numpy.where(wrong, (actual + 1 + RANDOM.integers(0, classes - 1, len(actual))) % classes, actual))
        rows.append(row)
    return rows


def components(actual, clusters):
    """The connected components of classes and clusters, by repeated merging of sets."""
    groups = []
    for k, g in set(zip(actual.tolist(), clusters.tolist())):
        merged = {("class", k), ("cluster", g)}
        rest = []
        for group in groups:
            if group & merged:
                merged |= group
            else:
                rest.append(group)
        groups = rest + [merged]
    return [[g for kind, g in group if kind == "cluster"] for group in groups]


def variances(actual, clusters, values, kind):
    """The variance of the balanced mean of values, by cluster (or None) and per image, each with degrees of freedom."""
    present = sorted(set(actual.tolist()))
    by_image, by_cluster = [], None
    for k in present:
        own = values[actual == k]
        added = numpy.append(own, [1, 0]) if kind == "mean" else numpy.append(own, [numpy.sqrt(0.5), -numpy.sqrt(0.5)])
        n = len(added)
        by_image.append(((added - added.mean()) ** 2).sum() / n**2 / len(present) ** 2)
    sizes = [int((actual == k).sum()) + 1 for k in present]
    image = (sum(by_image), sum(by_image) ** 2 / sum(v * v / n for v, n in zip(by_image, sizes)))
    if clusters is not None:
        totals = {}
        for g in set(clusters.tolist()):
            totals[g] = sum(
                (values[(actual == k) & (clusters == g)] - values[actual == k].mean()).sum() / (actual == k).sum() / len(present)
                for k in present
            )
        parts = []
        for group in components(actual, clusters):
            if len(group) < 2:
                parts = None
                break
            u = numpy.array([totals[g] for g in group])
            parts.append((len(u) * u.var(ddof=1), len(u) - 1))
        if parts:
            total = sum(v for v, _ in parts)
            by_cluster = (total, max(1, total**2 / sum(v * v / n for v, n in parts)))
    return by_cluster, image


def mean_over_splits(parts):
    if any(p is None for p in parts):
        return None
    total = sum(v for v, _ in parts)
    return total / len(parts) ** 2, max(1, total**2 / sum(v * v / n for v, n in parts))


def estimate(splits, values, kind, runs):
    """values: per split, one number per image. runs: the variance of the errors over runs and the number of runs, per method."""
    both = [variances(actual, clusters, v, kind) for (actual, clusters), v in zip(splits, values)]
    cluster, image = mean_over_splits([b[0] for b in both]), mean_over_splits([b[1] for b in both])
    half = lambda part: float(quantile(part[1]) * numpy.sqrt(part[0]))
    by_cluster = cluster is not None and half(cluster) >= half(image)
    within, degrees = cluster if by_cluster else image
    total = within + sum(s2 / s for s2, s in runs)
    nu = total**2 / (within**2 / degrees + sum((s2 / s) ** 2 / (s - 1) for s2, s in runs))
    value = float(numpy.mean([
        numpy.mean([v[actual == k].mean() for k in sorted(set(actual.tolist()))]) for (actual, _), v in zip(splits, values)
    ]))
    width = float(quantile(nu) * numpy.sqrt(total))
    return {
        "value": value,
        "images": float(within),
        "runs": float(total - within),
        "degrees": float(nu),
        "lower": max(0 if kind == "mean" else -1, value - width),
        "upper": min(1, value + width),
        "p": float(2 * student.sf(abs(value) / numpy.sqrt(total), nu)),
        "byCluster": bool(by_cluster),
    }


def errors(splits, rows):
    return [
        float(numpy.mean([
            numpy.mean([(p != actual)[actual == k].mean() for k in sorted(set(actual.tolist()))])
            for (actual, _), p in zip(splits, row)
        ]))
        for row in rows
    ]


def case(name, sizes, classes, clusters, mixing, runs, rates, spread):
    splits = [draw_split(n, classes, clusters, mixing) for n in sizes]
    methods = [draw_runs(splits, s, classes, rate, spread) for s, rate in zip(runs, rates)]
    per_run = [errors(splits, rows) for rows in methods]
    spreads = [(float(numpy.var(e, ddof=1)), len(e)) for e in per_run]
    wrong = [[numpy.mean([row[i] != actual for row in rows], axis=0) for i, (actual, _) in enumerate(splits)] for rows in methods]
    text = lambda row: "".join(str(int(v)) for v in row)
    return {
        "name": name,
        "classes": classes,
        "splits": [
            {"actual": text(actual), "clusters": None if ids is None else [int(g) for g in ids]} for actual, ids in splits
        ],
        "methods": [[[text(p) for p in row] for row in rows] for rows in methods],
        "errors": per_run,
        "variances": [v for v, _ in spreads],
        "means": [estimate(splits, wrong[m], "mean", [spreads[m]]) for m in (0, 1)],
        "difference": estimate(splits, [a - b for a, b in zip(*wrong)], "difference", spreads),
    }


def tails():
    rows = []
    for degrees in (1, 1.5, 2, 2.7, 3.2, 5, 7.9, 12.4, 29.5, 30.2, 63.1, 199, 201.5, 1000.5, 12345.6):
        rows += [
            {"degrees": degrees, "t": t, "p": float(2 * student.sf(t, degrees))} for t in (0.01, 0.5, 1, 1.9, 2.6, 4.1, 8.5)
        ]
        rows.append({"degrees": degrees, "quantile": quantile(degrees)})
    return rows


print(json.dumps({
    "made": {
        "command": "python3 Coos.Evaluator.Tests/References/methods.py",
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
    },
    "tails": tails(),
    "cases": [
        case("wells of one class", [160], 3, 6, "one", [3, 4], [0.25, 0.2], 0.02),
        case("plates of all classes", [180], 4, 5, "all", [5, 3], [0.3, 0.3], 0.06),
        case("two splits", [120, 90], 3, 5, "one", [3, 3], [0.2, 0.35], 0.03),
        case("no clusters", [150], 3, 1, "none", [4, 4], [0.1, 0.2], 0),
        case("few errors", [140, 140], 2, 8, "all", [3, 10], [0.02, 0.01], 0),
    ],
}, indent=1))
