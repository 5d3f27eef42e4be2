#!/usr/bin/env python3
"""Computes the metrics that COOS's are tested against, with scikit-learn and, for those of groups, as WILDS' package does.

    python3 Coos.Evaluator.Tests/References/metrics.py > Coos.Evaluator.Tests/References/metrics.json

The tests read the output; neither they nor COOS need Python. Debian: python3-sklearn.
"""
import json
import platform
import warnings

import numpy
import sklearn
from sklearn import metrics

RANDOM = numpy.random.default_rng(18)


def draw(images, classes, groups, decimals, lacking=()):
    """Labels, predictions, probabilities that sum to 1 (of few decimals: with ties) and groups."""
    allowed = [k for k in range(classes) if k not in lacking]
    actual = RANDOM.choice(allowed, images)
    actual[: len(allowed)] = allowed
    scores = RANDOM.random((images, classes)) + 1.2 * RANDOM.random((images, 1)) * numpy.eye(classes)[actual]
    if decimals:
        units = numpy.floor(scores / scores.sum(axis=1, keepdims=True) * 10**decimals)
        units[:, 0] += 10**decimals - units.sum(axis=1)
        probabilities = units / 10**decimals
    else:
        probabilities = scores / scores.sum(axis=1, keepdims=True)
    return actual, probabilities.argmax(axis=1), probabilities, RANDOM.integers(0, groups, images)


def group_accuracies(actual, predicted, groups):
    """As wilds.common.metrics.Metric.compute_group_wise: groups without images are left out."""
    return [float((actual[groups == g] == predicted[groups == g]).mean()) for g in numpy.unique(groups)]


def score(actual, predicted, probabilities, groups, classes, k, percentile):
    present = numpy.unique(actual)
    by_group = group_accuracies(actual, predicted, groups)
    weights = 1 / numpy.bincount(actual, minlength=classes)[actual]
    clipped = numpy.clip(probabilities, 1e-15, 1)
    truth = numpy.eye(classes)[actual]
    if classes == 2:
        auroc = metrics.roc_auc_score(actual, probabilities[:, 1]) if len(present) == 2 else None
    else:
        areas = [metrics.roc_auc_score(actual == c, probabilities[:, c]) for c in present]
        auroc = float(numpy.mean(areas))
        if len(present) == classes and numpy.allclose(probabilities.sum(axis=1), 1):
            assert abs(auroc - metrics.roc_auc_score(actual, probabilities, multi_class="ovr", average="macro")) < 1e-12
    losses = -numpy.log(clipped[numpy.arange(len(actual)), actual])
    if (probabilities > 0).all():
        assert abs(losses.mean() - metrics.log_loss(actual, probabilities, labels=range(classes))) < 1e-12
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        top_k = metrics.top_k_accuracy_score(actual, probabilities, k=k, labels=range(classes)) if classes > 2 else None
    return {
        "balancedError": 1 - metrics.recall_score(actual, predicted, labels=present, average="macro", zero_division=0),
        "error": metrics.zero_one_loss(actual, predicted),
        "accuracy": metrics.accuracy_score(actual, predicted),
        "balancedAccuracy": metrics.recall_score(actual, predicted, labels=present, average="macro", zero_division=0),
        "macroF1": metrics.f1_score(actual, predicted, labels=present, average="macro", zero_division=0),
        "worstGroupAccuracy": min(by_group),
        "worstClassSensitivity": float(min(metrics.recall_score(actual, predicted, labels=present, average=None, zero_division=0))),
        "groupPercentileAccuracy": float(numpy.percentile(by_group, percentile)),
        "topKAccuracy": top_k,
        "balancedLogLoss": float(numpy.average(losses, weights=weights)),
        "logLoss": float(losses.mean()),
        "brier": float(((probabilities - truth) ** 2).sum(axis=1).mean()),
        "auroc": auroc,
        "mcc": metrics.matthews_corrcoef(actual, predicted),
        "quadraticKappa": metrics.cohen_kappa_score(actual, predicted, labels=range(classes), weights="quadratic"),
    }


def case(name, images, classes, groups, decimals=0, lacking=(), k=5, percentile=10):
    actual, predicted, probabilities, group = draw(images, classes, groups, decimals, lacking)
    return {
        "name": name,
        "classes": classes,
        "k": k,
        "percentile": percentile,
        "actual": actual.tolist(),
        "predicted": predicted.tolist(),
        "probabilities": probabilities.tolist(),
        "groups": group.tolist(),
        "scores": score(actual, predicted, probabilities, group, classes, k, percentile),
    }


def main():
    cases = [
        case("two classes", 200, 2, 4, k=1),
        case("two classes with ties", 150, 2, 5, decimals=1, k=1),
        case("seven classes", 300, 7, 12, k=2),
        case("seven classes with ties", 200, 7, 6, decimals=1, k=3, percentile=25),
        case("seven classes, two without images", 150, 7, 8, lacking=(2, 6), k=2),
        case("twenty classes", 240, 20, 30, decimals=3),
        case("one group", 60, 3, 1, k=1),
        case("more groups than most have images", 80, 3, 60, k=2, percentile=50),
    ]
    versions = {"python": platform.python_version(), "numpy": numpy.__version__, "scikit-learn": sklearn.__version__}
    command = "python3 Coos.Evaluator.Tests/References/metrics.py"
    print(json.dumps({"made": {"command": command, **versions}, "cases": cases}, separators=(",", ":")))


main()
