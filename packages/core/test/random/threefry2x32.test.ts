import { describe, expect, it } from 'vitest'
import { threefry2x32 } from '../../src/random/threefry2x32.ts'

describe('threefry2x32', () => {
  // Random123 1.14, tests/kat_vectors, “threefry2x32 20”.
  it.each([
    { counter: [0, 0], key: [0, 0], expected: [0x6b200159, 0x99ba4efe] },
    { counter: [0xffffffff, 0xffffffff], key: [0xffffffff, 0xffffffff], expected: [0x1cb996fc, 0xbb002be7] },
    { counter: [0x243f6a88, 0x85a308d3], key: [0x13198a2e, 0x03707344], expected: [0xc4923a9c, 0x483df7a0] },
  ] as const)(
    'gives the known answer for the counter $counter under the key $key',
    ({ counter, key, expected }) => {
      const words = new Uint32Array(2)
      threefry2x32(key[0], key[1], counter[0], counter[1], words)
      expect([...words]).toEqual(expected)
    },
  )

  it.each([4, 5])('encrypts %i consecutive counters as it does single ones', (count) => {
    const together = new Uint32Array(2 * count)
    threefry2x32(5, 2 ** 32 - 1, 3, 2 ** 31 - 2, together)
    const alone = Array.from({ length: count }, (_, i) => {
      const words = new Uint32Array(2)
      threefry2x32(5, 2 ** 32 - 1, 3, 2 ** 31 - 2 + i, words)
      return [...words]
    })
    expect([...together]).toEqual(alone.flat())
  })

  it('writes nothing beside its words', () => {
    const all = new Uint32Array(12)
    threefry2x32(1, 2, 3, 4, all.subarray(2, 8))
    expect([...all.subarray(8)]).toEqual([0, 0, 0, 0])
  })
})
