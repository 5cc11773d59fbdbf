"""The training step of a convolutional variational autoencoder in PyTorch, as src/vae/convolutional.ts has it.

python vae_convolutional.py THREADS: reads numbers of steps from standard input, one a line, and writes the seconds that they took,
those of them that processors worked, and the last loss. Images are random, shuffled, binarised anew in each step; the noise is drawn.
"""

import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

SIDE, IMAGES, BATCH, LATENTS = 28, 9000, 64, 20


class Vae(nn.Module):
    def __init__(self, few=32, many=64, latents=LATENTS):
        super().__init__()
        self.first = nn.Conv2d(1, few, 4, stride=2, padding=1)
        self.second = nn.Conv2d(few, many, 4, stride=2, padding=1)
        self.code = nn.Linear(many * 49, 2 * latents)
        self.decoder = nn.Linear(latents, many * 49)
        self.larger = nn.ConvTranspose2d(many, few, 4, stride=2, padding=1)
        self.image = nn.ConvTranspose2d(few, 1, 4, stride=2, padding=1)
        self.many = many

    def forward(self, pixels, noise):
        x = pixels.view(-1, 1, SIDE, SIDE)
        quarter = F.relu(self.second(F.relu(self.first(x))))
        mu, log_sigma = self.code(quarter.flatten(1)).chunk(2, dim=1)
        sigma = log_sigma.exp()
        units = F.relu(self.decoder(mu + sigma * noise)).view(-1, self.many, 7, 7)
        logits = self.image(F.relu(self.larger(units))).flatten(1)
        kl = 0.5 * (mu * mu + sigma * sigma - 1 - 2 * log_sigma).sum()
        return (F.binary_cross_entropy_with_logits(logits, pixels, reduction="sum") + kl) / len(pixels)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(0)
    # Channels at the end or in front, whichever the second argument says.
    layout = torch.channels_last if sys.argv[2:] == ["last"] else torch.contiguous_format
    images, vae, step = torch.rand(IMAGES, SIDE * SIDE), Vae().to(memory_format=layout), 0
    optimizer = torch.optim.Adam(vae.parameters(), lr=1e-3, fused=True)
    each = IMAGES // BATCH
    order = None
    for line in sys.stdin:
        start, used = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            if step % each == 0:
                order = torch.randperm(IMAGES)
            brightness = images[order[step % each * BATCH : (step % each + 1) * BATCH]]
            pixels = (torch.rand_like(brightness) < brightness).float()
            loss = vae(pixels, torch.randn(BATCH, LATENTS))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            step += 1
        print(time.perf_counter() - start, time.process_time() - used, loss.item(), flush=True)


main()
