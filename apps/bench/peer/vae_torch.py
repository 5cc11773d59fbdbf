"""The training step of a variational autoencoder in PyTorch, eager or by torch.compile."""

import torch
import torch.nn.functional as F

RATE = 1e-3


class Vae:
    def __init__(self, images, start, batch, compiled=False):
        self.images, self.batch = torch.from_numpy(images), batch
        # PyTorch's layers hold their weights the other way round.
        self.start = {k: torch.from_numpy(x.T.copy() if x.ndim == 2 else x.copy()) for k, x in start.items()}
        self.latents = start["decoder"].shape[0]
        self.loss = torch.compile(negative_elbo) if compiled else negative_elbo
        self.reset()

    def reset(self):
        torch.manual_seed(0)
        self.parameters = {k: x.clone().requires_grad_() for k, x in self.start.items()}
        self.optimizer = torch.optim.Adam(self.parameters.values(), lr=RATE, fused=True)
        self.step = 0

    def climb(self, pixels, noise):
        loss = self.loss(self.parameters, pixels, noise)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def warm(self, steps):
        self.run(2)

    def run(self, steps):
        """So many more steps; their losses."""
        losses = []
        for _ in range(steps):
            each = len(self.images) // self.batch
            if self.step % each == 0:
                self.order = torch.randperm(len(self.images))
            at = self.step % each * self.batch
            brightness = self.images[self.order[at : at + self.batch]]
            pixels = (torch.rand_like(brightness) < brightness).float()
            losses.append(self.climb(pixels, torch.randn(self.batch, self.latents)))
            self.step += 1
        return torch.stack(losses).tolist()

    def values(self, pixels, noise):
        """Losses of steps from the start with pixels and noise that are given."""
        self.reset()
        given = zip(torch.from_numpy(pixels), torch.from_numpy(noise))
        losses = torch.stack([self.climb(x, e) for x, e in given]).tolist()
        self.reset()
        return losses


def negative_elbo(p, pixels, noise):
    hidden = F.relu(F.linear(pixels, p["encoder"], p["encoderBias"]))
    mu, log_sigma = F.linear(hidden, p["code"], p["codeBias"]).chunk(2, dim=1)
    sigma = log_sigma.exp()
    hidden = F.relu(F.linear(mu + sigma * noise, p["decoder"], p["decoderBias"]))
    logits = F.linear(hidden, p["image"], p["imageBias"])
    kl = 0.5 * (mu * mu + sigma * sigma - 1 - 2 * log_sigma).sum()
    return (F.binary_cross_entropy_with_logits(logits, pixels, reduction="sum") + kl) / len(pixels)
