"""Times scikit-learn's classifiers on features that Coos.Measurements wrote: seconds, the balanced error, for l1lr the objective.

saga goes on until its default tolerance or 1,000 passes over the images.
"""
import sys
import time

import numpy
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.neighbors import KNeighborsClassifier

name, folder = sys.argv[1:]


def load(split):
    y = numpy.fromfile(f"{folder}/{split}.y", dtype=numpy.int32)
    return numpy.fromfile(f"{folder}/{split}.x").reshape(len(y), -1), y


def objective(model):
    log_loss = -numpy.log(model.predict_proba(x)[numpy.arange(len(y)), y]).sum()
    return model.C * log_loss + numpy.abs(model.coef_).sum()


note = ""
(x, y), (x_test, y_test) = load("training"), load("test")
start, processor = time.perf_counter(), time.process_time()
if name == "knn":
    predicted = KNeighborsClassifier(11, algorithm="brute", n_jobs=-1).fit(x, y).predict(x_test)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
elif name == "l1lr":
    model = LogisticRegression(penalty="l1", solver="saga", C=1, max_iter=1000, random_state=1).fit(x, y)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    predicted = model.predict(x_test)
    note = f", objective {objective(model):.3f}, {model.n_iter_.max()} passes"
else:
    forest = RandomForestClassifier(140, n_jobs=-1, random_state=1).fit(x, y)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    predicted = forest.predict(x_test)
error = 100 * (1 - balanced_accuracy_score(y_test, predicted))
print(f"{seconds:.2f} s, balanced error {error:.2f}%{note}; {processor:.1f} s of processor time")
