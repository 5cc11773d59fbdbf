import { describe, expect, test } from 'vitest'
import { key } from '@variate/core'
import { Breakdown, expectationMaximization, run, type EmInfo } from '@variate/inference'
import { HEADS, twoCoins, type Biases } from './twoCoins.ts'

const diverged = ({ breakdown }: EmInfo) => breakdown

describe('expectationMaximization', () => {
  // Do & Batzoglou (2008), figure 1b.
  test('finds the biases of two coins that the paper tabulates', async () => {
    const algorithm = expectationMaximization(twoCoins)
    const first = algorithm.step(key(0), algorithm.init(key(0)))[0].parameters
    expect(first.a).toBeCloseTo(0.71, 2)
    expect(first.b).toBeCloseTo(0.58, 2)
    const tenth = (await run(algorithm, { key: key(0), maxSteps: 10 })).state.parameters
    expect(tenth.a).toBeCloseTo(0.8, 2)
    expect(tenth.b).toBeCloseTo(0.52, 2)
  })

  test('climbs: each M-step raises the ELBO and each E-step lifts it to the log-likelihood', async () => {
    const algorithm = expectationMaximization(twoCoins)
    const { history } = await run(algorithm, { key: key(0), maxSteps: 10 })
    let last = algorithm.init(key(0)).logLikelihood
    for (const info of history) {
      expect(info.elboAfterMaximization).toBeGreaterThan(last)
      expect(info.elbo).toBeGreaterThan(info.elboAfterMaximization)
      expect(info.elbo).toBe(info.logLikelihood)
      expect(info.freeEnergy).toBe(-info.elbo)
      expect(info.gain).toBeCloseTo((info.elbo - last) / HEADS.length, 12)
      last = info.logLikelihood
    }
  })

  test('the ELBO after the M-step is E_q[log p(x, z | θ)] + H(q), summed over assignments', async () => {
    const algorithm = expectationMaximization(twoCoins)
    const start = algorithm.init(key(0))
    const [next, info] = algorithm.step(key(0), start)
    const joint = ({ a, b }: Biases, heads: number) =>
      [a, b].map((bias) => Math.log(0.5) + heads * Math.log(bias) + (10 - heads) * Math.log(1 - bias))
    let elbo = 0
    for (const heads of HEADS) {
      const before = joint(start.parameters, heads).map(Math.exp)
      const after = joint(next.parameters, heads)
      before.forEach((value, k) => {
        const q = value / (before[0]! + before[1]!)
        elbo += q * (after[k]! - Math.log(q))
      })
    }
    expect(info.elboAfterMaximization).toBeCloseTo(elbo, 10)
  })

  test('a log-likelihood that falls is reported with the step, and the last good state is kept', async () => {
    let steps = 0
    const wrong = {
      ...twoCoins,
      maximization: (statistics: Parameters<typeof twoCoins.maximization>[0], before: Biases) =>
        ++steps === 4 ? { a: 0.1, b: 0.9 } : twoCoins.maximization(statistics, before),
    }
    const result = await run(expectationMaximization(wrong), { key: key(0), maxSteps: 10, diverged })
    expect(result.termination).toMatchObject({ kind: 'diverged', step: 4 })
    expect(result.termination).toHaveProperty('site', expect.stringMatching(/log-likelihood: it fell by \d/))
    expect(result.steps).toBe(3)
    const three = await run(expectationMaximization(twoCoins), { key: key(0), maxSteps: 3 })
    expect(result.state).toEqual(three.state)
  })

  test.each([1e-6, 1e-9])(
    'even a fall of about %f nats is one, unless the model says that rounding can do that',
    async (size) => {
      const stationary = (await run(expectationMaximization(twoCoins), { key: key(0), maxSteps: 3000 })).state
        .parameters
      const best = twoCoins.expectation(stationary).logLikelihood
      let step = 1e-2
      const moved = () => ({ a: stationary.a, b: stationary.b + step })
      while (best - twoCoins.expectation(moved()).logLikelihood > size) step /= 2
      step *= 2
      const drifting = { ...twoCoins, initialize: () => stationary, maximization: moved }
      const result = await run(expectationMaximization(drifting), { key: key(0), maxSteps: 1, diverged })
      expect(result.termination.kind).toBe('diverged')
      const coarse = { ...drifting, resolution: () => 10 * size }
      const tolerated = await run(expectationMaximization(coarse), { key: key(0), maxSteps: 1, diverged })
      expect(tolerated.termination.kind).toBe('limit')
    },
  )

  test('a log-likelihood of NaN is reported, not passed on', async () => {
    const wrong = { ...twoCoins, maximization: () => ({ a: NaN, b: 0.5 }) }
    const result = await run(expectationMaximization(wrong), { key: key(0), maxSteps: 10, diverged })
    expect(result.termination).toEqual({ kind: 'diverged', site: 'log-likelihood: it became NaN', step: 1 })
    expect(result.state.parameters).toEqual({ a: 0.6, b: 0.5 })
  })

  test('an M-step without a solution ends the run with the site that broke down', async () => {
    const wrong = { ...twoCoins, maximization: () => new Breakdown('coin b: it was never tossed') }
    const result = await run(expectationMaximization(wrong), { key: key(0), maxSteps: 10, diverged })
    expect(result.termination).toEqual({ kind: 'diverged', site: 'coin b: it was never tossed', step: 1 })
  })

  test('with a prior it climbs the log posterior, whose mode it finds', async () => {
    // Beta(2, 2) on each bias: the M-step adds one head and one tail.
    const posterior = {
      ...twoCoins,
      maximization: ({ a, b }: Parameters<typeof twoCoins.maximization>[0]) => ({
        a: (a.heads + 1) / (a.tosses + 2),
        b: (b.heads + 1) / (b.tosses + 2),
      }),
      logPrior: ({ a, b }: Biases) => Math.log(a * (1 - a) * b * (1 - b)),
    }
    const { state, history } = await run(expectationMaximization(posterior), { key: key(0), maxSteps: 400 })
    for (const info of history) expect(info.elbo).toBe(info.logLikelihood + info.logPrior)
    const objective = (biases: Biases) =>
      twoCoins.expectation(biases).logLikelihood + posterior.logPrior(biases)
    const { a, b } = state.parameters
    const h = 1e-5
    expect((objective({ a: a + h, b }) - objective({ a: a - h, b })) / (2 * h)).toBeCloseTo(0, 5)
    expect((objective({ a, b: b + h }) - objective({ a, b: b - h })) / (2 * h)).toBeCloseTo(0, 5)
  })
})
