import { describe, expect, it } from 'vitest'
import { DomainError, key, ndarray, random, ShapeError } from '../../src/index.ts'
import { CHI_SQUARED_CRITICAL, chiSquared } from './goodnessOfFit.ts'
import { oracle, unpack } from './oracle.ts'

/** As in generate-random.py. */
const LOGITS = [0.3, -1.2, 2, -Infinity, 0]
const BATCH_LOGITS = [
  [0, 1, 2],
  [3, 0.5, -4],
]

describe('random.categorical', () => {
  it.each(oracle.seeds)('of seed $seed equals jax.random.categorical', (expected) => {
    const k = key(expected.seed)
    const draws = (text: string): Int32Array => Int32Array.from(unpack(text, Uint8Array))
    expect(random.categorical(k, [500], { logits: LOGITS }).data).toEqual(draws(expected.categorical32))
    const float64 = random.categorical(k, [500], { logits: LOGITS, dtype: 'float64' })
    expect(float64.data).toEqual(draws(expected.categorical64))
    const batch = random.categorical(k, [50], { logits: BATCH_LOGITS })
    expect(batch.data).toEqual(draws(expected.categoricalBatch))
    expect(batch.shape).toEqual([50, 2])
    const once = random.categorical(k, [], { logits: BATCH_LOGITS })
    expect(once.data).toEqual(draws(expected.categoricalBatchOnce))
  })

  it('draws each category as often as its probability says', () => {
    const n = 100_000
    const probs = [0.05, 0.25, 0.7]
    const counts = probs.map(() => 0)
    for (const category of random.categorical(key(9), [n], { probs }).data) counts[category]!++
    expect(
      chiSquared(
        counts,
        probs.map((p) => n * p),
      ),
    ).toBeLessThan(CHI_SQUARED_CRITICAL[2]!)
  })

  it('never draws what has probability 0', () => {
    const draws = random.categorical(key(9), [10_000], { probs: [0, 0.5, 0, 0.5] }).data
    expect(new Set(draws)).toEqual(new Set([1, 3]))
  })

  it('takes typed arrays and arrays of more axes', () => {
    expect(random.categorical(key(0), [], { probs: Float32Array.of(0.5, 0.5) }).shape).toEqual([])
    const logits = ndarray(new Float64Array(24), [2, 3, 4])
    expect(random.categorical(key(0), [5], { logits }).shape).toEqual([5, 2, 3])
    expect(random.categorical(key(0), [0], { logits }).size).toBe(0)
  })

  it.each([
    { probs: [0.5, -0.5, 1], message: 'probs must be >= 0, got -0.5 at [1]' },
    { probs: [0.5, NaN], message: 'probs must be >= 0, got NaN at [1]' },
    { probs: [1, 2], message: 'probs must sum to 1, got 3; pass logs of unnormalised weights as logits' },
    {
      probs: [
        [0.5, 0.5],
        [1, 1],
      ],
      message: 'probs must sum to 1, got 2 at [1]',
    },
    { probs: [0.5, null as unknown as number], message: 'probs must hold numbers, got null' },
    { logits: [0, NaN], message: 'logits must be finite or -Infinity, got NaN at [1]' },
    {
      logits: [
        [0, 1],
        [Infinity, 0],
      ],
      message: 'logits must be finite or -Infinity, got Infinity at [1,0]',
    },
    {
      logits: [
        [0, 0],
        [-Infinity, -Infinity],
      ],
      message: 'logits must leave one category possible',
    },
    { logits: [0], probs: [1], message: 'pass either probs or logits, got both' },
    { message: 'pass either probs or logits, got neither' },
  ])('refuses with “$message”', ({ message, ...parameters }) => {
    const draw = (): unknown => random.categorical(key(0), [], parameters as { probs: number[] })
    expect(draw).toThrow(DomainError)
    expect(draw).toThrow(message)
  })

  it.each([
    { probs: [[1], [0.5, 0.5]], message: 'probs has ragged rows: row 0 has 1 columns, row 1 has 2' },
    { probs: [], message: 'probs must have at least one category on the last axis, got shape [0]' },
  ])('refuses with “$message”', ({ probs, message }) => {
    expect(() => random.categorical(key(0), [], { probs })).toThrow(ShapeError)
    expect(() => random.categorical(key(0), [], { probs })).toThrow(message)
  })
})
