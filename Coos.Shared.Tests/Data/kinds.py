"""Writes kinds/ and kinds.json: a small dataset of every kind that COOS reads or names, and what h5py or tifffile read from it.

Run in this folder: python3 kinds.py (h5py 3.7.0, tifffile 2023.2.3, Pillow 9.4.0, numpy 1.24.2). The files are committed.
A case has either the shape, type, SHA-256 of the samples as little-endian float32 and the labels that the outside programs read, or
"refused": a part of the line that COOS answers. "source" is the public report that a case was made after.
"""
import hashlib
import json
import os
import shutil
import zlib

import h5py
import numpy as np
import tifffile
from PIL import Image

shutil.rmtree("kinds", ignore_errors=True)
os.makedirs("kinds/hdf5")
os.makedirs("kinds/tiff")
i, c, y, x = np.indices((3, 2, 8, 8))
IMAGES = ((911 * i + 313 * c + 57 * y + 13 * x + i * x * y) % 4001).astype("u2")
LABELS = np.array([0, 1, 2], "i8")
cases = []


def digest(samples):
    return hashlib.sha256(np.ascontiguousarray(samples, "<f4").tobytes()).hexdigest()


def case(layout, name, path, source=None, refused=None, **read):
    entry = {"name": f"{layout} {name}", "path": path}
    if source:
        entry["source"] = source
    entry |= {"refused": refused} if refused else read
    cases.append(entry)


def hdf5(name, write, refused=None, source=None, libver=None, **options):
    path = f"kinds/hdf5/{name}.hdf5"
    with h5py.File(path, "w", libver=libver, **options) as file:
        write(file)
    finish(name, refused, source)


def finish(name, refused=None, source=None):
    path = f"kinds/hdf5/{name}.hdf5"
    read = {}
    if not refused:
        with h5py.File(path) as file:
            data = file["data"][()]
            labels = [int(v) for v in np.ravel(file["labels"][()])] if "labels" in file else None
        read = {"shape": list(data.shape), "sha256": digest(data), "labels": labels, "type": data.dtype.newbyteorder("=").name}
    case("hdf5", name, path, source, refused, **read)


def both(data=IMAGES, labels=LABELS, **options):
    def write(file):
        file.create_dataset("data", data=data, **options)
        if labels is not None:
            file["labels"] = labels

    return write


def text(name, content, refused, source=None):
    with open(f"kinds/hdf5/{name}.hdf5", "wb") as file:
        file.write(content)
    case("hdf5", name, f"kinds/hdf5/{name}.hdf5", source, refused)


# Types and byte orders.
for kind in "u2 i2 u4 i8 f2 f4 f8".split():
    source = {"u4": "https://github.com/h5py/h5py/issues/1729", "u2": "https://github.com/h5py/h5py/issues/1738"}.get(kind)
    hdf5(f"bigendian-{kind}", both(IMAGES.astype(">" + kind), LABELS.astype(">i4")), source=source)
hdf5("bigendian-chunked", both(IMAGES.astype(">u2"), LABELS.astype(">f8"), chunks=(2, 1, 8, 8), compression="gzip", shuffle=True))
hdf5("bool", both(IMAGES > 2000, IMAGES[:, 0, 0, 0] > 1000))
hdf5("enumeration", lambda f: (
    f.create_dataset("data", data=IMAGES),
    f.create_dataset("labels", data=np.array([2, 0, 1], "i2"), dtype=h5py.enum_dtype({"ER": 0, "Golgi": 1, "IMM": 2}, "i2"))))
hdf5("enumeration-bigendian", lambda f: (
    f.create_dataset("data", data=IMAGES),
    f.create_dataset("labels", data=np.array([2, 0, 1], ">i2"), dtype=h5py.enum_dtype({"ER": 0, "Golgi": 1, "IMM": 2}, ">i2"))))
hdf5("complex", both(IMAGES.astype("c8")), "its samples are complex64; expected integers, floats or booleans")
hdf5("table", both(np.zeros((3, 2, 8, 8), [("a", "u2"), ("b", "u2")])), "its samples are table (a, b)")
hdf5("text-labels", both(labels=np.array(["ER", "Golgi", "IMM"], "S8")), "image 0: label ER is a text; labels are whole numbers")
hdf5("text-number-labels", both(labels=np.array(["0", "2", "1"], "S1")))
hdf5("float-labels", both(labels=LABELS.astype("f4")))
hdf5("column-labels", both(labels=LABELS[:, None]))
hdf5("one-hot-labels", both(labels=np.eye(3)), "if it is one-hot, write labels.argmax(axis=1)")
hdf5("negative-labels", both(labels=LABELS - 1), "image 0: label -1 is out of range")


def low(file, dtype, values):
    space = h5py.h5s.create_simple(IMAGES.shape)
    h5py.h5d.create(file.id, b"data", dtype, space)
    file["labels"] = values


twelve = h5py.h5t.STD_U16LE.copy()
twelve.set_precision(12)
hdf5("twelve-bits", lambda f: low(f, twelve, LABELS), "its numbers use 12 of 16 bits (n-bit)")
brain = h5py.h5t.IEEE_F32LE.copy()
brain.set_fields(15, 7, 8, 0, 7)
brain.set_precision(16)
brain.set_size(2)
brain.set_ebias(127)
hdf5("bfloat16", lambda f: low(f, brain, LABELS), "its floats are not IEEE floats")

# Names and shapes.
hdf5("capital-data", lambda f: (f.create_dataset("Data", data=IMAGES), f.create_dataset("labels", data=LABELS)),
     'the file has Data (3, 2, 8, 8) uint16, labels (3) int64; rename Data, as h5py.File(FILE, "r+").move("Data", "data") does')
hdf5("in-group", lambda f: (f.create_dataset("test/data", data=IMAGES), f.create_dataset("test/labels", data=LABELS)),
     "the file has test/data (3, 2, 8, 8) uint16, test/labels (3) int64; move the datasets of test to the top of the file")
hdf5("nothing", lambda f: None, "the file is empty")
hdf5("capital-labels", lambda f: (f.create_dataset("data", data=IMAGES), f.create_dataset("Labels", data=LABELS)),
     'dataset Labels: the labels must be named labels; rename it, as h5py.File(FILE, "r+").move("Labels", "labels") does')
hdf5("channels-last", both(np.moveaxis(IMAGES, 1, -1)), "its shape (3, 8, 8, 2) has the channels last")
hdf5("without-channel", both(IMAGES[:, 0]), "its shape is (3, 8, 8); expected images of shape (N, channels, height, width); add an axis")
hdf5("no-images", both(IMAGES[:0], LABELS[:0]), "it has no images")
hdf5("null-space", lambda f: f.create_dataset("data", data=h5py.Empty("u2")), "it is empty; expected images")
hdf5("short-labels", both(labels=LABELS[:2]), "it has 2 entries, but data has 3 images")
hdf5("link-to-missing-file", lambda f: f.__setitem__("data", h5py.ExternalLink("gone.hdf5", "/data")),
     "dataset data: it is a link to something that is missing")
hdf5("soft-link", lambda f: (f.create_dataset("real", data=IMAGES), f.__setitem__("data", h5py.SoftLink("/real")),
                              f.create_dataset("labels", data=LABELS)))

# Filters.
hdf5("lzf", both(chunks=(2, 1, 8, 8), compression="lzf"), source="https://github.com/google-deepmind/torch-hdf5/issues/74")
hdf5("lzf-shuffle", both(np.repeat(IMAGES[:, :, :1], 8, 2), chunks=(3, 2, 8, 8), compression="lzf", shuffle=True, fletcher32=True))
hdf5("scale-offset", both(chunks=(2, 1, 8, 8), scaleoffset=0))
hdf5("szip", both(chunks=(2, 1, 8, 8), compression="szip", fletcher32=True),
     "it is compressed by a filter that is not supported: szip (filter 4); write it again with gzip",
     "https://github.com/h5py/h5py/issues/953")


def masked(name, filters, mask, encode, refused=None, source=None, libver=None, **options):
    def write(file):
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk((1, 2, 8, 8))
        filters(plist)
        space = h5py.h5s.create_simple(IMAGES.shape)
        data = h5py.h5d.create(file.id, b"data", h5py.h5t.STD_U16LE, space, plist)
        for n in range(3):
            data.write_direct_chunk((n, 0, 0, 0), encode(IMAGES[n].tobytes()), mask)
        file["labels"] = LABELS

    hdf5(name, write, refused, source, libver, **options)


def shuffled(raw):
    return np.frombuffer(raw, "u1").reshape(-1, 2).T.tobytes()


def two(plist):
    plist.set_shuffle()
    plist.set_deflate(4)


for libver in (None, "latest"):
    mark = "" if libver is None else "-latest"
    masked("masked-shuffle" + mark, two, 1, zlib.compress, libver=libver)
    masked("masked-deflate" + mark, two, 2, shuffled, libver=libver)
    masked("masked-both" + mark, two, 3, lambda raw: raw, libver=libver)
masked("masked-userblock", two, 3, lambda raw: raw, userblock_size=512)
masked("masked-blosc", lambda p: p.set_filter(32001, h5py.h5z.FLAG_OPTIONAL), 1, lambda raw: raw)
for number, title, source in (
    (32001, "Blosc", "https://github.com/h5py/h5py/issues/611"),
    (32008, "bitshuffle", "https://github.com/PyTables/PyTables/issues/583"),
    (32013, "ZFP", "https://github.com/llnl/H5Z-ZFP/issues/95"),
    (32015, "Zstandard", None),
    (32018, "FCIDECOMP", "https://github.com/silx-kit/hdf5plugin/issues/69"),
):
    masked(f"filter-{number}", lambda p: p.set_filter(number, h5py.h5z.FLAG_OPTIONAL), 0, lambda raw: raw,
           f"it is compressed by a filter that is not supported: {title} (filter {number})", source)

# Storage: parts that were never written are the fill value.
fills = "https://github.com/CramBL/hdf5-pure/pull/292"
hdf5("never-written", lambda f: (f.create_dataset("data", (3, 2, 8, 8), "u2"), f.create_dataset("labels", data=LABELS)), source=fills)
hdf5("never-written-fill", lambda f: (f.create_dataset("data", (3, 2, 8, 8), "u2", fillvalue=7), f.create_dataset("labels", data=LABELS)),
     source=fills)
for libver in (None, "latest"):
    mark = "" if libver is None else "-latest"
    hdf5("never-written-gzip" + mark, lambda f: (
        f.create_dataset("data", (3, 2, 8, 8), "u2", chunks=(1, 2, 8, 8), compression="gzip", fillvalue=3),
        f.create_dataset("labels", data=LABELS)), libver=libver)
    hdf5("partly-written-gzip" + mark, lambda f: (
        f.create_dataset("data", (3, 2, 8, 8), "u2", chunks=(1, 2, 8, 8), compression="gzip", maxshape=(None, None, 8, 8), fillvalue=3)
        .__setitem__(1, IMAGES[1]), f.create_dataset("labels", data=LABELS)), libver=libver)
    hdf5("partly-written" + mark, lambda f: (
        f.create_dataset("data", (3, 2, 8, 8), "u2", chunks=(1, 1, 8, 8), fillvalue=1000).__setitem__(0, IMAGES[0]),
        f.create_dataset("labels", data=LABELS)), source="https://github.com/h5py/h5py/issues/455", libver=libver)
hdf5("userblock", both(), userblock_size=512)
hdf5("userblock-1024", both(), "the file starts with a user block of 1024 bytes, and one of up to 512 is read", userblock_size=1024)
hdf5("extensible", both(chunks=(2, 1, 8, 8), maxshape=(None, 2, 8, 8), compression="gzip"), libver="latest",
     source="https://github.com/h5py/h5py/issues/2930")
hdf5("labels-compressed", lambda f: (
    f.create_dataset("data", data=IMAGES), f.create_dataset("labels", data=LABELS, chunks=(2,), compression="lzf")))
hdf5("external-storage", lambda f: (
    f.create_dataset("data", (3, 2, 8, 8), "u2", external=[("raw.bin", 0, 768)]), f.create_dataset("labels", data=LABELS)),
    "its samples are in another file (external storage)")
hdf5("virtual-part", both(labels=None))


def virtual(name, refused=None, source=None, file_name="virtual-part.hdf5", dataset="data", dtype="u2", rows=3, fill=None):
    layout = h5py.VirtualLayout((3, 2, 8, 8), dtype)
    layout[:rows] = h5py.VirtualSource(file_name, dataset, (3, 2, 8, 8))[:rows]
    hdf5(name, lambda f: (f.create_virtual_dataset("data", layout, fillvalue=fill), f.create_dataset("labels", data=LABELS)),
         refused, source, "latest")


virtual("virtual")
virtual("virtual-partly-mapped", rows=2, fill=9, source="https://github.com/h5py/h5py/issues/2500")
virtual("virtual-missing-file", "takes images from gone.hdf5, which is missing; put it beside this file",
        "https://github.com/European-XFEL/EXtra-data/issues/58", file_name="gone.hdf5")
virtual("virtual-missing-dataset", "takes images from other in", dataset="other")
virtual("virtual-other-type", "takes images of another sample type", dtype="f4", source="https://github.com/h5py/h5py/issues/1125")

# Files that are something else, or not whole.
both_file = open("kinds/hdf5/soft-link.hdf5", "rb").read()
text("truncated", both_file[:-100], "the file is truncated: it has", "https://github.com/h5py/h5py/issues/879")
text("empty", b"", "this is not an HDF5 file: it is empty (0 bytes)")
text("zeros", bytes(600), "it is filled with zeros")
text("page", b"<!DOCTYPE html><html>sign in</html>", "it is a web page (HTML)")
text("lfs", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "it is a Git LFS pointer")
text("numpy", b"\x93NUMPY\x01\x00" + bytes(120), "it is a NumPy array")
text("zip", b"PK\x03\x04" + bytes(120), "it is a zip archive; unzip it first")
text("hdf4", b"\x0e\x03\x13\x01" + bytes(120), "it is an HDF4 file; convert it with h4toh5")
text("netcdf3", b"CDF\x01" + bytes(120), "it is a classic netCDF file")
text("matlab5", b"MATLAB 5.0 MAT-file" + bytes(120), "it is a MATLAB 5 file")
open_file = h5py.File("kinds/hdf5/open.tmp", "w", libver="latest")
both()(open_file)
open_file.flush()
shutil.copy("kinds/hdf5/open.tmp", "kinds/hdf5/not-closed.hdf5")
open_file.close()
os.remove("kinds/hdf5/open.tmp")
case("hdf5", "not-closed", "kinds/hdf5/not-closed.hdf5", "https://github.com/h5py/h5py/issues/2539",
     "the program that wrote the file is still running, or stopped before it closed it")

# TIFF: one image in two channels and one label unless said otherwise.
GREY = IMAGES[0, 0]


def tiff(name, files, refused=None, source=None, ids=None, images=None, channels=None):
    """files: name -> a function that writes it, or bytes."""
    for path, write in files.items():
        full = f"kinds/tiff/{name}/{path}"
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if isinstance(write, bytes):
            open(full, "wb").write(write)
        else:
            write(full)
    read = {}
    if not refused:
        stack = np.stack([np.stack([decode(f"kinds/tiff/{name}/{p}") for p in image]) for image in images])
        read = {"shape": list(stack.shape), "sha256": digest(stack), "labels": [int(p[0].split("/")[0]) for p in images],
                "type": stack.dtype.newbyteorder("=").name, "ids": ids, "channels": channels}
    case("tiff", name, f"kinds/tiff/{name}", source, refused, **read)


def decode(path):
    try:
        return tifffile.imread(path)
    except (ValueError, NotImplementedError):
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            bits, (height, width) = page.bitspersample, page.shape
            if page.compression == 1:
                start = page.dataoffsets[0]
                raw = np.frombuffer(open(path, "rb").read(), "u1")[start:start + page.databytecounts[0]]
                rows = np.unpackbits(raw).reshape(height, -1)[:, :width * bits].reshape(height, width, bits)
                return (rows @ (1 << np.arange(bits)[::-1])).astype(page.dtype)
        return np.asarray(Image.open(path))


def one(name, refused=None, source=None, image=GREY, write=None, **options):
    def default(path):
        tifffile.imwrite(path, image, **options)

    tiff(name, {"0/a.tif": write or default}, refused, source, ["a"], [["0/a.tif"]], [""])


for kind in "u1 i1 u2 i2 u4 i4 f2 f4 f8".split():
    one(f"{kind}", image=(GREY % 251).astype(kind) - (120 if kind[0] == "i" else 0), photometric="minisblack")
    if kind[1] != "1":
        one(f"{kind}-bigendian", image=(GREY % 251).astype(kind) - (120 if kind[0] == "i" else 0), byteorder=">", photometric="minisblack",
            source="https://github.com/python-pillow/Pillow/issues/3332" if kind == "f4" else None)
LARGE = ((np.indices((37, 45))[0] * 131 + np.indices((37, 45))[1] * 17) % 4001)
for kind, options, source in (
    ("u1", {}, None),
    ("u2", {}, "https://github.com/opencv/opencv/pull/667"),
    ("f4", {}, "https://github.com/opencv/opencv/issues/13754"),
    ("u2", {"compression": "zlib"}, "https://github.com/BitMiracle/libtiff.net/issues/87"),
    ("u2", {"compression": "zlib", "predictor": True}, "https://github.com/ome/bioformats/pull/2265"),
    ("u2", {"byteorder": ">"}, None),
):
    one(f"tiled-{kind}{''.join('-' + str(v).replace('>', 'big') for v in options.values())}", source=source,
        image=(LARGE % 251 if kind == "u1" else LARGE).astype(kind), tile=(16, 32), photometric="minisblack", **options)
one("tiled-bigtiff", image=LARGE.astype("u2"), tile=(16, 16), bigtiff=True, photometric="minisblack")
one("bilevel", image=GREY > 1500, photometric="minisblack")
one("bigtiff", bigtiff=True)
one("strips", image=LARGE.astype("u2"), rowsperstrip=5)
one("white-is-zero", photometric="miniswhite")


def lzw(dtype, **info):
    def write(path):
        Image.fromarray(LARGE.astype(dtype)).save(path, compression="tiff_lzw", tiffinfo=info.get("tags") or {})

    return write


one("lzw-i2", source="https://github.com/image-rs/image-tiff/issues/69", write=lzw("u2"))
one("lzw-predictor", source="https://github.com/dhdaines/playa/issues/138", write=lzw("u2", tags={317: 2}))
one("lzw-float", write=lzw("f4"))


def packed(bits):
    """A page of packed bits, written by hand: neither program writes them."""
    def write(path):
        values = (LARGE % (1 << bits)).astype(int)
        rows = ((values[..., None] >> np.arange(bits)[::-1]) & 1).astype("u1").reshape(37, -1)
        raw = np.packbits(rows, axis=1).tobytes()
        tags = [(256, 3, 45), (257, 3, 37), (258, 3, bits), (259, 3, 1), (262, 3, 1), (273, 4, 0), (277, 3, 1), (278, 3, 37),
                (279, 4, len(raw))]
        size = 8 + 2 + 12 * len(tags) + 4
        body = b"".join(np.array([t, k], "<u2").tobytes() + np.array([1, size if t == 273 else v], "<u4").tobytes() for t, k, v in tags)
        open(path, "wb").write(b"II*\0\x08\0\0\0" + np.array([len(tags)], "<u2").tobytes() + body + bytes(4) + raw)

    return write


for bits in (4, 10, 12, 14):
    one(f"packed-{bits}", write=packed(bits), source="https://github.com/tlnagy/TiffImages.jl/issues/58" if bits == 12 else None)
one("bigtiff-bigendian", "this is a big-endian BigTIFF file, which is not read", "https://github.com/ome/bioformats/pull/258",
    bigtiff=True, byteorder=">")
one("rgb", "the image has 3 samples per pixel (RGB); write each channel to a file of its own", image=np.stack([GREY.astype("u1")] * 3, -1),
    photometric="rgb")
one("rgb16-pages", "the image has 3 samples per pixel (RGB)", "https://github.com/fiji/fiji/issues/225",
    image=np.stack([np.stack([GREY] * 3, -1)] * 2), photometric="rgb")
one("pages", "the file has 3 pages; expected one", image=np.stack([GREY] * 3), photometric="minisblack")
one("u64", "8x8 uint64 cannot be read", image=GREY.astype("u8"), photometric="minisblack")
one("complex", "8x8 complex64 cannot be read", image=GREY.astype("c8"), photometric="minisblack")
one("imagej-hidden-stack", "the file is an ImageJ stack of 2310 images behind one header", "https://github.com/OSGeo/gdal/issues/1486",
    description="ImageJ=1.52i\nimages=2310\nslices=2310\n", metadata=None)
one("ome-pages", "the file has 2 pages; expected one", image=np.stack([GREY] * 2), photometric="minisblack", ome=True,
    metadata={"axes": "CYX"}, source="https://github.com/tlnagy/TiffImages.jl/issues/150")


def patched(tag, value):
    def write(path):
        tifffile.imwrite(path, GREY)
        with tifffile.TiffFile(path, mode="r+b") as file:
            file.pages[0].tags[tag].overwrite(value)

    return write


one("zstd", "the image is compressed with ZSTD (scheme 50000), which is not read; write it with deflate, LZW or none", write=patched(259, 50000))
one("lzma", "the image is compressed with LZMA (scheme 34925)", write=patched(259, 34925))
whole = tifffile.imwrite("kinds/whole.tif", GREY) or open("kinds/whole.tif", "rb").read()
os.remove("kinds/whole.tif")
one("truncated", "the file is truncated; copy or download it again: ", "https://github.com/BitMiracle/libtiff.net/issues/128",
    write=lambda p: open(p, "wb").write(whole[:-60]))
one("jpeg", "this is not a TIFF file: it is a JPEG image", "https://github.com/haraldk/TwelveMonkeys/issues/480",
    write=lambda p: Image.fromarray(GREY.astype("u1")).save(p, "JPEG"))
one("zero-bytes", "this is not a TIFF file: it is empty (0 bytes)", write=lambda p: open(p, "wb").close())

# TIFF: names.
good = {"0/1_protein.tif": whole, "0/1_nucleus.tif": whole}
PAIR = [["0/1_protein.tif", "0/1_nucleus.tif"]]
tiff("apple-double", good | {"0/._1_protein.tif": b"\0\5\x16\7x", "0/._1_nucleus.tif": b"\0\5\x16\7x"}, None,
     "https://github.com/OpenNeuroOrg/openneuro/issues/2520", ["1"], PAIR, ["protein", "nucleus"])
tiff("macosx-folder", good | {"__MACOSX/1_protein.tif": b"\0\5\x16\7x"}, None,
     "https://github.com/fire-eggs/DarkThumbs/issues/36", ["1"], PAIR, ["protein", "nucleus"])
tiff("ds-store", good | {".DS_Store": b"x", "0/.DS_Store": b"x", "0/Thumbs.db": b"x", ".cache/1_protein.tif": b"x"}, None,
     "https://github.com/mist-medical/MIST/issues/33", ["1"], PAIR, ["protein", "nucleus"])
tiff("other-case", {"0/1_Protein.tif": whole, "0/1_nucleus.tif": whole, "0/2_protein.tif": whole, "0/2_NUCLEUS.TIF": whole}, None, None,
     ["1", "2"], [["0/1_Protein.tif", "0/1_nucleus.tif"], ["0/2_protein.tif", "0/2_NUCLEUS.TIF"]], ["protein", "nucleus"])
tiff("wells", {f"0/plate_{w}.tif": whole for w in ("A01", "A02", "B01")}, None, None,
     ["plate_A01", "plate_A02", "plate_B01"], [[f"0/plate_{w}.tif"] for w in ("A01", "A02", "B01")], [""])
tiff("one-digit-wells", {f"0/plate_{w}.tif": whole for w in ("A1", "A2", "B1")}, None, None,
     ["plate_A1", "plate_A2", "plate_B1"], [[f"0/plate_{w}.tif"] for w in ("A1", "A2", "B1")], [""])
tiff("sites", {f"0/A01_{s}.tif": whole for s in ("s1", "s2")}, None, None, ["A01_s1", "A01_s2"], [["0/A01_s1.tif"], ["0/A01_s2.tif"]], [""])
tiff("numbered-channels", {f"0/x_{w}.tif": whole for w in ("c1", "c2")}, None, None, ["x"], [["0/x_c1.tif", "0/x_c2.tif"]], ["c1", "c2"])
tiff("hyphen", {"0/1-nucleus.tif": whole, "0/1-protein.tif": whole}, "the channel must follow an underscore; rename the file to 1_nucleus.tif")
tiff("class-folders", {"ER/1.tif": whole, "Golgi/2.tif": whole}, "the label folders are named by class (ER, Golgi); rename them to class indices")
tiff("padded-folders", {"00/1.tif": whole, "01/2.tif": whole}, None, None, ["1", "2"], [["00/1.tif"], ["01/2.tif"]], [""])
tiff("png", {"0/1.png": b"\x89PNG"}, "the folder has no TIFF files, but 0/1.png; save the images as TIFF")

json.dump(cases, open("kinds.json", "w"), indent=1)
print(len(cases), "cases,", sum("source" in e for e in cases), "after public reports")
