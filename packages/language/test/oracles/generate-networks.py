"""Writes networks.json: what layers give, and their gradients, by PyTorch in float64; activations by PyTorch as well.

Run: python generate-networks.py  (needs torch 2.15 and numpy). Parameters are written in the layouts of @variate/language: filters
[rows, columns, in, out], of transposed convolutions [rows, columns, out, in]; images [height, width, channels].
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = np.random.default_rng(20261128)


def tensor(*shape):
    return torch.tensor(np.round(random.normal(size=shape), 3), requires_grad=True)


def listed(x):
    return {"shape": list(x.shape), "data": x.detach().numpy().ravel().tolist()}


def case(layer, x, params):
    """y, and the gradients of Σ w·y for weights w = 1, 2, 3, … of its numbers."""
    y = layer(x, **params)
    weights = torch.arange(1, y.numel() + 1, dtype=torch.float64).reshape(y.shape)
    names = ["x", *params]
    grads = torch.autograd.grad((weights * y).sum(), [x, *params.values()])
    return {
        "x": listed(x),
        "params": {name: listed(value) for name, value in params.items()},
        "y": listed(y),
        "gradients": {name: listed(value) for name, value in zip(names, grads)},
    }


def conv(**options):
    def layer(x, filter, bias):
        images = x.permute(2, 0, 1)[None]
        return F.conv2d(images, filter.permute(3, 2, 0, 1), bias, **options)[0].permute(1, 2, 0)

    return layer


def conv_transpose(**options):
    def layer(x, filter, bias):
        images = x.permute(2, 0, 1)[None]
        return F.conv_transpose2d(images, filter.permute(3, 2, 0, 1), bias, **options)[0].permute(1, 2, 0)

    return layer


def layer_norm(axes):
    return lambda x, scale, bias: F.layer_norm(x, scale.shape, scale, bias, eps=1e-5)


def gru(reverse):
    def layer(x, weights, bias, recurrent, recurrentBias):
        module = torch.nn.GRU(x.shape[1], recurrent.shape[1])
        named = {"weight_ih_l0": weights, "weight_hh_l0": recurrent, "bias_ih_l0": bias, "bias_hh_l0": recurrentBias}
        steps = x.flip(0) if reverse else x
        y = torch.func.functional_call(module, named, (steps,))[0]
        return y.flip(0) if reverse else y

    return layer


layers = {
    "conv2d": case(conv(stride=(2, 1), padding=1), tensor(5, 4, 2), {"filter": tensor(3, 2, 2, 3), "bias": tensor(3)}),
    "dilated conv2d": case(conv(dilation=2), tensor(5, 6, 1), {"filter": tensor(2, 3, 1, 2), "bias": tensor(2)}),
    "convTranspose2d": case(
        conv_transpose(stride=2, padding=1, output_padding=(1, 0)),
        tensor(3, 2, 2),
        {"filter": tensor(3, 3, 3, 2), "bias": tensor(3)},
    ),
    "layerNorm": case(layer_norm(2), tensor(3, 4), {"scale": tensor(3, 4), "bias": tensor(3, 4)}),
    "layerNorm of the last axis": case(layer_norm(1), tensor(3, 4), {"scale": tensor(4), "bias": tensor(4)}),
    **{
        name: case(
            gru(reverse),
            tensor(4, 2),
            {"weights": tensor(9, 2), "bias": tensor(9), "recurrent": tensor(9, 3), "recurrentBias": tensor(9)},
        )
        for name, reverse in [("gru", False), ("reversed gru", True)]
    },
}

# None of them is where an activation has a corner.
at = torch.tensor([-7.5, -3.5, -1.25, -0.3, 0.2, 0.9, 2.5, 4.75, 6.5])
activations = {
    "linear": lambda x: x,
    "relu": F.relu,
    "relu6": F.relu6,
    "leakyRelu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "sigmoid": torch.sigmoid,
    "logSigmoid": F.logsigmoid,
    "hardSigmoid": F.hardsigmoid,
    "hardSwish": F.hardswish,
    "softplus": F.softplus,
    "softsign": F.softsign,
    "softmax": lambda x: F.softmax(x, -1),
    "logSoftmax": lambda x: F.log_softmax(x, -1),
    "exp": torch.exp,
    "tanh": torch.tanh,
    "hardTanh": F.hardtanh,
}

pathlib.Path(__file__).with_name("networks.json").write_text(
    json.dumps(
        {
            "layers": layers,
            "activations": {"x": at.tolist(), "y": {name: f(at).tolist() for name, f in activations.items()}},
        }
    )
    + "\n"
)
