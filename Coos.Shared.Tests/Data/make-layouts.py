"""Writes layouts/*.hdf5 with h5py: the same five images in every sample type and storage layout that COOS reads.

Run once, in this folder: python3 make-layouts.py (h5py 3.7.0, numpy 1.24.2). The files are committed; tests read them.
Sample (image i, channel c, row y, column x) is (31 i + 17 c + 5 y + x) % 100.
"""
import os
import h5py
import numpy as np

i, c, y, x = np.indices((5, 2, 8, 8))
images = (31 * i + 17 * c + 5 * y + x) % 100
os.makedirs("layouts", exist_ok=True)


def write(name, data, **options):
    with h5py.File(f"layouts/{name}.hdf5", "w", libver=options.pop("libver", None)) as file:
        file.create_dataset("data", data=data, **options)
        file["labels"] = np.arange(5, dtype="i4") % 3
        file["wells"] = ["B02", "B03", "B02", "C07", "C08"]


for dtype in "u1 i1 u2 i2 u4 i4 u8 i8 f2 f4 f8".split():
    write(f"contiguous-{dtype}", images.astype(dtype))
write("chunked-cutting-images", images.astype("u2"), chunks=(2, 1, 3, 8), compression="gzip")
write("shuffle-deflate-fletcher32", images.astype("u2"), chunks=(2, 2, 8, 8), compression="gzip", shuffle=True, fletcher32=True)
write("latest-extensible", images.astype("u2"), libver="latest", chunks=(2, 2, 8, 8), maxshape=(None, 2, 8, 8), compression="gzip")
write("bigendian-u2", images.astype(">u2"))
write("lzf-u2", images.astype("u2"), chunks=(2, 2, 8, 8), compression="lzf")
