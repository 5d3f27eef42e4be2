"""Writes cases.json: what h5py and tifffile read from the datasets of shared/cases, or what COOS must answer.

Run in this folder: python3 cases.py PATH/shared/cases (h5py 3.7.0, tifffile 2023.2.3, Pillow 9.4.0, numpy 1.24.2).
"""
import hashlib
import json
import os
import sys

import h5py
import numpy as np
import tifffile
from PIL import Image

os.chdir(sys.argv[1])

# What is not read, by a part of the line that names it.
HDF5 = {
    "Data-capital": "rename Data, as h5py.File",
    "images-name": "the file has images (6, 2, 8, 8) uint16, labels (6) int64; rename images",
    "in-group": "move the datasets of test to the top of the file",
    "extsrc": "the file has img (6, 2, 8, 8) uint16; rename img",
    "NHWC": "has the channels last",
    "NHW": "add an axis for the channel",
    "complex": "its samples are complex64",
    "compound": "its samples are table (a, b)",
    "empty-N0": "it has no images",
    "null-space": "it is empty; expected images",
    "scalar": "its shape is (); expected images",
    "external-link-missing": "it is a link to something that is missing",
    "external-storage": "its samples are in another file (external storage)",
    "float32-nan": "image 3: the sample in channel 1, row 2, column 2 is NaN",
    "html": "it is a web page (HTML)",
    "lfs": "it is a Git LFS pointer",
    "zero": "it is empty (0 bytes)",
    "truncated": "the file is truncated: it has 7176 of 7376 bytes",
    "notclosed": "stopped before it closed it",
    "labels-capital": "the labels must be named labels; rename it",
    "labels-fixed-str": "label AAC1 is a text",
    "labels-float-half": "label 0.5 is out of range",
    "labels-neg": "label -1 is out of range",
    "labels-onehot": "if it is one-hot",
    "labels-short": "it has 5 entries, but data has 6 images",
    "szip": "szip (filter 4)",
    "vds-missing": "which is missing; put it beside this file",
}
TIFF = {
    "bigtiff-be": "this is a big-endian BigTIFF file, which is not read",
    "gray-alpha": "the image has 2 samples per pixel (grey and alpha)",
    "rgb": "the image has 3 samples per pixel (RGB)",
    "rgb-planar": "the image has 3 samples per pixel (RGB)",
    "imagej-hyper": "the file has 2 pages; expected one",
    "multipage": "the file has 3 pages; expected one",
    "jpeg-named-tif": "this is not a TIFF file: it is a JPEG image",
    "label-names": "the label folders are named by class (ER, Golgi)",
    "dash-channel": "rename the file to 1_nucleus.tif",
    "deep": "the folder holds splits (a), not images; specify one of them",
    "missing-channel": "the image has no file for the channel nucleus",
    "mixed-depth": "the image is 16x16 uint8, but the others in its folder are 16x16 uint16",
    "mixed-size": "the image is 16x8 uint16, but the others in its folder are 16x16 uint16",
    "nan32": "the sample in row 3, column 4 is NaN",
    "truncated": "the file is truncated; copy or download it again",
    "zero": "it is empty (0 bytes)",
    "zstd": "the image is compressed with ZSTD (scheme 50000), which is not read",
}


def digest(samples):
    return hashlib.sha256(np.ascontiguousarray(samples, "<f4").tobytes()).hexdigest()


def decode(path):
    try:
        return tifffile.imread(path)
    except (ValueError, NotImplementedError):
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            bits, (height, width) = page.bitspersample, page.shape
            if page.compression == 1:
                raw = np.frombuffer(open(path, "rb").read(), "u1")[page.dataoffsets[0]:][:page.databytecounts[0]]
                rows = np.unpackbits(raw).reshape(height, -1)[:, :width * bits].reshape(height, width, bits)
                return (rows @ (1 << np.arange(bits)[::-1])).astype(page.dtype)
        return np.asarray(Image.open(path))


def folder(name):
    """The images of a folder: a name's last part is a channel, unless it is a number, a well or nothing."""
    images = {}
    for label in sorted(os.listdir(f"tiff/{name}")):
        if not os.path.isdir(f"tiff/{name}/{label}"):
            continue
        for file in sorted(os.listdir(f"tiff/{name}/{label}")):
            stem, extension = os.path.splitext(file)
            if file.startswith(".") or extension.lower() not in (".tif", ".tiff"):
                continue
            id, _, channel = stem.rpartition("_")
            if not id or channel.isdigit() or name == "wells-as-names":
                id, channel = stem, ""
            channel = channel.lower() if channel.lower() in ("protein", "nucleus") else channel
            images.setdefault((label, id), {})[channel] = f"tiff/{name}/{label}/{file}"
    rank = {"protein": 0, "nucleus": 1}
    channels = sorted({c for files in images.values() for c in files}, key=lambda c: (rank.get(c, 2), c))
    order = sorted(images, key=lambda k: (len(k[1]), k[1]))
    stack = np.stack([np.stack([decode(images[k][c]) for c in channels]) for k in order])
    return {"shape": list(stack.shape), "sha256": digest(stack), "labels": [int(k[0]) for k in order],
            "type": stack.dtype.newbyteorder("=").name, "ids": [k[1] for k in order], "channels": channels}


cases = []
for file in sorted(os.listdir("hdf5")):
    if not file.endswith(".hdf5"):
        continue
    name = file[2:-len("_test1.hdf5")]
    entry = {"name": f"hdf5 {name}", "path": f"hdf5/{file}"}
    if name in HDF5:
        entry["refused"] = HDF5[name]
    else:
        with h5py.File(f"hdf5/{file}") as content:
            data = content["data"][()]
            labels = [int(v) for v in np.ravel(content["labels"][()])] if "labels" in content else None
            entry |= {"shape": list(data.shape), "sha256": digest(data), "labels": labels, "type": data.dtype.newbyteorder("=").name}
    cases.append(entry)
for name in sorted(os.listdir("tiff")):
    entry = {"name": f"tiff {name}", "path": f"tiff/{name}"}
    cases.append(entry | ({"refused": TIFF[name]} if name in TIFF else folder(name)))
json.dump(cases, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases.json"), "w"), indent=1)
print(len(cases), "cases")
