"""The work of `unpack` with h5py and tifffile: python3 h5py_tifffile.py FILE FOLDER.

Writes FOLDER/LABEL/INDEX_protein.tif and INDEX_nucleus.tif as a careful script would: images read chunk by chunk, folders
made once. Prints the seconds it took, imports not counted.
"""
import os
import sys
import time

import h5py
import tifffile

start = time.perf_counter()
with h5py.File(sys.argv[1], "r") as file:
    data, labels = file["data"], file["labels"][:]
    for label in set(labels.tolist()):
        os.makedirs(os.path.join(sys.argv[2], str(label)), exist_ok=True)
    step = data.chunks[0]
    for first in range(0, len(data), step):
        for i, image in enumerate(data[first : first + step], first):
            stem = os.path.join(sys.argv[2], str(labels[i]), str(i))
            tifffile.imwrite(stem + "_protein.tif", image[0])
            tifffile.imwrite(stem + "_nucleus.tif", image[1])
print(f"{time.perf_counter() - start:.6f} seconds; h5py {h5py.__version__}, tifffile {tifffile.__version__}")
