#!/usr/bin/env python3
"""Cuts the cells of testdata/tissue out of scikit-image's picture of stained tissue, and writes what other programs compute of them.

    make.py /usr/lib/python3/dist-packages/skimage/data/ihc.png testdata/tissue

Made with Debian 12's Python 3.11, scikit-image 0.19.3, numpy 1.24.2 and h5py 3.7.0 (packages python3-skimage and python3-h5py).

A cell is 32 x 32 pixels around a nucleus: a peak of the smoothed hematoxylin, which stains nuclei. The channels are the optical
densities of the two stains in steps of 0.0001, separated by Ruifrok and Johnston's matrix: first the protein FHL2 (DAB), then
the nucleus (hematoxylin). Cells of the left half of the picture are the training split, those of the right half are test1; the
16 pixels to either side of the middle centre no cell, so that no pixel is in both. "plates" is the upper (0) or lower (1) half.

The label says whether FHL2 around the nucleus is above Otsu's threshold over all cells: 1 is gland, 0 connective tissue. It is a
rule and no pathologist's judgement, but an outcome that texture must find again: texture features do not see the level itself.
"""
import hashlib
import json
import os
import sys

import h5py
import numpy
import skimage
from skimage import color, feature, filters, io

SIDE = 32
DISTANCES = [1, 2, 4, 8, 16]
DESCRIBED = 12


def cells(picture):
    """All cells: images (N, 2, 32, 32), labels, and the rows and columns of their centres."""
    stains = color.rgb2hed(picture)
    protein, nucleus = stains[..., 2], stains[..., 0]
    centres = feature.peak_local_max(
        filters.gaussian(nucleus, 2), min_distance=6, threshold_abs=filters.threshold_otsu(filters.gaussian(nucleus, 1.5)),
        exclude_border=SIDE // 2)
    centres = centres[numpy.lexsort(centres.T[::-1])]
    steps = numpy.round(numpy.stack([protein, nucleus]) * 10_000).astype("u2")
    half = SIDE // 2
    images = numpy.stack([steps[:, y - half:y + half, x - half:x + half] for y, x in centres])
    around = filters.gaussian(protein, 6)[tuple(centres.T)]
    return images, (around > filters.threshold_otsu(around)).astype("i8"), centres


def texture(image):
    """By distance and direction: Haralick's features 1, 2, 3, 5 and 9 of the protein."""
    low, high = int(image.min()), int(image.max())
    levels = numpy.round((image - float(low)) / (high - low) * 255).astype("u1")
    answer = []
    for distance in DISTANCES:
        row = []
        for angle in (0, 45, 90, 135):
            step = distance * (2 ** 0.5 if angle % 90 else 1)
            matrix = feature.graycomatrix(levels, [step], [numpy.deg2rad(angle)], 256, symmetric=True, normed=True)
            values = [float(feature.graycoprops(matrix, name)[0, 0]) for name in ("ASM", "contrast", "correlation", "homogeneity")]
            used = matrix[matrix > 0]
            row.append(values + [float(-(used * numpy.log2(used)).sum())])
        answer.append(row)
    return answer


source, folder = sys.argv[1:3]
picture = io.imread(source)
images, labels, centres = cells(picture)
middle = picture.shape[1] // 2
splits = {"training": centres[:, 1] <= middle - SIDE // 2, "test1": centres[:, 1] >= middle + SIDE // 2}
reference = {
    "programs": f"scikit-image {skimage.__version__}, numpy {numpy.__version__}, h5py {h5py.__version__}",
    "source": {"name": os.path.basename(source), "sha256": hashlib.sha256(open(source, "rb").read()).hexdigest()},
    "splits": {}, "distances": DISTANCES, "features": [1, 2, 3, 5, 9]}
for split, chosen in splits.items():
    path = os.path.join(folder, f"TISSUE_v1.0_{split}.hdf5")
    with h5py.File(path, "w") as file:
        file.create_dataset(
            "data", data=images[chosen], compression="gzip", compression_opts=9, shuffle=True,
            chunks=(32, 2, SIDE, SIDE),
            track_times=False)
        for name, vector in {"labels": labels[chosen], "plates": (centres[chosen, 0] >= picture.shape[0] // 2).astype("i8")}.items():
            file.create_dataset(name, data=vector, track_times=False)
    with h5py.File(path) as file:
        data = file["data"][:]
        reference["splits"][split] = {
            "shape": list(data.shape), "sum": int(data.astype("i8").sum()),
            "sha256": hashlib.sha256(data.astype("<f4").tobytes()).hexdigest(),
            "labels": file["labels"][:].tolist(), "plates": file["plates"][:].tolist()}
        if split == "test1":
            reference["texture"] = [texture(image) for image in data[:DESCRIBED, 0]]
with open(os.path.join(folder, "reference.json"), "w") as file:
    json.dump(reference, file, separators=(",", ":"))
    file.write("\n")
