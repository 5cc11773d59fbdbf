import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import { add, constant, exp, mul, reshape, slice, sum } from '@variate/core/ops'
import { halfCauchy, normal } from '@variate/distributions'
import { expect, test } from 'vitest'

const EFFECTS = constant([28, 8, -3, 7, -1, 1, 18, 12])
const ERRORS = constant([15, 10, 16, 11, 9, 11, 10, 18])

/** Rubin's eight schools, non-centred: z = (μ, log τ, η₁ … η₈). */
function logJoint(z: Tensor): Tensor {
  const [mu, logTau] = [0, 1].map((at) => reshape(slice(z, [at], [1]), [])) as [Tensor, Tensor]
  const eta = slice(z, [2], [8])
  const tau = exp(logTau)
  const prior = add(normal(0, 5).logProb(mu), add(halfCauchy(5).logProb(tau), logTau))
  const likelihood = normal(add(mu, mul(tau, eta)), ERRORS).logProb(EFFECTS)
  return add(add(prior, sum(normal(0, 1).logProb(eta))), sum(likelihood))
}

const points = [0, 1, 2].map(
  (seed) => [Float64Array.from({ length: 10 }, (_, i) => 1.5 * Math.sin(7 * i + seed))] as const,
)

test.each(points)('the float64 gradient of eight schools is that of differences, to 1e-8', (z) => {
  const density = compile(logJoint, { precision: 'float64', engine: 'wasm' })
  const both = compile(valueAndGrad(logJoint), { precision: 'float64', engine: 'wasm' })
  const { value, grads } = both(z)
  expect(value.data[0]).toBe(density(z).data[0])
  const valueAt = (i: number, step: number): number => density(z.with(i, z[i]! + step)).data[0]!
  const wanted = Array.from(z, (_, i) => difference((step) => valueAt(i, step)))
  const largest = Math.max(...wanted.map(Math.abs))
  const errors = wanted.map((slope, i) => Math.abs(grads[0].data[i]! / slope - 1))
  expect(largest).toBeGreaterThan(0.1)
  expect(Math.max(...errors)).toBeLessThan(1e-8)
  expect(both.explain()).toMatchObject({ engine: 'wasm', called: [] })
})

/** Central differences of sixth order: their error is step⁶ of the seventh derivative. */
function difference(f: (step: number) => number): number {
  const step = 2 ** -7
  const [one, two, three] = [1, 2, 3].map((k) => f(k * step) - f(-k * step)) as [number, number, number]
  return (45 * one - 9 * two + three) / (60 * step)
}
