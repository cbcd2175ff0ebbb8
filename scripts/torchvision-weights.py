"""Weights, images and logits of torch's and Keras' nets as safetensors, for `bench weights check`. Only for developers.

    pip install torch torchvision safetensors        (and keras with a backend for the last)
    python scripts/torchvision-weights.py OUT resnet18 resnet34 resnet50 vgg11_bn alexnet keras:ResNet50
    python scripts/torchvision-weights.py fixtures   (test/fixtures/weights: narrow nets of the same names)

Weights are random with a stated seed, statistics of batch normalisation too: first values (mean 0, variance 1) would not
tell an ignored statistic from a read one.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torchvision
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import save_file
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

SEED = 20151210
IMAGES = 4


def randomise(module):
    """All parameters and statistics, at scales that let the images through to the logits."""
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.normal_(part.bias, std=0.1)
            nn.init.normal_(part.running_mean, std=0.1)
            nn.init.uniform_(part.running_var, 0.5, 2.0)
        elif isinstance(part, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(part.weight)
            if part.bias is not None:
                nn.init.normal_(part.bias, std=0.1)
    return module.eval()


def write(folder, name, module, size, dtype=torch.float32):
    module = randomise(module).to(dtype).float()
    images = torch.randn(IMAGES, 3, size, size)
    with torch.no_grad():
        logits = module(images)
    folder.mkdir(parents=True, exist_ok=True)
    state = {key: value.to(dtype) if value.is_floating_point() else value for key, value in module.state_dict().items()}
    save_file(state, folder / f"{name}.safetensors", metadata={"format": "pt"})
    save_file({"images": images, "logits": logits}, folder / f"{name}.io.safetensors")
    print(name, logits[0, :5].tolist())


class Narrow(ResNet):
    """torchvision's ResNet with other widths: its constructor has none for them."""

    def __init__(self, block, layers, widths, classes):
        nn.Module.__init__(self)
        self._norm_layer, self.inplanes, self.dilation = nn.BatchNorm2d, widths[0], 1
        self.groups, self.base_width = 1, 64
        self.conv1 = nn.Conv2d(3, widths[0], kernel_size=7, stride=2, padding=3, bias=False)
        self.bn1, self.relu = nn.BatchNorm2d(widths[0]), nn.ReLU()
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        for index, (width, units) in enumerate(zip(widths, layers)):
            setattr(self, f"layer{index + 1}", self._make_layer(block, width, units, stride=1 if index == 0 else 2))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(widths[-1] * block.expansion, classes)


class NarrowVgg(nn.Module):
    """VGG-A with batch normalisation and torchvision's names; 64 px leave 2 × 2 pixels for the dense layers."""

    def __init__(self, filters, hidden, classes):
        super().__init__()
        parts, channels = [], 3
        for stage, count in enumerate([1, 1, 2, 2, 2]):
            for _ in range(count):
                parts += [nn.Conv2d(channels, filters[stage], 3, padding=1), nn.BatchNorm2d(filters[stage]), nn.ReLU()]
                channels = filters[stage]
            parts.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*parts)
        linear = [nn.Linear(4 * channels, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU()]
        self.classifier = nn.Sequential(*linear, nn.Dropout(), nn.Linear(hidden, classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


def fixtures():
    folder = Path("test/fixtures/weights")
    write(folder, "resnet-18", Narrow(BasicBlock, [2, 2, 2, 2], [4, 8, 16, 32], 10), 32)
    write(folder, "resnet-50", Narrow(Bottleneck, [3, 4, 6, 3], [2, 4, 4, 8], 10), 32, torch.bfloat16)
    write(folder, "vgg-a", NarrowVgg([4, 4, 8, 8, 8], 16, 10), 64, torch.float16)


def write_keras(folder, name):
    import keras

    keras.utils.set_random_seed(SEED)
    model = getattr(keras.applications, name)(weights=None, classifier_activation=None)
    generator = np.random.default_rng(SEED)
    for variable in model.weights:
        role, shape = variable.path.split("/")[-1], variable.shape
        if role == "kernel":
            continue
        positive = role in ("gamma", "moving_variance")
        variable.assign(generator.uniform(0.5, 1.5, shape) if positive else generator.normal(0, 0.1, shape))
    images = generator.normal(size=(IMAGES, 224, 224, 3)).astype(np.float32)
    logits = np.asarray(model.predict(images, verbose=0))
    folder.mkdir(parents=True, exist_ok=True)
    weights = {variable.path: np.ascontiguousarray(variable.numpy()) for variable in model.weights}
    save_arrays(weights, folder / f"keras-{name}.safetensors", metadata={"format": "tf"})
    save_arrays({"images": images, "logits": logits}, folder / f"keras-{name}.io.safetensors")
    print(name, logits[0, :5].tolist())


if __name__ == "__main__":
    torch.manual_seed(SEED)
    if sys.argv[1:] == ["fixtures"]:
        fixtures()
    for argument in sys.argv[2:]:
        if argument.startswith("keras:"):
            write_keras(Path(sys.argv[1]), argument.removeprefix("keras:"))
        else:
            write(Path(sys.argv[1]), argument, getattr(torchvision.models, argument)(weights=None), 224)
