#!/usr/bin/env python3
"""Computes what error consistency and forecasts of COOS are tested against.

    python3 Coos.Evaluator.Tests/References/consistency_forecasts.py ATC ALINE > Coos.Evaluator.Tests/References/consistency_forecasts.json

ATC is a folder with ATC_helper.py and predict_acc_helper.py of github.com/saurabhgarg1996/ATC_code (Garg et al. 2022), and ALINE
the notebook agreement_trajectory.ipynb of github.com/kebaek/Agreement-on-the-line (Baek et al. 2022). Their functions are run as
published; they are not part of COOS. Error consistency is scikit-learn's cohen_kappa_score of being right, with the weights of
the images. The tests read the output; neither they nor COOS need Python. Debian: python3-sklearn python3-statsmodels.
"""
import contextlib
import csv
import gzip
import io
import json
import pathlib
import platform
import sys

import numpy
import pandas
import scipy
import sklearn
import statsmodels
import statsmodels.api
from sklearn.metrics import cohen_kappa_score

SEED = 11
ROOT = pathlib.Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "benchmarks" / "coos-sim"
SPLITS = ("test1", "test2", "test3", "test4")


def load_aline(notebook):
    """The functions of the notebook's cells, without those that read its data or draw."""
    scope = {"np": numpy, "sm": statsmodels.api, "norm": scipy.stats.norm, "pd": pandas}
    for cell in json.loads(pathlib.Path(notebook).read_text())["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and "def aline(" in text:
            exec(text, scope)
    return scope


def read_columns(path):
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


def read_labels():
    labels = {}
    for split in SPLITS:
        rows = sorted(read_columns(BUNDLE / "labels" / f"{split}.csv.gz"), key=lambda r: int(r["image_id"]))
        labels[split] = numpy.array([int(r["label"]) for r in rows])
    return labels


def read_entries():
    """The first run of each bundled method; more runs with other seeds do not change these references."""
    entries = {}
    for folder in sorted(f for f in (BUNDLE / "baselines").iterdir() if "-seed" not in f.name):
        entries[folder.name] = {}
        for split in SPLITS:
            rows = sorted(read_columns(folder / f"{split}.csv.gz"), key=lambda r: int(r["image_id"]))
            names = [n for n in rows[0] if n[0] == "p" and n[1:].isdigit()]
            probabilities = numpy.array([[float(r[n]) for n in names] for r in rows])
            entries[folder.name][split] = (numpy.array([int(r["label"]) for r in rows]), probabilities)
    return entries


def weights(splits):
    """1/(S K' n_k) of each image, for the labels of each split."""
    parts = []
    for actual in splits:
        counts = numpy.bincount(actual)
        parts.append(1 / (len(splits) * numpy.count_nonzero(counts) * counts[actual]))
    return numpy.concatenate(parts)


def kappa(splits, first, second):
    right = [numpy.concatenate([p == a for p, a in zip(predicted, splits)]) for predicted in (first, second)]
    w = weights(splits)
    return {"kappa": float(cohen_kappa_score(*right, sample_weight=w)), "agreement": float(w[right[0] == right[1]].sum()),
            "accuracies": [float(w[r].sum()) for r in right], "oracle": float(w[right[0] | right[1]].sum())}


def small_pairs(random):
    rows = []
    for classes, sizes in ((2, [20]), (3, [30, 45]), (7, [200]), (7, [300, 500])):
        for _ in range(3):
            splits = [random.integers(0, classes, n) for n in sizes]
            entries = []
            for _ in range(2):
                share = random.uniform(0.3, 0.9)
                entries.append([numpy.where(random.random(len(a)) < share, a, random.integers(0, classes, len(a))) for a in splits])
            rows.append({"classes": classes, "actual": [a.tolist() for a in splits], "first": [p.tolist() for p in entries[0]],
                         "second": [p.tolist() for p in entries[1]], **kappa(splits, *entries)})
    return rows


def bundled_pairs(labels, entries):
    rows = []
    names = list(entries)
    for i, first in enumerate(names):
        for second in names[:i]:
            splits = [labels[s] for s in ("test3", "test4")]
            pair = [[entries[n][s][0] for s in ("test3", "test4")] for n in (first, second)]
            rows.append({"first": first, "second": second, **kappa(splits, *pair)})
    return rows


def forecasts(atc, helper, actual, source, target):
    """The three forecasts of a split from its probabilities, with those of the reference split and its labels."""
    right = source.argmax(axis=-1) == actual
    result = {"accuracy": float(right.mean())}
    for name, score in (("maximum", atc.get_max_conf), ("entropy", atc.get_entropy)):
        _, threshold = atc.find_ATC_threshold(score(source), right)
        result[name] = float(atc.get_ATC_acc(threshold, score(target)) / 100)
    result["difference"] = float(right.mean() + helper.get_doc(atc.get_max_conf(source), atc.get_max_conf(target)))
    return result


def draw_probabilities(random, images, classes, sharpness):
    scores = random.normal(size=(images, classes)) * sharpness
    scores = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    return numpy.round(scores / scores.sum(axis=1, keepdims=True), 6)


def small_forecasts(random, atc, helper):
    rows = []
    for classes, images, sharpness in ((2, 30, 1), (3, 50, 2), (7, 80, 3), (10, 60, 1)):
        source, target = (draw_probabilities(random, images, classes, s) for s in (sharpness, sharpness / 2))
        noise = random.random(images) < 0.3
        actual = numpy.where(noise, random.integers(0, classes, images), source.argmax(axis=-1))
        rows.append({"classes": classes, "actual": actual.tolist(), "source": source.ravel().tolist(), "target": target.ravel().tolist(),
                     **forecasts(atc, helper, actual, source, target)})
    return rows


def lines(scope, reference, accuracies, shifted):
    with contextlib.redirect_stdout(io.StringIO()):
        (single, joint), bias, slope = scope["aline"](reference, numpy.array(accuracies), shifted)
    # The program returns ALine-S on the probit axis.
    return {"slope": float(slope), "intercept": float(bias), "single": scipy.stats.norm.cdf(single).tolist(), "joint": joint.tolist()}


def small_lines(random, scope):
    rows = []
    for classes, images, count in ((3, 60, 4), (5, 200, 8), (7, 150, 12)):
        actual, other = (random.integers(0, classes, images) for _ in range(2))
        shares = random.uniform(0.4, 0.9, count)
        reference = [numpy.where(random.random(images) < s, actual, random.integers(0, classes, images)) for s in shares]
        shifted = [numpy.where(random.random(images) < s - 0.15, other, random.integers(0, classes, images)) for s in shares]
        accuracies = [float((p == actual).mean()) for p in reference]
        rows.append({"reference": [p.tolist() for p in reference], "shifted": [p.tolist() for p in shifted], "accuracies": accuracies,
                     **lines(scope, reference, accuracies, shifted)})
    return rows


def main():
    folder, notebook = sys.argv[1:]
    sys.path.insert(0, folder)
    import ATC_helper as atc
    import predict_acc_helper as helper

    scope = load_aline(notebook)
    random = numpy.random.default_rng(SEED)
    labels, entries = read_labels(), read_entries()
    bundled = []
    for split in SPLITS[1:]:
        accuracies = [float((e["test1"][0] == labels["test1"]).mean()) for e in entries.values()]
        line = lines(scope, [e["test1"][0] for e in entries.values()], accuracies, [e[split][0] for e in entries.values()])
        rows = [{"entry": name, **forecasts(atc, helper, labels["test1"], e["test1"][1], e[split][1]),
                 "came": float((e[split][0] == labels[split]).mean()), "single": line["single"][i], "joint": line["joint"][i]}
                for i, (name, e) in enumerate(entries.items())]
        bundled.append({"split": split, "slope": line["slope"], "intercept": line["intercept"], "entries": rows})
    quantiles = [1e-300, 1e-12, 1e-5, 0.02, 0.05, 0.075, 0.3, 0.5, 0.66, 0.925, 0.95, 0.98, 0.999, 1 - 1e-9]
    document = {
        "made": {"command": "python3 Coos.Evaluator.Tests/References/consistency_forecasts.py ATC ALINE", "python": platform.python_version(),
                 "numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
                 "statsmodels": statsmodels.__version__, "atc": "github.com/saurabhgarg1996/ATC_code, commit 6f1e336509893f2a8e3df09198bcefccabb4d811",
                 "aline": "github.com/kebaek/Agreement-on-the-line, commit 99cb46ee1b50960c04b11d8e2f27943e68cbfbec", "seed": SEED},
        "probit": [{"p": p, "z": float(scipy.stats.norm.ppf(p))} for p in quantiles],
        "smallPairs": small_pairs(random),
        "bundledPairs": bundled_pairs(labels, entries),
        "smallForecasts": small_forecasts(random, atc, helper),
        "smallLines": small_lines(random, scope),
        "bundledForecasts": bundled,
    }
    json.dump(document, sys.stdout, separators=(",", ":"))
    print()


main()
