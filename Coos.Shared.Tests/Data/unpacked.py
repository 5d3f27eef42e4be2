"""Checks an unpacked folder with other programs, and prints one hash of it: python3 unpacked.py FILE.hdf5 FOLDER

Every TIFF file is read with tifffile and compared, sample by sample and by its type, with what h5py reads; labels are the
folders' names. The hash, for unpacked.json, is over the paths in order, each followed by a zero byte and the file's content.
unpacked.json was made with h5py 3.7.0 and tifffile 2023.2.3 of `coos data unpack` on layouts/contiguous-u2.hdf5 and on
test1 of shared/data/yeast5.
"""
import hashlib, os, sys
import h5py
import numpy as np
import tifffile

source, folder = sys.argv[1:]
paths = sorted(os.path.relpath(os.path.join(root, name), folder) for root, _, names in os.walk(folder) for name in names)
with h5py.File(source) as file:
    data, labels = file["data"][:], file["labels"][:]
seen, digest = set(), hashlib.sha256()
for path in paths:
    label, name = path.split("/")
    image, channel = name.removesuffix(".tif").split("_")
    samples = tifffile.imread(os.path.join(folder, path))
    expected = data[int(image), ["protein", "nucleus"].index(channel)]
    assert samples.dtype == np.uint16 and int(label) == labels[int(image)], path
    assert np.array_equal(samples, expected), path
    seen.add((int(image), channel))
    digest.update(path.encode() + b"\0" + open(os.path.join(folder, path), "rb").read())
assert len(seen) == len(paths) == 2 * len(data), f"{len(paths)} files of {len(data)} images"
print(f'{{ "file": "{os.path.basename(source)}", "files": {len(paths)}, "sha256": "{digest.hexdigest()}" }}')
