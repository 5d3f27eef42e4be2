"""Loads a network that coos wrote, runs it on one image of a formula, prints its outputs: what a user in Python does.

    run_network.py deeploc FILE CHANNELS      the logits
    run_network.py pci FILE                   conv5 of the source encoder, its maximum over space
"""
import sys

import torch

from coos_networks import load_deeploc, load_pci

family, path = sys.argv[1:3]
channels, side = (int(sys.argv[3]), 60) if family == "deeploc" else (2, 32)
image = torch.arange(channels * side * side, dtype=torch.float64).mul(0.7).sin().float().reshape(1, channels, side, side)
with torch.no_grad():
    result = load_deeploc(path)(image) if family == "deeploc" else load_pci(path).source.activation(image, "conv5").amax((2, 3))
print(" ".join(f"{value:.6g}" for value in result.flatten().tolist()))
