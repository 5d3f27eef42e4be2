"""The networks of COOS's deep baselines for PyTorch, and their weights from the safetensors files that coos writes.

    network = load_deeploc("deeploc.safetensors")   # N x C x 60 x 60 -> N x K logits; .features(x): N x 512
    encoder = load_pci("pci.safetensors").source    # N x 2 x H x W; .activation(x, "conv5"): before batch normalisation
"""
import json
import struct

import numpy
import torch
from torch import nn
from torch.nn import functional


class DeepLoc(nn.Module):
    WIDTHS = (64, 64, 128, 128, 256, 256, 256, 256)

    def __init__(self, channels, classes):
        super().__init__()
        for i, width in enumerate(self.WIDTHS, 1):
            self.add_module(f"conv{i}", nn.Conv2d(channels, width, 3, padding=1))
            self.add_module(f"bn{i}", nn.BatchNorm2d(width, eps=1e-3, momentum=0.5))
            channels = width
        size = 8 * 8 * 256
        for i, width in enumerate((512, 512, classes), 1):
            self.add_module(f"fc{i}", nn.Linear(size, width))
            self.add_module(f"bn_fc{i}", nn.BatchNorm1d(width, eps=1e-3, momentum=0.5))
            size = width

    def features(self, x):
        for i in range(1, 9):
            x = functional.relu(getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x)))
            if i in (2, 4, 8):
                x = functional.max_pool2d(x, 2, 2, ceil_mode=True)
        x = x.flatten(1)
        for i in (1, 2):
            x = functional.relu(getattr(self, f"bn_fc{i}")(getattr(self, f"fc{i}")(x)))
        return x

    def forward(self, x):
        return self.bn_fc3(self.fc3(self.features(x)))


class Encoder(nn.Module):
    def __init__(self, channels, widths):
        super().__init__()
        self.layers = len(widths)
        for i, width in enumerate(widths, 1):
            self.add_module(f"conv{i}", nn.Conv2d(channels, width, 3, padding=1))
            self.add_module(f"bn{i}", nn.BatchNorm2d(width, eps=1e-3, momentum=0.01))
            channels = width

    def forward(self, x, until=None):
        for i in range(1, self.layers + 1):
            x = functional.relu(getattr(self, f"conv{i}")(x))
            if until == f"conv{i}":
                return x
            x = getattr(self, f"bn{i}")(x)
            if i <= 2:
                x = functional.max_pool2d(x, 2, 2)
        return x

    def activation(self, x, layer):
        return self(x, until=layer)


class PairedCellInpainting(nn.Module):
    def __init__(self):
        super().__init__()
        self.source = Encoder(2, (96, 256, 384, 384, 256))
        self.target = Encoder(1, (16, 32, 32))
        self.decoder = nn.ModuleDict()
        size = 288
        for i, width in enumerate((256, 384, 384, 256, 96), 6):
            self.decoder[f"conv{i}"] = nn.Conv2d(size, width, 3, padding=1)
            size = width
        self.decoder["conv11"] = nn.Conv2d(96, 1, 1)

    def forward(self, source, target):
        x = torch.cat([self.source(source), self.target(target)], 1)
        for i in range(6, 11):
            x = functional.interpolate(x, scale_factor=2, mode="nearest") if i >= 9 else x
            x = functional.relu(self.decoder[f"conv{i}"](x))
        return self.decoder["conv11"](x)


def read_safetensors(path):
    """The tensors and the header's texts; as the package safetensors does it, in eight lines."""
    types = {"F32": numpy.float32, "F64": numpy.float64, "I64": numpy.int64, "U8": numpy.uint8}
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    texts = header.pop("__metadata__", {})
    return {
        name: torch.from_numpy(numpy.frombuffer(data[slice(*t["data_offsets"])], types[t["dtype"]]).reshape(t["shape"]).copy())
        for name, t in header.items()
    }, texts


def load_deeploc(path):
    tensors, texts = read_safetensors(path)
    description = json.loads(texts["coos_network"])
    network = DeepLoc(description["channels"], description["classes"])
    network.load_state_dict(tensors)
    return network.eval()


def load_pci(path):
    network = PairedCellInpainting()
    network.load_state_dict(read_safetensors(path)[0])
    return network.eval()
