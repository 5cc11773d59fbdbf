"""Variational autoencoders of binary digits in PyTorch: of one stochastic layer, and of two."""

import torch
import torch.nn.functional as F
from torch import nn

PIXELS, HIDDEN = 784, 400


def log_normal(z, mean, log_scale):
    return (-0.5 * ((z - mean) / log_scale.exp()) ** 2 - log_scale - 0.918938533204672742).sum(-1)


def divergence(mean, log_scale, prior_mean, prior_log_scale):
    """KL of diagonal normals, summed over the latents."""
    ratio = (2 * (log_scale - prior_log_scale)).exp()
    apart = ((mean - prior_mean) / prior_log_scale.exp()) ** 2
    return 0.5 * (ratio + apart - 1 - 2 * (log_scale - prior_log_scale)).sum(-1)


def log_likelihood(logits, x):
    return -F.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction="none").sum(-1)


class OneLayer(nn.Module):
    """784-400-latents-400-784, ReLU: Kingma and Welling (2014)."""

    def __init__(self, latents):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(PIXELS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 2 * latents))
        self.decoder = nn.Sequential(nn.Linear(latents, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, PIXELS))

    def draw(self, x, particles):
        mean, log_scale = self.encoder(x).chunk(2, dim=-1)
        z = mean + log_scale.exp() * torch.randn(particles, *mean.shape)
        return mean, log_scale, z

    def bound(self, x):
        """The two parts of the ELBO of each digit, by one draw."""
        mean, log_scale, z = self.draw(x, 1)
        zero = torch.zeros(())
        return log_likelihood(self.decoder(z[0]), x), divergence(mean, log_scale, zero, zero)

    def log_weights(self, x, particles):
        """log p(x, z) - log q(z | x) of draws of q: [particles, digits]."""
        mean, log_scale, z = self.draw(x, particles)
        zero = torch.zeros(())
        return log_likelihood(self.decoder(z), x) + log_normal(z, zero, zero) - log_normal(z, mean, log_scale)


def head(inputs, latents):
    return nn.Sequential(nn.Linear(inputs, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, 2 * latents))


def normal_of(numbers):
    mean, raw = numbers.chunk(2, dim=-1)
    return mean, (F.softplus(raw) + 1e-4).log()


def product(one, other):
    """The product of two normals' densities, normalised: Sønderby et al. (2016), equations 17 and 18."""
    (a, log_a), (b, log_b) = one, other
    of_a, of_b = (2 * log_a).exp(), (2 * log_b).exp()
    total = of_a + of_b
    return (a * of_b + b * of_a) / total, log_a + log_b - 0.5 * total.log()


class TwoLayers(nn.Module):
    """A ladder of two stochastic layers: Sønderby et al. (2016), SiLU."""

    def __init__(self, widths):
        super().__init__()
        lower, upper = widths
        self.features1 = nn.Sequential(nn.Linear(PIXELS, HIDDEN), nn.SiLU())
        self.features2 = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.SiLU())
        self.encoder1, self.encoder2 = head(HIDDEN, lower), head(HIDDEN, upper)
        self.downward, self.prior = head(upper, lower), head(upper, lower)
        self.decoder = nn.Sequential(nn.Linear(lower, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, PIXELS))

    def draw(self, x, particles):
        features = self.features1(x)
        upper = normal_of(self.encoder2(self.features2(features)))
        z2 = upper[0] + upper[1].exp() * torch.randn(particles, *upper[0].shape)
        lower = product(normal_of(self.encoder1(features)), normal_of(self.downward(z2)))
        z1 = lower[0] + lower[1].exp() * torch.randn_like(lower[0])
        return upper, z2, lower, z1

    def bound(self, x):
        upper, z2, lower, z1 = self.draw(x, 1)
        zero = torch.zeros(())
        kl = divergence(*upper, zero, zero) + divergence(*lower, *normal_of(self.prior(z2)))
        return log_likelihood(self.decoder(z1[0]), x), kl[0]

    def log_weights(self, x, particles):
        upper, z2, lower, z1 = self.draw(x, particles)
        zero = torch.zeros(())
        log_p = log_likelihood(self.decoder(z1), x) + log_normal(z1, *normal_of(self.prior(z2))) + log_normal(z2, zero, zero)
        return log_p - log_normal(z1, *lower) - log_normal(z2, *upper)
