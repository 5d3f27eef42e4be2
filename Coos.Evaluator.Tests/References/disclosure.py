#!/usr/bin/env python3
"""Computes what the information bound of COOS is tested against, with NumPy and SciPy.

    python3 Coos.Evaluator.Tests/References/disclosure.py > Coos.Evaluator.Tests/References/disclosure.json

"plain": images of equal weight. Brent's method finds the error D with n R(D) = B.
"weighted": groups of images. SLSQP minimises the sum of w D subject to the sum of R(D) <= B, without Lagrange multipliers.
"balanced": the exact rate-distortion function of the balanced error with known class sizes, by the algorithm of Blahut and Arimoto.
A prediction is right with probability 1 - p given the label; the loss of an image is 1 / (K n_y) for the true class y. The first
rows are chosen, the others random. Debian: python3-scipy.
"""
import json
import platform

import numpy as np
import scipy
from scipy.optimize import brentq, minimize
from scipy.special import xlogy

LOG2 = np.log(2)


def entropy(d):
    return -(xlogy(d, d) + xlogy(1 - d, 1 - d)) / LOG2


def rate(d, p, classes):
    return entropy(p) - entropy(d) + (p - d) * np.log2(classes - 1)


def plain():
    rows = []
    for images, classes, p in [(45000, 7, 0.1), (1000, 2, 0.1), (5000, 20, 0.3), (300, 2, 0.5), (300, 7, 6 / 7), (90753, 7, 0.02)]:
        for share in (1e-4, 0.01, 0.2, 0.7, 0.99):
            bits = share * images * rate(0, p, classes)
            d = brentq(lambda d: images * rate(d, p, classes) - bits, 0, p, xtol=1e-15, rtol=1e-14)
            rows.append({"images": images, "classes": classes, "error": p, "bits": float(bits), "gain": float(p - d)})
    rows.append(dict(images=45000, classes=7, error=0.1, bits=1000.0,
                     gain=float(0.1 - brentq(lambda d: 45000 * rate(d, 0.1, 7) - 1000, 0, 0.1, xtol=1e-15, rtol=1e-14))))
    return rows


def weighted():
    rows = []
    cases = [([100, 400], [0.004, 0.0015], 2, 0.1),
             ([50, 200, 1000], [1 / 150, 1 / 600, 1 / 3000], 7, 0.1), ([30, 30, 500], [0.02, 0.01, 0.0002], 20, 0.4)]
    for images, weights, classes, p in cases:
        n, w = np.array(images, float), np.array(weights)
        for share in (0.005, 0.05, 0.2, 0.6):
            bits = share * n.sum() * rate(0, p, classes)
            best = max((minimize(lambda d: n @ (w * d), np.full(len(n), start * p), method="SLSQP", bounds=[(1e-12, p)] * len(n),
                                 constraints={"type": "ineq", "fun": lambda d: (bits - n @ rate(d, p, classes)) / bits},
                                 options={"ftol": 1e-14, "maxiter": 2000}) for start in (0.3, 0.6, 0.9, 0.99)),
                       key=lambda r: -r.fun if r.success and n @ rate(r.x, p, classes) <= bits * (1 + 1e-7) else -9)
            rows.append({"images": images, "weights": weights, "classes": classes, "error": p, "bits": float(bits),
                         "gain": float(n @ (w * (p - best.x)))})
    return rows


def blahut_arimoto(sizes, p, slope):
    """The bits and the expected balanced error that minimise loss + bits / slope."""
    n, classes = sizes.sum(), len(sizes)
    w = 1 / (classes * sizes)
    confusion = np.full((classes, classes), p / (classes - 1))
    np.fill_diagonal(confusion, 1 - p)
    joint = (sizes / n)[:, None] * confusion
    bits = loss = 0.0
    for x in range(classes):
        share = joint[:, x].sum()
        q = joint[:, x] / share
        a = np.exp(-slope * w)[:, None] * np.ones(classes)
        np.fill_diagonal(a, 1)
        r = np.full(classes, 1e-3 / classes)
        r[x] += 1 - 1e-3
        for _ in range(5000):
            c = (q / (a @ r)) @ a
            r = r * c
            if c.max() < 1 + 1e-9:
                break
        r /= r.sum()
        z = a @ r
        t = a * r / z[:, None]
        output = q @ t
        bits += n * share * float((q[:, None] * xlogy(t, t / np.maximum(output, 1e-300))).sum()) / LOG2
        loss += n * share * float((q[:, None] * t * w[:, None] * (1 - np.eye(classes))).sum())
    return bits, loss


def balanced():
    rows = []
    random = np.random.default_rng(1)
    cases = [([1000] * 7, 0.1), ([500, 1000, 1000, 1500, 2000, 3000, 4000], 0.1), ([1000, 9000], 0.1), ([100, 9900], 0.1),
             ([50] * 19 + [9050], 0.1), ([12032, 13204, 1201, 654, 25, 40, 760], 0.3)]
    for _ in range(400):
        classes, spread = int(random.choice([2, 3, 7, 20])), random.uniform(0, 3.5)
        sizes = np.maximum(1, 20 * 10 ** random.uniform(0, spread, classes)).astype(int).tolist()
        p = float(random.choice([0.02, 0.1, 0.3]))
        if p < (classes - 1) / classes:
            cases.append((sizes, p))
    for sizes, p in cases:
        exact = np.array(sizes, float)
        first = np.log((1 - p) / p * (len(sizes) - 1)) * len(sizes) * min(sizes)
        points = []
        for factor in (1.1, 1.3, 1.6, 2, 3, 5, 10, 30):
            bits, loss = blahut_arimoto(exact, p, first * factor)
            if bits > 1e-6:
                points.append([float(f"{bits:.9g}"), float(f"{p - loss:.9g}")])
        rows.append({"sizes": sizes, "error": p, "points": points})
    return rows


made = {"command": "python3 Coos.Evaluator.Tests/References/disclosure.py", "python": platform.python_version(), "numpy": np.__version__,
        "scipy": scipy.__version__}
sections = {"plain": plain(), "weighted": weighted(), "balanced": balanced()}
print("{\n\"made\": " + json.dumps(made) + ",")
print(",\n".join(f"\"{name}\": [\n" + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in sections.items()))
print("}")
