#!/usr/bin/env python3
"""Computes what the statistics of COOS are tested against, with SciPy, statsmodels and scikit-learn.

    python3 Coos.Evaluator.Tests/References/statistics.py > Coos.Evaluator.Tests/References/statistics.json

The tests read the output; neither they nor COOS need Python. Debian: python3-scipy python3-statsmodels python3-sklearn.
"""
import json
import math
import platform
from fractions import Fraction

import numpy
import scipy
import sklearn
import statsmodels
from scipy.special import gammaln
from scipy.stats import binom
from sklearn.calibration import calibration_curve
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, log_loss
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

SEED = 7


def wilson():
    pairs = [(k, n) for n in (1, 2, 5, 20, 133) for k in sorted({0, 1, n // 3, n // 2, n - 1, n})]
    pairs += [(999, 1000), (1457, 1481), (4523, 4656), (1, 32596), (16298, 32596)]
    return [dict(zip(("successes", "trials", "lower", "upper"), (k, n, *map(float, proportion_confint(k, n, 0.05, "wilson"))))) for k, n in pairs]


def mcnemar_tests():
    pairs = [(0, 1), (0, 4), (0, 5), (1, 6), (1, 7), (3, 12), (6, 6), (6, 15), (100, 140), (0, 30), (1000, 1300)]
    rows = []
    for b, c in pairs:
        exact = float(mcnemar([[9, b], [c, 9]], exact=True).pvalue)
        mid = 1.0 if b == c else float(2 * binom.cdf(min(b, c), b + c, 0.5) - binom.pmf(min(b, c), b + c, 0.5))
        rows.append({"b": b, "c": c, "exact": exact, "midP": mid})
    return rows


def sign_flips():
    """All sign patterns in exact fractions: 2 P(S > |d|) + P(S = |d|)."""
    cases = [
        ([10, 30], [4, 5], [1, 2]), ([10, 10, 10], [3, 2, 0], [0, 0, 1]), ([7, 11, 13], [3, 0, 4], [0, 1, 0]), ([5], [4], [0]),
        ([20, 40, 60, 80], [6, 5, 9, 12], [2, 4, 3, 3]), ([25, 50, 50, 100, 100, 200, 400], [2, 3, 1, 5, 4, 8, 15], [0, 1, 2, 2, 1, 6, 5]),
        ([25, 50, 75, 100, 125, 200, 400], [3, 6, 4, 9, 12, 20, 31], [0, 3, 4, 6, 7, 14, 28]),
        ([30, 40, 60, 80, 120, 240, 480], [6, 8, 12, 10, 15, 20, 35], [2, 3, 6, 11, 8, 16, 19]),
    ]
    rows = []
    for images, first, second in cases:
        scale = math.lcm(*images)
        weights = [scale // n for n in images]
        chances = {0: 1}
        for weight, b, c in zip(weights, first, second):
            grown = {}
            for total, ways in chances.items():
                for heads in range(b + c + 1):
                    key = total + weight * (2 * heads - b - c)
                    grown[key] = grown.get(key, 0) + ways * math.comb(b + c, heads)
            chances = grown
        distance = abs(sum(w * (b - c) for w, b, c in zip(weights, first, second)))
        tail = 2 * sum(v for k, v in chances.items() if k > distance) + chances.get(distance, 0)
        rows.append({"images": images, "onlyFirst": first, "onlySecond": second, "discordant": sum(first) + sum(second),
                     "difference": float(Fraction(sum(w * (b - c) for w, b, c in zip(weights, first, second)), scale * len(images))),
                     "midP": float(Fraction(tail, 2 ** (sum(first) + sum(second))))})
    return rows


def likeliest(errors, images, multiplier):
    """The most likely errors at a multiplier v of the constraint on their mean: roots of v p^2 - (n + v) p + x within 0..1."""
    p = []
    for x, n in zip(errors, images):
        roots = [r.real for r in numpy.roots([multiplier, -(n + multiplier), x]) if -1e-9 <= r.real <= 1 + 1e-9]
        p.append(min(roots) if multiplier > 0 else max(roots))
    return numpy.clip(p, 0, 1)


def sterne_mid_p(trials, successes, p):
    """Counts a whole number away from the observed one, from -1/2 to trials + 1/2; those as likely count half."""
    counts = successes + numpy.arange(-math.floor(successes + 0.5), math.floor(trials - successes + 0.5) + 1)
    log = gammaln(trials + 1) - gammaln(counts + 1) - gammaln(trials - counts + 1) + counts * math.log(p) + (trials - counts) * math.log1p(-p)
    log -= log[math.floor(successes + 0.5)]
    own = math.exp(gammaln(trials + 1) - gammaln(successes + 1) - gammaln(trials - successes + 1) + successes * math.log(p) + (trials - successes) * math.log1p(-p))
    return own * (numpy.exp(log[log < -1e-9]).sum() + 0.5 * (abs(log) <= 1e-9).sum())


def balanced_errors():
    cases = [([0, 0, 0], [5, 4, 3]), ([1, 0, 1], [2, 2, 2]), ([1, 0, 1], [3, 2, 1]), ([4, 2], [31, 10]), ([1, 2, 3], [1, 2, 3]), ([10, 400], [100, 1000]), ([24, 0], [1481, 133]),
             ([1], [1]), ([0], [20]), ([3], [20]), ([17], [20]), ([7], [350]), ([2, 0, 1, 5, 3, 9, 4], [5, 10, 10, 20, 20, 40, 80])]
    rows = []
    for errors, images in cases:
        observed = sum(x / n for x, n in zip(errors, images)) / len(images)

        def at(multiplier):
            p = likeliest(errors, images, multiplier)
            return p.mean(), sum(q * (1 - q) / (n - 1 + 1 / len(images)) for q, n in zip(p, images)) / len(images) ** 2

        def held(multiplier):
            theta, variance = at(multiplier)
            if variance <= 1e-18:
                return abs(theta - observed) < 1e-9
            trials = theta * (1 - theta) / variance
            return sterne_mid_p(trials, trials * observed, theta) > 0.05

        limits = []
        for end, sign in ((0.0, 1), (1.0, -1)):
            if observed == end:
                limits.append(end)
                continue
            # The outermost of 3,000 points that is held, then halving between it and its neighbour.
            grid = sign * max(images) * numpy.geomspace(1e4, 1e-4, 3000)
            i = next(i for i, multiplier in enumerate(grid) if held(multiplier))
            outer, inner = grid[i - 1], grid[i]
            for _ in range(60):
                middle = (outer + inner) / 2
                outer, inner = (outer, middle) if held(middle) else (middle, inner)
            limits.append(float(at(inner)[0]))
        rows.append({"errors": errors, "images": images, "balancedError": observed, "lower": limits[0], "upper": limits[1]})
    return rows


def calibrations():
    random = numpy.random.default_rng(SEED)
    rows = []
    for images, classes, sharp in ((150, 3, 2.0), (75, 7, 1.0), (30, 2, 4.0), (45, 4, 3.0)):
        probabilities = random.dirichlet(numpy.ones(classes) / sharp, images)
        actual = numpy.array([random.choice(classes, p=0.7 * row / row.sum() + 0.3 / classes) for row in probabilities])
        actual[:classes] = numpy.arange(classes)
        weights = 1 / numpy.bincount(actual, minlength=classes)[actual]
        right = probabilities.argmax(1) == actual
        # 15 quantile bins of a multiple of 15 images are our bins of equal mass, and weigh the same.
        accuracy, confidence = calibration_curve(right, probabilities.max(1), n_bins=15, strategy="quantile")
        assert len(accuracy) == 15
        rows.append({
            "actual": actual.tolist(), "probabilities": probabilities.ravel().tolist(), "classes": classes,
            "balancedError": float(1 - balanced_accuracy_score(actual, probabilities.argmax(1))),
            "balancedLogLoss": float(log_loss(actual, probabilities, eps=1e-15, sample_weight=weights, labels=range(classes))),
            "brier": float(sum(brier_score_loss(actual == k, probabilities[:, k]) for k in range(classes))),
            "expectedCalibrationError": float(abs(accuracy - confidence).mean())})
    return rows


print(json.dumps({
    "made": {"command": "python3 Coos.Evaluator.Tests/References/statistics.py", "python": platform.python_version(), "numpy": numpy.__version__,
             "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "scikit-learn": sklearn.__version__, "seed": SEED},
    "wilson": wilson(), "mcnemar": mcnemar_tests(), "signFlips": sign_flips(), "balancedErrors": balanced_errors(), "calibrations": calibrations()}, indent=1))
