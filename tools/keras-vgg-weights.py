#!/usr/bin/env python3
"""Makes a safetensors file for coos baseline run vgg16|vgg19 of the ImageNet weights that Keras ships as HDF5.

    keras-vgg-weights.py vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5 vgg19.safetensors

Needs h5py and numpy. Keras's weights are the original ones of Oxford's Visual Geometry Group: BGR, preprocessing "caffe".
"""
import json
import re
import struct
import sys

import h5py
import numpy

source, target = sys.argv[1:3]
with h5py.File(source) as file:
    layers = file["model_weights"] if "model_weights" in file else file
    convolutions = {}
    for name, group in layers.items():
        if place := re.fullmatch(r"block(\d)_conv(\d)", name):
            found = []
            group.visititems(lambda _, item: found.append(item[()]) if isinstance(item, h5py.Dataset) else None)
            convolutions[tuple(map(int, place.groups()))] = sorted(found, key=numpy.ndim)
if not convolutions:
    sys.exit(f"{source}: there is no layer block1_conv1; these are no weights of Keras's VGG16 or VGG19")

# torchvision numbers convolutions, their ReLUs and the pooling between blocks on from 0.
tensors, index = {}, 0
for block, convolution in sorted(convolutions):
    index += convolution == 1 and block > 1
    bias, kernel = convolutions[block, convolution]
    tensors[f"features.{index}.weight"] = kernel.transpose(3, 2, 0, 1)  # row, column, in, out -> out, in, row, column
    tensors[f"features.{index}.bias"] = bias
    index += 2

header, data = {"__metadata__": {"format": "pt", "channel_order": "BGR", "preprocessing": "caffe"}}, b""
for name, tensor in tensors.items():
    content = numpy.ascontiguousarray(tensor, "<f4").tobytes()
    header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
    data += content
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(target, "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
print(f"{target}: {len(convolutions)} convolutions")
