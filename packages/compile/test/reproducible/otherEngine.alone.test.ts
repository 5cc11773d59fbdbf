import '@tensorflow/tfjs-backend-cpu'
import { afterAll, beforeAll, expect, test } from 'vitest'
import oracle from './bits.json' with { type: 'json' }
import ofDraws from './drawBits.json' with { type: 'json' }

/** What ECMAScript leaves to engines. */
const OPEN =
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh'.split(
    ' ',
  )
const math = Math as unknown as Record<string, (...args: number[]) => number>
const own = OPEN.map((name) => [name, math[name]!] as const)

/** In such an engine they are a few units in the last place off, but for whole numbers. */
beforeAll(() => {
  for (const [name, f] of own) {
    math[name] = (...args) => {
      const exact = f(...args)
      return Number.isInteger(exact) ? exact : exact * (1 + 2 ** -50)
    }
  }
})
afterAll(() => {
  Object.assign(math, Object.fromEntries(own))
})

test('in an engine whose functions of numbers are off in the last bits, the bits are the same', async () => {
  // Loaded only now, for tables may be computed when modules are.
  const { table } = await import('./table.ts')
  const { compile } = await import('../../src/index.ts')
  const { exp, fill } = await import('@variate/core/ops')
  const constant = () => exp(fill([], 0.3))
  const [folded] = compile(constant, { precision: 'float64' })().data
  const [kept] = compile(constant, { precision: 'float64', reproducible: true })().data
  expect(folded, 'folded by the engine').not.toBe(kept)
  expect(table()).toEqual(oracle)
})

test('and those of draws', async () => {
  const { bitsOfDraws } = await import('./draws.ts')
  expect(bitsOfDraws()).toEqual(ofDraws)
})
