"""The work of `score` with pandas and scikit-learn: python3 pandas_scikit_learn.py FOLDER.

From the bytes of <split>_pred.csv in memory to error, accuracy, sensitivities and confusion matrix of each split,
labels already loaded; ids matched and checked, as a careful script would. Prints the median of 15 runs.
"""
import glob
import io
import os
import statistics
import sys
import time

import pandas
import sklearn
from sklearn.metrics import accuracy_score, balanced_accuracy_score, confusion_matrix, recall_score

folder = sys.argv[1]
labels, files = {}, {}
for path in sorted(glob.glob(os.path.join(folder, "*_labels.csv"))):
    split = os.path.basename(path)[: -len("_labels.csv")]
    prediction = os.path.join(folder, split + "_pred.csv")
    if os.path.exists(prediction):
        labels[split] = pandas.read_csv(path).set_index("image_id")["label"]
        with open(prediction, "rb") as content:
            files[split] = content.read()


def score(content, truth):
    predicted = pandas.read_csv(io.BytesIO(content)).set_index("image_id")["label"]
    if not predicted.index.is_unique or len(predicted) != len(truth):
        raise SystemExit("ids are doubled or missing")
    predicted = predicted.reindex(truth.index)
    if predicted.isna().any():
        raise SystemExit("ids are unknown")
    return (
        1 - balanced_accuracy_score(truth, predicted),
        accuracy_score(truth, predicted),
        recall_score(truth, predicted, average=None, zero_division=0),
        confusion_matrix(truth, predicted),
    )


times = []
for _ in range(18):
    start = time.perf_counter()
    reports = [score(content, labels[split]) for split, content in files.items()]
    times.append(1000 * (time.perf_counter() - start))
for split, report in zip(files, reports):
    print(f"  {split}: balanced error {report[0]:.6f}, accuracy {report[1]:.6f}")
print(f"pandas {pandas.__version__} + scikit-learn {sklearn.__version__}: {statistics.median(times[3:]):.1f} ms")
