"""Decodes and resizes JPEG files as torchvision does: python3 data-peer.py FOLDER SIDE SECONDS THREADS. Prints images per second."""
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import torch
from torchvision.io import ImageReadMode, decode_jpeg
from torchvision.transforms.v2 import functional as F

torch.set_num_threads(1)
folder, side, seconds, threads = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
files = [open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))]
tensors = [torch.frombuffer(bytearray(data), dtype=torch.uint8) for data in files]


def decode(data):
    F.resize(decode_jpeg(data, mode=ImageReadMode.RGB), [side], antialias=True)


with ThreadPoolExecutor(threads) as pool:
    decode_all = (lambda: list(pool.map(decode, tensors))) if threads > 1 else (lambda: [decode(data) for data in tensors])
    decode_all()
    images, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        decode_all()
        images += len(tensors)
    print(images / (time.perf_counter() - start))
