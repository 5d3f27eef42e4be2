"""Makes pytorch.json: losses and gradients of one training step in PyTorch, from weights and images that a formula gives.

    python3 Coos.Baselines.Deep.Tests/References/make_references.py

Made with PyTorch 1.13 (Debian 12's python3-torch) in double precision. For each parameter: the gradient's Euclidean norm and
its value at up to four places. For VGG16: the features of three layers, with weights of the formula.
"""
import json
import pathlib
import sys

import numpy
import torch
from torch.nn import functional

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent.parent / "Coos.Baselines.Deep" / "Python"))
from coos_networks import DeepLoc, PairedCellInpainting  # noqa: E402


def formula(shape, key):
    """Numbers between -0.5 and 0.5 that any language computes the same: a 32 bit hash of place and key."""
    h = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64) * 2654435761 + key * 40503 + 12345
    for shift, factor in ((15, 2246822519), (13, 3266489917)):
        h &= 0xFFFFFFFF
        h = (h ^ (h >> shift)) * factor
    h &= 0xFFFFFFFF
    return torch.from_numpy(((h ^ (h >> 16)).astype(numpy.float64) / 2**32 - 0.5).reshape(shape))


def fill(network):
    with torch.no_grad():
        for key, parameter in enumerate(network.parameters(), 1):
            fan_in = parameter[0].numel() if parameter.dim() > 1 else 1
            values = formula(tuple(parameter.shape), key)
            parameter.copy_(values * (12 / fan_in) ** 0.5 if parameter.dim() > 1 else values * 0.2 + 0.5)
    return network.double().train()


def describe(network, loss):
    loss.backward()
    gradients = {}
    for name, parameter in network.named_parameters():
        flat = parameter.grad.flatten()
        places = sorted({int(i * (flat.numel() - 1) / 3) for i in range(4)})
        gradients[name] = {"norm": flat.norm().item(), "values": {str(i): flat[i].item() for i in places}}
    return {"loss": loss.item(), "parameters": sum(p.numel() for p in network.parameters()), "gradients": gradients}


deeploc = fill(DeepLoc(2, 7))
logits = deeploc(formula((8, 2, 60, 60), 1000) + 0.5)
pci = fill(PairedCellInpainting())
painted = pci(formula((4, 2, 32, 32), 1001) + 0.5, formula((4, 1, 32, 32), 1002) + 0.5)
# VGG16 as torchvision numbers it, through conv4_2: the convolution before each of these ReLUs.
layers, channels = [], 3
for width in (64, 64, None, 128, 128, None, 256, 256, 256, None, 512, 512):
    layers += [torch.nn.MaxPool2d(2, 2)] if width is None else [torch.nn.Conv2d(channels, width, 3, padding=1), torch.nn.ReLU()]
    channels = width or channels
vgg16, activation, vgg16_features = fill(torch.nn.Sequential(*layers)), formula((1, 3, 32, 32), 1004) + 0.5, {}
with torch.no_grad():
    for index, layer in enumerate(vgg16):
        activation = layer(activation)
        if index in (15, 18, 20):
            flat = activation.amax((2, 3)).flatten()
            name = {15: "conv3_3", 18: "conv4_1", 20: "conv4_2"}[index]
            vgg16_features[name] = {"norm": flat.norm().item(), "values": {str(i): flat[i].item() for i in (0, 85, 170, 255)}}
references = {
    "pytorch": torch.__version__,
    "deeploc": describe(deeploc, functional.cross_entropy(logits, torch.arange(8) % 7)),
    "pci": describe(pci, functional.mse_loss(painted, formula((4, 1, 32, 32), 1003) + 0.5)),
    "vgg16": {"parameters": sum(p.numel() for p in vgg16.parameters()), "features": vgg16_features},
}
(here / "pytorch.json").write_text(json.dumps(references, indent=1) + "\n")
