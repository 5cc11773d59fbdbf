"""The training step of a convolutional variational autoencoder in PyTorch, as src/vae/convolutional.ts has it."""

import numpy as np
import torch.nn.functional as F

import vae_torch

QUARTER = 7


class Vae(vae_torch.Vae):
    def __init__(self, images, start, batch):
        super().__init__(images, {name: turned(name, x) for name, x in start.items()}, batch)
        self.loss = negative_elbo


def turned(name, x):
    """Filters [rows, columns, in, out] and units [rows, columns, channels] with channels in front, as PyTorch has them."""
    if x.ndim == 4:
        return np.ascontiguousarray(x.transpose(3, 2, 0, 1))
    if name == "code":
        return x.reshape(QUARTER, QUARTER, -1, x.shape[1]).transpose(2, 0, 1, 3).reshape(x.shape)
    if name in ("decoder", "decoderBias"):
        return x.reshape(-1, QUARTER**2, x.shape[-1] // QUARTER**2).transpose(0, 2, 1).reshape(x.shape)
    return x


def negative_elbo(p, pixels, noise):
    halved = {"stride": 2, "padding": 1}
    side = int(pixels.shape[1] ** 0.5)
    half = F.relu(F.conv2d(pixels.view(-1, 1, side, side), p["first"], p["firstBias"], **halved))
    quarter = F.relu(F.conv2d(half, p["second"], p["secondBias"], **halved))
    mu, log_sigma = F.linear(quarter.flatten(1), p["code"], p["codeBias"]).chunk(2, dim=1)
    sigma = log_sigma.exp()
    units = F.relu(F.linear(mu + sigma * noise, p["decoder"], p["decoderBias"])).view(quarter.shape)
    larger = F.relu(F.conv_transpose2d(units, p["larger"], p["largerBias"], **halved))
    logits = F.conv_transpose2d(larger, p["image"], p["imageBias"], **halved).flatten(1)
    kl = 0.5 * (mu * mu + sigma * sigma - 1 - 2 * log_sigma).sum()
    return (F.binary_cross_entropy_with_logits(logits, pixels, reduction="sum") + kl) / len(pixels)
