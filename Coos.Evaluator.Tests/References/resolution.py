#!/usr/bin/env python3
"""Computes what the resolution of benchmarks is tested against, with SciPy and statsmodels.

    python3 Coos.Evaluator.Tests/References/resolution.py > Coos.Evaluator.Tests/References/resolution.json

The tests read the output; neither they nor COOS need Python. Debian: python3-scipy python3-statsmodels python3-pandas.
Variances come from the whole covariance matrix of the images, not from the sums that COOS uses.
"""
import json
import platform

import numpy
import pandas
import scipy
import statsmodels
from scipy import optimize, stats
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.weightstats import ttost_paired

SEED = 11
random = numpy.random.default_rng(SEED)


def even(classes, wells, images, shared):
    """Labels and clusters: wells of one class each, or of all classes."""
    if shared:
        return [k for g in range(wells) for k in range(classes) for _ in range(images)], \
               [g for g in range(wells) for k in range(classes) for _ in range(images)]
    return [k for k in range(classes) for g in range(wells) for _ in range(images)], \
           [k * wells + g for k in range(classes) for g in range(wells) for _ in range(images)]


def uneven(classes, wells):
    """Wells of 2 to 60 images; a third of them holds two classes. Ids by first appearance."""
    labels, clusters = [], []
    for k in range(classes):
        for g in range(wells):
            for i in range(int(random.integers(2, 61))):
                labels.append((k + (i % 4 == 3 and g % 3 == 0 and k % 2 == 0)) % classes)
                clusters.append(k * wells + g)
    return labels, clusters


def layout(labels, clusters, icc, between):
    """V per unit of variance of one image, its degrees of freedom, from the covariance matrix of all images."""
    labels, clusters = numpy.array(labels), numpy.array(clusters)
    sizes = numpy.bincount(labels)
    weights = 1 / (sizes[labels] * (sizes > 0).sum())
    same = clusters[:, None] == clusters[None, :]
    alike = labels[:, None] == labels[None, :]
    covariance = numpy.where(same & alike, icc, 0.0) + numpy.where(same & ~alike, between, 0.0)
    numpy.fill_diagonal(covariance, 1)
    nodes = clusters.max() + 1
    graph = coo_matrix((numpy.ones(len(labels)), (clusters, nodes + labels)), shape=(nodes + len(sizes),) * 2)
    component = connected_components(graph, directed=False)[1][clusters]
    terms, squares = 0.0, 0.0
    for h in numpy.unique(component):
        inside = component == h
        v = weights[inside] @ covariance[numpy.ix_(inside, inside)] @ weights[inside]
        terms += v
        squares += v * v / (len(numpy.unique(clusters[inside])) - 1)
    return terms, terms * terms / squares


def variance(e, d, rho):
    """Variance of the difference of two Bernoulli variables, from their joint distribution."""
    both = min(e * (e + d) + rho * numpy.sqrt(e * (1 - e) * (e + d) * (1 - e - d)), e)
    table = {(1, 1): both, (1, 0): e - both, (0, 1): e + d - both, (0, 0): 1 - e - e - d + both}
    mean = sum(p * (b - a) for (a, b), p in table.items())
    return sum(p * (b - a - mean) ** 2 for (a, b), p in table.items())


def smallest(factor, degrees, e, rho, level):
    t = stats.t(degrees) if numpy.isfinite(degrees) else stats.norm
    quantiles = t.ppf(1 - level / 2) + t.ppf(0.8)
    f = lambda d: quantiles * numpy.sqrt(factor * variance(e, d, rho)) - d
    return None if f(1 - e) > 0 else optimize.brentq(f, 1e-12, 1 - e, xtol=1e-15, rtol=1e-14)


def designs():
    layouts = [even(2, 5, 20, False), even(7, 8, 6, False), even(7, 8, 3, True), even(20, 5, 2, True), uneven(3, 6), uneven(7, 4)]
    rows = []
    for labels, clusters in layouts:
        for icc, between in ((0.0, 0.0), (0.02, 0.02), (0.1, 0.1), (0.3, 0.05)):
            factor, degrees = layout(labels, clusters, icc, between)
            cases = [{"error": e, "agreement": rho, "level": level, "difference": smallest(factor, degrees, e, rho, level)}
                     for e in (0.05, 0.1, 0.2) for rho in (0.0, 0.7) for level in (0.05, 0.05 / 190)]
            rows.append({"labels": labels, "clusters": clusters, "icc": icc, "between": between, "factor": factor, "degrees": degrees,
                         "cases": cases})
    return rows


def correlations():
    """One-way analysis of variance of each class, by statsmodels; covariances by their definition."""
    rows = []
    for labels, clusters, shares in ((*even(3, 6, 12, False), 2), (*uneven(3, 6), 2), (*even(4, 9, 5, True), 3)):
        labels, clusters = numpy.array(labels), numpy.array(clusters)
        classes = labels.max() + 1
        entries = []
        for _ in range(shares):
            effect = random.beta(0.6, 2.4, clusters.max() + 1)
            entries.append((random.random(len(labels)) < effect[clusters]).astype(int))
        within, total, shared, scale = 0.0, 0.0, 0.0, 0.0
        for wrong in entries:
            of_class = []
            for k in range(classes):
                own = labels == k
                table = anova_lm(ols("x ~ C(g)", pandas.DataFrame({"x": wrong[own], "g": clusters[own]})).fit())
                msb, msw = table["mean_sq"]
                sizes = numpy.bincount(clusters[own])
                sizes = sizes[sizes > 0]
                n0 = (sizes.sum() - (sizes ** 2).sum() / sizes.sum()) / (len(sizes) - 1)
                within += (msb - msw) / n0
                of_class.append((msb - msw) / n0 + msw)
                total += of_class[-1]
            for k in range(classes):
                for l in range(k):
                    nk, nl = numpy.bincount(clusters[labels == k], minlength=clusters.max() + 1), numpy.bincount(clusters[labels == l], minlength=clusters.max() + 1)
                    if (nk * nl).sum() == 0:
                        continue
                    rk = numpy.bincount(clusters[labels == k], wrong[labels == k], len(nk)) - nk * wrong[labels == k].mean()
                    rl = numpy.bincount(clusters[labels == l], wrong[labels == l], len(nl)) - nl * wrong[labels == l].mean()
                    expected = (nk * nl * (1 - nk / nk.sum() - nl / nl.sum() + (nk * nl).sum() / nk.sum() / nl.sum())).sum()
                    if expected > 1e-9 * (nk * nl).sum():
                        shared += (rk * rl).sum() / expected
                        scale += numpy.sqrt(of_class[k] * of_class[l])
        rows.append({"labels": labels.tolist(), "clusters": clusters.tolist(), "wrong": [e.tolist() for e in entries],
                     "within": within / total, "between": max(0.0, shared / scale) if scale else None})
    return rows


def equivalences():
    rows = []
    for n, shift, margin in ((5, 0.0, 0.02), (8, 0.004, 0.01), (8, 0.02, 0.01), (16, 0.001, 0.005), (29, -0.003, 0.01), (40, 0.0, 0.004)):
        first = random.normal(0.1, 0.02, n)
        second = first + random.normal(shift, 0.008, n)
        p = float(ttost_paired(first, second, -margin, margin)[0])
        d = first - second
        error = d.std(ddof=1) / numpy.sqrt(n)
        low, high = stats.t.interval(0.9, n - 1, d.mean(), error)
        rows.append({"difference": float(d.mean()), "standardError": float(error), "degrees": n - 1, "margin": margin, "p": p,
                     "lower": float(low), "upper": float(high)})
    return rows


def students():
    """SciPy's quantiles are accurate to about 1e-8 only, so its tail at the quantile is kept too."""
    rows = []
    for v in (1, 2.5, 4, 7, 19.3, 28, 30, 99.9, 1e4, None):
        for a in (0.2, 0.05, 0.025, 0.05 / 380, 1e-7):
            t = stats.norm if v is None else stats.t(v)
            q = float(-t.ppf(a))
            rows.append({"degrees": v, "tail": a, "quantile": q, "tailAtQuantile": float(t.sf(q))})
    return rows


print(json.dumps({
    "made": {"command": "python3 Coos.Evaluator.Tests/References/resolution.py", "python": platform.python_version(), "numpy": numpy.__version__,
             "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "seed": SEED},
    "students": students(), "designs": designs(), "correlations": correlations(), "equivalences": equivalences()}))
