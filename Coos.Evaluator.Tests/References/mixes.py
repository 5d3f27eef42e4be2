#!/usr/bin/env python3
"""Computes what weighted errors and their tests are compared with, with NumPy, SciPy and scikit-learn.

    python3 Coos.Evaluator.Tests/References/mixes.py > Coos.Evaluator.Tests/References/mixes.json

The tests read the output; neither they nor COOS need Python. Debian: python3-scipy python3-sklearn.
"""
import json
import platform

import numpy
import scipy
import sklearn
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.stats import t
from sklearn.metrics import accuracy_score

SEED = 86

# Classes, clusters, images, whether clusters hold several classes, weights, costs (true, predicted, cost).
CASES = [
    (2, 6, 80, False, [1, 1], []),
    (2, 8, 90, True, [0.9, 0.1], []),
    (3, 12, 150, False, [0, 2, 1], [(1, 0, 5.0)]),
    (3, 9, 140, True, [1, 0, 0], [(0, 1, 0.0), (0, 2, 2.5)]),
    (5, 15, 300, False, [0.1, 0.2, 0.3, 0.4, 0.0], [(2, 3, 10.0), (3, 2, 0.5)]),
    (7, 21, 700, True, [1, 1, 1, 5, 5, 1, 1], [(3, 4, 3.0), (4, 3, 3.0)]),
    (4, 16, 240, False, [1, 1, 1, 1], []),
]


def case(classes, clusters, images, is_shared, weights, costs, random):
    cluster = random.integers(0, clusters, images) if is_shared else numpy.arange(images) % clusters
    actual = random.integers(0, classes, images) if is_shared else cluster % classes
    # Clusters are numbered by first appearance, as COOS numbers them.
    order = {}
    cluster = numpy.array([order.setdefault(g, len(order)) for g in cluster])
    base = numpy.where(random.random(images) < 0.75, actual, random.integers(0, classes, images))
    first = numpy.where(random.random(images) < 0.85, base, random.integers(0, classes, images))
    second = numpy.where(random.random(images) < 0.85, base, random.integers(0, classes, images))
    weights = numpy.array(weights, float)
    cost = 1 - numpy.eye(classes)
    for k, j, value in costs:
        cost[k, j] = value
    counts = numpy.bincount(actual, minlength=classes)
    share = numpy.where(counts > 0, weights, 0)
    share = share / share.sum()
    per_image = share[actual] / counts[actual]
    losses = [cost[actual, predicted] for predicted in (first, second)]
    errors = [float(numpy.average(loss, weights=per_image)) for loss in losses]
    accuracy = [float(1 - accuracy_score(actual, predicted, sample_weight=per_image)) for predicted in (first, second)]
    return {
        "classes": classes, "weights": weights.tolist(), "costs": [{"actual": k, "predicted": j, "cost": c} for k, j, c in costs],
        "actual": actual.tolist(), "clusters": cluster.tolist(), "first": first.tolist(), "second": second.tolist(),
        "errors": errors, "unitErrors": accuracy,
        "variance": variance(actual, cluster, per_image, counts, losses[0])[0],
        "pair": pair(actual, cluster, per_image, counts, losses, share, cost, errors),
    }


def strata(actual, cluster, used):
    """The connected components of classes and clusters, over images of classes with a weight."""
    groups, classes = cluster.max() + 1, actual.max() + 1
    edges = coo_matrix((numpy.ones(used.sum()), (cluster[used], groups + actual[used])), shape=(groups + classes,) * 2)
    return connected_components(edges, directed=False)[1][:groups]


def variance(actual, cluster, per_image, counts, loss):
    means = numpy.bincount(actual, loss) / numpy.maximum(1, counts[: actual.max() + 1])
    values = numpy.bincount(cluster, per_image * (loss - means[actual]))
    used = per_image > 0
    component, present = strata(actual, cluster, used), numpy.unique(cluster[used])
    parts = []
    for name in numpy.unique(component[present]):
        own = values[present[component[present] == name]]
        parts.append((len(own) / (len(own) - 1) * ((own - own.mean()) ** 2).sum(), len(own) - 1))
    total = sum(v for v, _ in parts)
    return float(total), float(total**2 / sum(v**2 / d for v, d in parts))


def pair(actual, cluster, per_image, counts, losses, share, cost, errors):
    between, degrees = variance(actual, cluster, per_image, counts, losses[0] - losses[1])
    largest = cost.max(axis=1)
    least = float(sum(share[k] * (share[k] * largest[k] / (counts[k] + 2)) ** 2 for k in range(len(share)) if counts[k] > 1))
    total, difference = between + least, errors[0] - errors[1]
    return {"difference": difference, "variance": total, "degrees": degrees,
            "p": float(2 * t.sf(abs(difference) / numpy.sqrt(total), degrees))}


random = numpy.random.default_rng(SEED)
print(json.dumps({
    "made": {"command": "python3 Coos.Evaluator.Tests/References/mixes.py", "python": platform.python_version(),
             "numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    "cases": [case(*c, random) for c in CASES],
}))
