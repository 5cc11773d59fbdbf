import { expect, test } from 'vitest'
import { exp, log } from '../../src/random/fdlibm.ts'
import { EXPONENTIAL, NORMAL } from '../../src/random/ziggurat.ts'

const STEPS = Array.from({ length: 20_001 }, (_, i) => i / 20_000)

/** The most that `f` differs from `truth`, relative to it. */
const furthest = (f: (x: number) => number, truth: (x: number) => number, xs: readonly number[]): number =>
  Math.max(...xs.map((x) => Math.abs(f(x) - truth(x)) / Math.max(Math.abs(truth(x)), 1e-300)))

test('exp and log are within a unit in the last place or two of those of Math', () => {
  expect(
    furthest(
      exp,
      Math.exp,
      STEPS.map((t) => 40 * t - 20),
    ),
  ).toBeLessThan(3e-16)
  expect(
    furthest(
      log,
      Math.log,
      STEPS.map((t) => 2 ** (60 * t - 30)).filter((x) => x !== 1),
    ),
  ).toBeLessThan(3e-16)
  expect(furthest(log, Math.log, STEPS.slice(1, -1).map((t) => 0.5 + t).filter((x) => x !== 1))).toBeLessThan(3e-16) // prettier-ignore
  expect([exp(0), log(1), log(2)]).toEqual([1, 0, Math.LN2])
})

test('the layers of the ziggurats have one area', () => {
  for (const [{ radii, heights }, area] of [
    [NORMAL, 0.004928673233974652],
    [EXPONENTIAL, 0.003949659822581557],
  ] as const) {
    const areas = Array.from({ length: 254 }, (_, i) => radii[i + 1]! * (heights[i + 2]! - heights[i + 1]!))
    expect(Math.max(...areas.slice(0, -1).map((x) => Math.abs(x / area - 1)))).toBeLessThan(1e-11)
    expect(radii[256]).toBe(0)
    expect(heights[256]).toBe(1)
  }
})
