"""Makes clusters.json: variances, degrees of freedom, intervals and p values by cluster, computed another way.

Each deviation is computed from a dense matrix (residual = (I - 1 w') y for each class), the degrees of freedom from the traces of that
matrix, and limits and tails by SciPy. Run: python3 clusters.py > clusters.json (made with NumPy 1.24 and SciPy 1.10).
"""

import json
import sys

import numpy as np
from scipy import optimize, special, stats

rng = np.random.default_rng(2026)


def quantile(degrees):
    """Student's 97.5% quantile. SciPy's own t.ppf is accurate to nine digits only."""
    outside = lambda t: special.betainc(degrees / 2, 0.5, degrees / (degrees + t * t)) - 0.05
    return optimize.brentq(outside, 1, 20, xtol=1e-15, rtol=1e-14)


def strata(n):
    """Connected components of the graph of clusters (rows) and classes (columns)."""
    left, found = set(range(len(n))), []
    while left:
        rows = {left.pop()}
        while True:
            columns = np.nonzero(n[sorted(rows)].sum(0))[0]
            more = {g for g in range(len(n)) if n[g][columns].sum() > 0} | rows
            if more == rows:
                break
            rows = more
        left -= rows
        found.append(sorted(rows))
    return found


def estimate(n, x, weights):
    """The variance of sum over k of weights[k] * x_k / n_k, its degrees of freedom and largest share."""
    total, satterthwaite, spread, squares, largest = 0.0, 0.0, 0.0, 0.0, 0.0
    for rows in strata(n):
        m = len(rows)
        u, linear = np.zeros(m), np.zeros((m, m))
        for k in range(n.shape[1]):
            size = n[rows, k].sum()
            if size == 0 or weights[k] == 0:
                continue
            w = n[rows, k] / size
            scale = np.diag(weights[k] / np.sqrt(1 - w))
            u += scale @ (x[rows, k] / size - w * (x[rows, k].sum() / size))
            linear += scale @ np.diag(w) @ (np.eye(m) - np.outer(np.ones(m), w))
        product = linear @ linear.T
        degrees = np.trace(product) ** 2 / np.trace(product @ product)
        v = u**2
        total += v.sum()
        satterthwaite += v.sum() ** 2 / degrees
        spread += (v**2).sum() - v.sum() ** 2 / m
        squares += (v**2).sum()
        largest = max(largest, v.max())
    degrees = max(1.0, min(total**2 / satterthwaite, 2 * total**2 / spread))
    return total, degrees, largest / total, total**2 / squares


def limits(error, variance, degrees):
    trials = max(1.0, error * (1 - error) / variance * (stats.norm.ppf(0.975) / quantile(degrees)) ** 2)
    count = trials * error
    return stats.beta.ppf(0.025, count, trials - count + 1), stats.beta.ppf(0.975, count + 1, trials - count)


def case(n, rates):
    x = rng.binomial(n, rates)
    y = rng.binomial(n, np.clip(rates * 1.3, 0, 1))
    classes = n.shape[1]
    weights = np.full(classes, 1 / classes)
    variance, degrees, largest, effective = estimate(n, x, weights)
    error = (x.sum(0) / n.sum(0)).mean()
    lower, upper = limits(error, variance, degrees)
    paired, nu, _, _ = estimate(n, y - x, weights)
    difference = ((y - x).sum(0) / n.sum(0)).mean()
    return {
        "images": n.tolist(),
        "errors": x.tolist(),
        "otherErrors": y.tolist(),
        "error": error,
        "variance": variance,
        "degrees": degrees,
        "largestShare": largest,
        "effectiveClusters": effective,
        "lower": lower,
        "upper": upper,
        "difference": difference,
        "pairedVariance": paired,
        "pairedDegrees": nu,
        "p": 2 * stats.t.sf(abs(difference) / np.sqrt(paired), nu),
    }


cases = []
for classes, wells, kind in [(2, 8, "one"), (3, 5, "one"), (3, 6, "all"), (7, 5, "all"), (4, 9, "some"), (5, 12, "some"), (2, 16, "all")]:
    for uneven in (False, True):
        rows = []
        for g in range(wells * classes if kind == "one" else wells):
            size = int(rng.integers(2, 61)) if uneven else 25
            row = np.zeros(classes, int)
            held = [g // wells] if kind == "one" else range(classes) if kind == "all" else {g % classes, (g * 2 + 1) % classes}
            for k in held:
                row[k] = size
            rows.append(row)
        n = np.array(rows)
        rates = np.clip(rng.beta(1.5, 6, (len(n), 1)) + np.zeros(n.shape), 0.02, 0.9)
        cases.append(case(n, rates))
students = [
    {"degrees": d, "t": t, "quantile": quantile(d), "upperTail": stats.t.sf(t, d)}
    for d, t in [(1, 0.3), (1.5, 2), (3.31, -1), (7.9, 2.4), (29.5, 2), (120.25, 3.5), (5000, 1.2)]
]
json.dump({"cases": cases, "students": students}, sys.stdout, indent=1)
