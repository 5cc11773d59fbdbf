import { expect, test } from 'vitest'
import { partOf } from '../../src/amortized/chunks.ts'

test('parts are of one size where a divisor is near, else as large as they may be', () => {
  expect(partOf(1000, 32)).toBe(25)
  expect(partOf(5000, 26)).toBe(25)
  expect(partOf(9000, 256)).toBe(250)
  expect(partOf(1009, 32)).toBe(32)
  expect(partOf(7, 32)).toBe(7)
  expect(partOf(7, 1)).toBe(1)
})
