import '@tensorflow/tfjs-backend-cpu'
import { add, mul, sqrt, square } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { reparameterization, stickingTheLanding } from '@variate/estimators'
import {
  fullRank,
  hierarchical,
  inverseAutoregressiveFlow,
  lowRank,
  maskedAutoregressiveFlow,
  mixtureOfNormals,
  neuralSplineFlow,
  planarFlow,
  radialFlow,
  realNvp,
} from '@variate/families'
import { bbvi, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const banana = model('banana')
  .latent('x', normal(0, 1))
  .latent('y', ({ x }) => normal(square(x), 0.5))

const stl = stickingTheLanding({ particles: 16 })
const plain = reparameterization({ particles: 16 })

// log Z = 0: the bound is −KL(q ‖ p), at best −0.54 for independent normals.
test.each([
  ['planar', planarFlow(), stl],
  ['radial', radialFlow(), stl],
  ['real NVP', realNvp({ layers: 4 }), stl],
  ['inverse autoregressive', inverseAutoregressiveFlow({ layers: 2 }), plain],
  ['masked autoregressive', maskedAutoregressiveFlow({ layers: 2 }), stl],
  ['neural spline', neuralSplineFlow({ layers: 2 }), plain],
  ['mixture', mixtureOfNormals({ components: 6 }), stl],
  ['hierarchical', hierarchical({ auxiliary: 1 }), stl],
] as const)('%s: a banana is fitted', async (_, family, estimator) => {
  const fit = await bbvi(banana, { family, estimator, steps: 5000, convergence: false }).fit({}, { seed: 0 })
  expect(fit.elbo).toBeLessThan(4 * fit.standardError)
  expect(fit.elbo).toBeGreaterThan(-0.25)
})

const ring = model('ring')
  .latent('x', normal(0, 3))
  .latent('y', normal(0, 3))
  .observed('radius', ({ x, y }) => normal(sqrt(add(square(x), square(y))), 0.4))

/** ∫ N(seen; ρ, 0.4²)·Rayleigh(ρ; 3) dρ. */
function ringEvidence(seen: number): number {
  const step = 1e-3
  let total = 0
  for (let rho = step / 2; rho < 20; rho += step)
    total += Math.exp(-0.5 * ((seen - rho) / 0.4) ** 2 - rho ** 2 / 18) * (rho / 9) * step
  return Math.log(total / (0.4 * Math.sqrt(2 * Math.PI)))
}

// A flow is an image of a plane without a hole.
test.each([
  ['neural spline', neuralSplineFlow({ scale: 1 }), plain, 0.6],
  ['mixture', mixtureOfNormals({ components: 8, scale: 0.5, spread: 2 }), stl, 0.25],
] as const)('%s: a ring is fitted', async (_, family, estimator, divergence) => {
  const fit = await bbvi(ring, { family, estimator, steps: 5000, convergence: false }).fit(
    { radius: 2 },
    { seed: 0 },
  )
  expect(fit.elbo).toBeLessThan(ringEvidence(2) + 4 * fit.standardError)
  expect(ringEvidence(2) - fit.elbo).toBeLessThan(divergence)
})

const line = model('line')
  .latent('slope', normal(0, 2))
  .latent('offset', normal(1, 2))
  .plate('i', 'n', (i) =>
    i.input('t').observed('x', ({ slope, offset, t }) => normal(add(mul(slope, t), offset), 0.5)),
  )
const data = { t: [0, 1, 2, 3], x: [1.2, 1.9, 3.4, 3.8] }

// The posterior is normal, in all of these families: its evidence is the bound, less what a reverse model of independent numbers loses.
test.each([
  ['low rank', lowRank({ rank: 1 }), 0.03],
  ['low rank, as many columns as numbers', lowRank({ rank: 2 }), 0.03],
  ['full rank', fullRank(), 0.03],
  ['real NVP', realNvp({ layers: 2 }), 0.03],
  ['masked autoregressive', maskedAutoregressiveFlow({ layers: 1 }), 0.03],
  ['hierarchical', hierarchical({ auxiliary: 2 }), 0.1],
] as const)('%s: a normal posterior is found', async (_, family, loss) => {
  const exact = await enumeration(line).fit(data)
  const fit = await bbvi(line, { family, estimator: stl, steps: 6000, convergence: false }).fit(data, {
    seed: 0,
  })
  expect(fit.elbo).toBeLessThan(exact.logEvidence + 4 * fit.standardError + 1e-9)
  expect(exact.logEvidence - fit.elbo).toBeLessThan(loss)
})

test.each([
  [() => planarFlow({ layers: 0 }), 'planarFlow: layers must be a whole number ≥ 1, got 0'],
  [() => realNvp({ hidden: [4, 0.5] }), 'realNvp: hidden[1] must be a whole number ≥ 1, got 0.5'],
  [() => neuralSplineFlow({ bins: 1 }), 'neuralSplineFlow: bins must be a whole number ≥ 2, got 1'],
  [() => neuralSplineFlow({ range: 0 }), 'neuralSplineFlow: range must be a number > 0, got 0'],
  [() => lowRank({ rank: -1 }), 'lowRank: rank must be a whole number ≥ 1, got -1'],
  [
    () => mixtureOfNormals({ components: 0 }),
    'mixtureOfNormals: components must be a whole number ≥ 1, got 0',
  ],
  [() => hierarchical({ auxiliary: 0 }), 'hierarchical: auxiliary must be a whole number ≥ 1, got 0'],
])('options out of range are refused', (make, message) => {
  expect(make).toThrow(message)
})
