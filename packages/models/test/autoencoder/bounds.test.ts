import '@tensorflow/tfjs-backend-cpu'
import { isotropicNormal } from '@variate/families'
import { adam } from '@variate/inference'
import { vae } from '@variate/models/autoencoders'
import { expect, test } from 'vitest'

/** Bits of one of two patterns, each with an error. */
const bits = Array.from({ length: 12 }, (_, i) =>
  Array.from({ length: 6 }, (__, j) => (i % 2 === (j < 3 ? 0 : 1) ? 1 : 0) ^ (j === i % 6 ? 1 : 0)),
)
const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length

/** A grid over what of a standard normal plane counts, for sums that are as exact as they need be: the summands are smooth. */
const [STEP, ENDS] = [0.2, 5]
const line = Array.from({ length: (2 * ENDS) / STEP + 1 }, (_, i) => -ENDS + STEP * i)
const grid = line.flatMap((a) => line.map((b) => [a, b]))
const logWeights = grid.map(
  ([a, b]) => -0.5 * (a! ** 2 + b! ** 2) - Math.log(2 * Math.PI) + 2 * Math.log(STEP),
)

test('ELBO ≤ IWAE-5 ≤ IWAE-50 ≤ IWAE-5000 ≤ log p(x), and annealing comes to log p(x), of an autoencoder that is trained', async () => {
  const algorithm = vae({
    data: 6,
    latents: 2,
    hidden: [8],
    // With one scale for both latents q cannot be the posterior.
    family: isotropicNormal(),
    batch: 12,
    epochs: 300,
    optimizer: adam({ rate: 0.03 }),
  })
  const fit = await algorithm.fit({ x: bits }, { seed: 0 })

  const { x } = await fit.decode(grid)
  const logs = bits.map((row) =>
    grid.map((_, at) => {
      const probabilities = row.map((bit, j) => (bit === 1 ? x.at(at, j) : 1 - x.at(at, j)))
      return logWeights[at]! + probabilities.reduce((sum, p) => sum + Math.log(p), 0)
    }),
  )
  const exact = mean(logs.map((all) => Math.log(all.reduce((sum, log) => sum + Math.exp(log), 0))))

  const bounds: { readonly center: number; readonly error: number }[] = []
  for (const [particles, repeats] of [
    [1, 200],
    [5, 100],
    [50, 40],
    [5000, 4],
  ] as const) {
    // prettier-ignore
    const all: number[] = []
    for (let seed = 0; seed < repeats; seed++)
      all.push((await fit.estimateLogLikelihood(bits, { particles, seed })).logLikelihood)
    const center = mean(all)
    bounds.push({ center, error: Math.sqrt(mean(all.map((own) => (own - center) ** 2)) / (repeats - 1)) })
  }
  const ladder = [...bounds, { center: exact, error: 0 }]
  const rises = bounds.map(({ center, error }, i) => {
    const next = ladder[i + 1]!
    return (next.center - center) / Math.hypot(error, next.error)
  })
  // In standard errors. What few draws lack shows, too.
  for (const rise of rises) expect(rise).toBeGreaterThan(-3)
  expect(rises[0]).toBeGreaterThan(3)
  expect(rises[1]).toBeGreaterThan(3)
  expect(Math.abs(bounds[3]!.center - exact)).toBeLessThan(0.02)

  const annealing = { method: 'annealedImportanceSampling', particles: 64, temperatures: 100 } as const
  const { logLikelihood } = await fit.estimateLogLikelihood(bits, { ...annealing, seed: 0 })
  expect(Math.abs(logLikelihood - exact)).toBeLessThan(0.01)
})
