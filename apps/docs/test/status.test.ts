import { describe, expect, test } from 'vitest'
import { begin, step, toConvergence, type Demo } from '../.vitepress/theme/landing/demo.ts'
import { pace } from '../.vitepress/theme/landing/pace.ts'
import { decimals, status } from '../.vitepress/theme/landing/status.ts'

const start = begin({ components: 2, covariance: 'full', seed: 0 })
const through = (demo: Demo) =>
  toConvergence(demo, { show: async () => {}, signal: new AbortController().signal })

describe('what the landing page says', () => {
  test('of a start', () => {
    expect(status(start)).toMatch(/^A bad start, on purpose: 2 means at random eruptions/)
    expect(status(begin({ components: 1, covariance: 'tied', seed: 0 }))).toMatch(/^One Gaussian\./)
  })

  test('of a step: by how much it rose', async () => {
    const first = await step(start)
    const second = await step(first)
    const difference = second.run.state.logLikelihood - first.run.state.logLikelihood
    expect(status(second)).toContain(`Iteration 2: the log-likelihood rose by ${difference.toFixed(3)} nats`)
  })

  test('of a fit that converged, which further steps leave as it is', async () => {
    const end = await through(start)
    expect(status(end)).toMatch(/^Converged after \d+ iterations at −1130\.264 nats/)
    expect(await step(end)).toEqual(end)
  })

  test('of a fit that broke down: where, and what to do', () => {
    const site = 'component 1 collapsed: its variance along column 0 is 0.0'
    const broken = { ...start, ended: { kind: 'diverged', site, step: 7 } } as const
    expect(status(broken)).toMatch(/^Broke down at iteration 7: component 1 collapsed.*Try another start/)
  })

  test('of a fit that did not converge in time', () => {
    expect(status({ ...start, ended: { kind: 'limit' } })).toMatch(/^Stopped after 0 iterations, before/)
  })

  test('numbers with a real minus sign', () => {
    expect(decimals(-1130.264, 3)).toBe('−1130.264')
  })
})

describe('the pace of a run', () => {
  const shown = (limit: number) => {
    const { isShown } = pace(false)
    return Array.from({ length: limit }, (_, i) => i + 1).filter((steps) => isShown(steps))
  }

  test('shows the first steps one by one and the end of a long run in strides', () => {
    expect(shown(16)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
    expect(shown(700).length).toBeLessThan(100)
  })

  test('takes seconds, not minutes', () => {
    const { delay } = pace(false)
    const total = (limit: number) => shown(limit).reduce((sum, steps) => sum + delay(steps), 0) / 1000
    expect(total(20)).toBeGreaterThan(2)
    expect(total(20)).toBeLessThan(5)
    expect(total(700)).toBeLessThan(10)
  })

  test('shows nothing before the end to a reader who asked for less motion', () => {
    expect(pace(true).isShown(1)).toBe(false)
  })
})
