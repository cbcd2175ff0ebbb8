"""Decodes and resizes JPEG files as torchvision does: python3 data-peer.py FOLDER SIDE SECONDS. Prints images per second."""
import os
import sys
import time

import torch
from torchvision.io import ImageReadMode, decode_jpeg
from torchvision.transforms.v2 import functional as F

torch.set_num_threads(1)
folder, side, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
files = [open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))]
tensors = [torch.frombuffer(bytearray(data), dtype=torch.uint8) for data in files]


def decode(data):
    return F.resize(decode_jpeg(data, mode=ImageReadMode.RGB), [side], antialias=True)


for data in tensors:
    decode(data)
images, start = 0, time.perf_counter()
while time.perf_counter() - start < seconds:
    for data in tensors:
        decode(data)
    images += len(tensors)
print(images / (time.perf_counter() - start))
