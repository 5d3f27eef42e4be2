"""Times PyTorch on what Coos.Measurements times: median milliseconds of a DeepLoc training step, of DeepLoc's forward pass of five
crops per image, or of VGG19 conv3_3 features.

    pytorch_networks.py deeploc RUNS BATCH THREADS PYTHON_FOLDER
    pytorch_networks.py deeploc-forward RUNS BATCH THREADS PYTHON_FOLDER
    pytorch_networks.py vgg RUNS BATCH THREADS
"""
import statistics
import sys
import time

import torch
from torch import nn

name, runs, batch, threads = sys.argv[1], *map(int, sys.argv[2:5])
torch.set_num_threads(threads)
if name == "deeploc":
    sys.path.insert(0, sys.argv[5])
    from coos_networks import DeepLoc

    network = DeepLoc(2, 7).train()
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    images, labels = torch.rand(batch, 2, 60, 60), torch.arange(batch) % 7

    def work():
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(images), labels).backward()
        optimizer.step()
elif name == "deeploc-forward":
    sys.path.insert(0, sys.argv[5])
    from coos_networks import DeepLoc

    network, crops = DeepLoc(2, 7).eval(), torch.rand(5 * batch, 2, 60, 60)

    def work():
        with torch.no_grad():
            network(crops).softmax(1).reshape(batch, 5, -1).mean(1)
else:
    layers, channels = [], 3
    for width in (64, 64, None, 128, 128, None, 256, 256, 256):
        layers += [nn.MaxPool2d(2, 2)] if width is None else [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
        channels = width or channels
    network, images = nn.Sequential(*layers).eval(), torch.rand(batch, 3, 64, 64)

    def work():
        with torch.no_grad():
            network(images).amax((2, 3))

work()
times = []
for _ in range(runs):
    start = time.perf_counter()
    work()
    times.append(1000 * (time.perf_counter() - start))
print(f"{statistics.median(times):.1f} {min(times):.1f} PyTorch {torch.__version__}")
