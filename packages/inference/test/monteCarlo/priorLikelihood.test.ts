import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { constant, gather } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import { elbo, enumeration, minimize, priorLikelihood } from '@variate/inference'
import { guide, model, real, unitInterval } from '@variate/language'

const points = (count: number) =>
  model('points')
    .param('mu', real())
    .plate('i', count, (i) =>
      i.latent('z', ({ mu }) => normal(mu, 1)).observed('x', ({ z }) => normal(z, 0.5)),
    )

test('the mean gradient is that of the log evidence, with few latents and many draws', async () => {
  // x is normal of variance 1.25: the derivative is Σ (x − μ) / 1.25.
  const { gradient, variance } = await priorLikelihood(points(2), { particles: 4000 }).gradient(
    { x: [1.3, -0.4], mu: 0.2 },
    { seed: 0, repeats: 200 },
  )
  const z = (gradient.mu.at() - (1.3 - 0.4 - 0.4) / 1.25) / Math.sqrt(variance.mu.at() / 200)
  expect(Math.abs(z)).toBeLessThan(3)
})

test('latents may be discrete', async () => {
  const coin = model('coin')
    .param('p', unitInterval())
    .latent('b', ({ p }) => bernoulli({ probs: p }))
    .observed('x', ({ b }) => normal(b, 0.5))
  const [a, b] = [Math.exp(-0.5 * 1.4 ** 2), Math.exp(-0.5 * 0.6 ** 2)]
  const { gradient, variance } = await priorLikelihood(coin, { particles: 4000 }).gradient(
    { x: 0.7, p: 0.3 },
    { seed: 0, repeats: 200 },
  )
  const expected = (b - a) / (0.7 * a + 0.3 * b)
  expect(Math.abs(gradient.p.at() - expected) / Math.sqrt(variance.p.at() / 200)).toBeLessThan(3)
})

test('its variance grows with the number of latents far faster than the ELBO’s', async () => {
  const ratios: number[] = []
  for (const count of [1, 5, 20]) {
    const own = points(count)
    const posterior = guide(own).plate('i', count, (i) => i.latent('z', ({ x }) => normal(x, Math.sqrt(0.2))))
    const given = { x: Array.from({ length: count }, (_, i) => 2 * Math.sin(i)), mu: 0.2 }
    const options = { seed: 0, repeats: 200 }
    const byPrior = await priorLikelihood(own, { particles: 100 }).gradient(given, options)
    const byElbo = await elbo(own, posterior, { particles: 100 }).gradient(given, options)
    // The ELBO's is Σ (z − μ) over 100 draws: of variance count · 0.2 / 100.
    expect(byElbo.variance.mu.at() / (count * 0.002)).toBeGreaterThan(0.6)
    expect(byElbo.variance.mu.at() / (count * 0.002)).toBeLessThan(1.4)
    ratios.push(byPrior.variance.mu.at() / byElbo.variance.mu.at())
  }
  expect(ratios[1]! / ratios[0]!).toBeGreaterThan(3)
  expect(ratios[2]! / ratios[1]!).toBeGreaterThan(3)
})

test('maximum likelihood is the minimum of KL(p̂‖p), by number', async () => {
  const rows = [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]] // prettier-ignore
  const mixed = model('mixed')
    .param('w', unitInterval())
    .plate('draw', 'n', (i) =>
      i
        .latent('z', ({ w }) => bernoulli({ probs: w }))
        .observed('x', ({ z }) => categorical({ probs: gather(constant(rows), z) })),
    )
  const counts = [3, 4, 5]
  const x = counts.flatMap((count, value) => Array<number>(count).fill(value))
  const shares = counts.map((count) => count / x.length)
  const entropy = -shares.reduce((total, p) => total + p * Math.log(p), 0)
  const divergence = (w: number): number =>
    shares.reduce((total, p, k) => total + p * Math.log(p / ((1 - w) * rows[0]![k]! + w * rows[1]![k]!)), 0)
  for (const w of [0.1, 0.4, 0.75]) {
    const { logEvidence } = await enumeration(mixed).fit({ w, x })
    // (1/n) log p(data) = −H(p̂) − KL(p̂‖p).
    expect(logEvidence / x.length).toBeCloseTo(-entropy - divergence(w), 9)
  }
  const least = (f: (w: number) => number): number =>
    minimize(
      ([w]) => ({ value: f(w!), gradient: Float64Array.of((f(w! + 1e-6) - f(w! - 1e-6)) / 2e-6) }),
      Float64Array.of(0.5),
      { tolerance: 1e-8 },
    ).x[0]!
  const atLeast = least(divergence)
  const h = 0.02
  const around = await Promise.all(
    [atLeast - h, atLeast, atLeast + h].map(
      async (w) => (await enumeration(mixed).fit({ w, x })).logEvidence,
    ),
  )
  expect(around[1]).toBeGreaterThan(around[0]!)
  expect(around[1]).toBeGreaterThan(around[2]!)
  // The top of the parabola through the likelihoods is where the divergence is least.
  const [down, middle, up] = around as [number, number, number]
  expect((h * (up - down)) / (2 * (2 * middle - up - down))).toBeCloseTo(0, 3)
})
