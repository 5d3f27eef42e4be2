"""Prints yeast5-sums.json: what h5py and tifffile read from shared/data/yeast5.

Run: python3 yeast5-sums.py SHARED/data/yeast5 > yeast5-sums.json (h5py 3.7.0, tifffile 2023.2.3).
"sum" is over all samples; "sha256" is of all samples in order as little-endian 32-bit floats, which 16-bit integers fit exactly.
"""
import glob, hashlib, json, os, sys
import h5py
import numpy as np
import tifffile


def sums(samples):
    return {"sum": float(samples.astype("f8").sum()), "sha256": hashlib.sha256(samples.astype("<f4").tobytes()).hexdigest()}


root = sys.argv[1]
answer = {"hdf5": {}, "tiff": {}}
for path in sorted(glob.glob(f"{root}/*.hdf5")):
    with h5py.File(path) as file:
        answer["hdf5"][os.path.basename(path)] = {
            "shape": list(file["data"].shape), **sums(file["data"][:]), "labels": int((file["labels"][:] * (1 + np.arange(len(file["labels"])))).sum())}
for path in sorted(glob.glob(f"{root}/tiff/*.tif")):
    answer["tiff"][os.path.basename(path)] = sums(tifffile.imread(path))
json.dump(answer, sys.stdout, indent=1)
