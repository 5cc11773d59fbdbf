"""Oracles for convolutions, from PyTorch in float64: python generate-convolution.py > convolution.json

Images and filters are sines, so that the file only holds what PyTorch makes of them: the convolution y, the gradients of
sum(cos(y)), and the product of its Hessian with a direction.
"""

import json
import math

import torch
from torch.nn.functional import conv2d, pad

torch.set_default_dtype(torch.float64)


def sines(shape, seed):
    count = math.prod(shape)
    return torch.sin(0.7 * torch.arange(1, count + 1) + 0.31 * seed).reshape(shape)


def ends(image, filter, stride, dilation, padding):
    span = (filter - 1) * dilation + 1
    if padding == "valid":
        return [0, 0]
    if padding == "same":
        total = max(0, (math.ceil(image / stride) - 1) * stride + span - image)
        return [total // 2, total - total // 2]
    return padding


def case(x, filter, strides, padding, dilations):
    images, weights = sines(x, 1), sines(filter, 2)
    per_axis = [padding] * 2 if isinstance(padding, str) else padding
    rows, columns = (
        ends(x[i + 1], filter[i], strides[i], dilations[i], per_axis[i]) for i in (0, 1)
    )

    def convolved(a, w):
        padded = pad(a.permute(0, 3, 1, 2), (*columns, *rows)).contiguous()
        y = conv2d(padded, w.permute(3, 2, 0, 1).contiguous(), stride=strides, dilation=dilations)
        return y.permute(0, 2, 3, 1)

    def total(a, w):
        return torch.cos(convolved(a, w)).sum()

    y = convolved(images, weights)
    gradients = torch.autograd.functional.jacobian(total, (images, weights))
    _, products = torch.autograd.functional.vhp(total, (images, weights), (sines(x, 3), sines(filter, 4)))
    return {
        "x": x, "filter": filter, "strides": strides, "padding": padding, "dilations": dilations,
        "shape": list(y.shape), "y": rounded(y),
        "gradients": [rounded(g) for g in gradients],
        "products": [rounded(p) for p in products],
    }  # fmt: skip


def rounded(x):
    return [float(f"{v:.16g}") for v in x.flatten().tolist()]


CASES = [
    ([1, 4, 5, 1], [2, 2, 1, 1], [1, 1], "valid", [1, 1]),
    ([2, 5, 4, 2], [3, 2, 2, 3], [1, 1], "same", [1, 1]),
    ([2, 6, 6, 1], [4, 4, 1, 2], [2, 2], "same", [1, 1]),
    ([1, 7, 5, 2], [3, 3, 2, 2], [2, 1], [[1, 1], [1, 1]], [1, 1]),
    ([1, 6, 7, 2], [2, 3, 2, 1], [1, 2], [[0, 2], [3, 1]], [2, 1]),
    ([1, 8, 8, 1], [3, 2, 1, 2], [1, 1], "same", [2, 3]),
    ([1, 7, 7, 1], [1, 1, 1, 2], [3, 2], "valid", [1, 1]),
    ([3, 2, 2, 2], [2, 2, 2, 3], [1, 1], "valid", [1, 1]),
]

print(json.dumps({"torch": torch.__version__.split("+")[0], "cases": [case(*given) for given in CASES]}))
