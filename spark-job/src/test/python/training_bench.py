"""Images per second of PyTorch on one thread: training_bench.py NETWORK BATCH SECONDS.

The networks, batches and steps are those of TrainingBench; prints the same name=value pairs.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def conv_bn(inputs, outputs, kernel=3, stride=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = conv_bn(inputs, outputs, 3, stride)
        self.second = conv_bn(outputs, outputs)
        self.shortcut = conv_bn(inputs, outputs, 1, stride) if stride > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


def resnet20():
    stages = [Block(i, o, s) for i, o, s in
              [(16, 16, 1)] * 3 + [(16, 32, 2), (32, 32, 1), (32, 32, 1)]
              + [(32, 64, 2), (64, 64, 1), (64, 64, 1)]]
    return nn.Sequential(conv_bn(3, 16), nn.ReLU(), *stages,
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def cnn():
    return nn.Sequential(
        conv_bn(1, 16), nn.ReLU(), nn.MaxPool2d(2),
        conv_bn(16, 32), nn.ReLU(), nn.MaxPool2d(2),
        conv_bn(32, 64), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def rate(step, batches, seconds):
    for _ in range(2):
        start, images = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            for x, y in batches:
                step(x, y)
                images += len(y)
        result = images / (time.perf_counter() - start)
    return result


def main():
    name, batch, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    torch.set_num_threads(1)
    torch.manual_seed(7)
    model, shape = (cnn(), (1, 28, 28)) if name == "cnn" else (resnet20(), (3, 32, 32))
    batches = [(torch.randn(batch, *shape), torch.randint(10, (batch,))) for _ in range(4)]
    optimizer = torch.optim.SGD(model.parameters(), 1e-4, 0.9)

    def train(x, y):
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()

    def evaluate(x, y):
        with torch.no_grad():
            return (model(x).argmax(1) == y).sum().item()

    trained = rate(train, batches, seconds)
    model.eval()
    print(f"train={trained:.0f} evaluate={rate(evaluate, batches, seconds):.0f}")


main()
