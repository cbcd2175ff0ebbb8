"""Writes test/fixtures/augment.json: resized pictures by Pillow, principal axes by NumPy.

    pip install pillow numpy && python scripts/augment-fixtures.py
"""

import json
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

OUT = Path(__file__).parent.parent / "test" / "fixtures" / "augment.json"

# Stored (height, width), resized (height, width): smaller, larger, one side only, by odd ratios, of one pixel.
SIZES = [
    ((13, 17), (5, 7)),
    ((13, 17), (13, 8)),
    ((16, 16), (24, 31)),
    ((40, 30), (3, 29)),
    ((7, 5), (7, 5)),
    ((1, 9), (2, 4)),
    ((60, 50), (1, 1)),
]


def picture(rng: np.random.Generator, height: int, width: int, channels: int) -> np.ndarray:
    """Noise over a wave, with black and white in it: rounding and the ends of the range are met."""
    wave = 127 + 100 * np.sin(np.arange(height)[:, None, None] + 2 * np.arange(width)[None, :, None])
    noise = wave + rng.normal(0, 90, (height, width, channels))
    return np.clip(noise, 0, 255).astype(np.uint8)


def resized(pixels: np.ndarray, height: int, width: int) -> dict[str, list[int]]:
    """Pillow begins with the columns, or since some version with the rows where that is less work: both are kept."""
    image = Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[:, :, 0])
    columns = image.resize((width, image.height), Image.Resampling.BILINEAR)
    in_turn = columns.resize((width, height), Image.Resampling.BILINEAR)
    direct = image.resize((width, height), Image.Resampling.BILINEAR)
    return {name: np.asarray(made).ravel().tolist() for name, made in (("columnsFirst", in_turn), ("direct", direct))}


def resize_case(rng: np.random.Generator, stored: tuple[int, int], size: tuple[int, int], channels: int) -> dict:
    pixels = picture(rng, *stored, channels)
    return {
        "stored": stored,
        "size": size,
        "channels": channels,
        "pixels": pixels.ravel().tolist(),
        **resized(pixels, *size),
    }


def axes_case(rng: np.random.Generator) -> dict:
    mixing = np.array([[50, 20, 5], [45, -5, -15], [48, -22, 9]])
    pixels = np.clip(128 + rng.normal(0, 1, (3, 8 * 8, 3)) @ mixing.T, 0, 255).astype(np.uint8)
    values, vectors = np.linalg.eigh(np.cov(pixels.reshape(-1, 3).T / 255, bias=True))
    return {"pixels": pixels.ravel().tolist(), "values": values[::-1].tolist(), "vectors": vectors[:, ::-1].tolist()}


def main() -> None:
    rng = np.random.default_rng(7)
    cases = [resize_case(rng, stored, size, channels) for stored, size in SIZES for channels in (1, 3)]
    made_by = {"pillow": PIL.__version__, "numpy": np.__version__}
    OUT.write_text(json.dumps({"madeBy": made_by, "resize": cases, "axes": axes_case(rng)}) + "\n")


main()
