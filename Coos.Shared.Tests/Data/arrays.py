"""Writes arrays/*.npy and *.npz: prediction files of four images (ids 0 to 3) and three classes, as NumPy itself writes them.

Run: python3 arrays.py (NumPy 1.24 wrote the files that are here). The tests read the files and do not need Python.
"""

import pathlib

import numpy as np

folder = pathlib.Path(__file__).parent / "arrays"
folder.mkdir(exist_ok=True)
labels = [0, 2, 1, 0]
p = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.25, 0.5, 0.25], [0.4, 0.3, 0.3]])
shuffled = np.array([2, 0, 3, 1])

for dtype in "<i1 <u1 <i2 >i2 <u2 >u2 <i4 >i4 <u4 >u4 <i8 >i8 <u8 >u8 <f2 >f4 <f8".split():
    name = dtype.replace("<", "le-").replace(">", "be-")
    np.save(folder / f"good-{name}.npy", np.array(labels).astype(dtype))
for dtype in ["<U1", ">U9", "|S5"]:
    name = dtype.replace("<", "le-").replace(">", "be-").replace("|", "")
    np.save(folder / f"good-text-{name}.npy", np.array(["0", "2", "1", "0"]).astype(dtype))
np.save(folder / "good-names.npy", np.array(["ER", "β-Tubulin", "golgi", "er"]))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(folder / f"good-version-{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, np.array(labels), version=version)
for dtype in "<f2 >f2 <f4 >f4 <f8 >f8".split():
    name = dtype.replace("<", "le-").replace(">", "be-")
    np.save(folder / f"good-p-{name}.npy", p.astype(dtype))
    np.save(folder / f"good-fortran-{name}.npy", np.asfortranarray(p.astype(dtype)))
np.save(folder / "good-logits.npy", np.log(p) + 3)
np.savez(folder / "good-ids.npz", image_id=shuffled, label=np.array(labels)[shuffled])
np.savez(folder / "good-p.npz", image_id=shuffled, probabilities=p[shuffled].astype("float32"))
np.savez(folder / "good-p-without-ids.npz", probabilities=p)
np.savez(folder / "good-label-last.npz", probabilities=p[shuffled], image_id=shuffled.astype(str), label=np.array(labels)[shuffled])
np.savez_compressed(folder / "good-packed.npz", image_id=shuffled, logits=np.asfortranarray(np.log(p)[shuffled]))
np.savez_compressed(folder / "good-ids-bytes.npz", image_id=shuffled.astype("S3"), logits=np.log(p)[shuffled].astype("float16"))

np.save(folder / "bad-bool.npy", np.array([True, False, True, False]))
np.save(folder / "bad-complex.npy", np.array(labels).astype(complex))
np.save(folder / "bad-object.npy", np.array(["ER", None, 2, "er"], dtype=object), allow_pickle=True)
np.save(folder / "bad-fields.npy", np.array([(0, 1), (1, 2)], dtype=[("id", "<i4"), ("label", "<i4")]))
np.save(folder / "bad-dates.npy", np.array(["2026-01-01"] * 4, dtype="datetime64[D]"))
np.save(folder / "bad-longdouble.npy", np.array(labels, dtype=np.longdouble))
np.save(folder / "bad-column.npy", np.array(labels).reshape(4, 1))
np.save(folder / "bad-scalar.npy", np.array(3))
np.save(folder / "bad-cube.npy", np.zeros((4, 3, 2)))
np.save(folder / "bad-onehot.npy", np.eye(3, dtype=int)[labels])
np.save(folder / "bad-empty.npy", np.array([], dtype=int))
np.savez(folder / "bad-unnamed.npz", np.array(labels))
np.savez(folder / "bad-object.npz", image_id=np.array(["0", "1", "2", 3], dtype=object), label=np.array(labels))
