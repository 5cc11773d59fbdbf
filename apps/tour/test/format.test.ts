import { expect, test } from 'vitest'
import { formatNumber, formatSeconds, formatShare } from '../src/format.ts'

test('seconds are whole, and minutes apart from 60 on', () => {
  expect([0.4, 59.4, 59.6, 65].map(formatSeconds)).toEqual(['0 s', '59 s', '1 min 0 s', '1 min 5 s'])
})

test('numbers have their thousands apart and a true minus sign', () => {
  expect([formatNumber(10_000), formatNumber(-1126.3163, 3)]).toEqual(['10,000', '−1,126.316'])
})

test('shares are percentages', () => {
  expect([formatShare(0.5), formatShare(0.57669, 1)]).toEqual(['50 %', '57.7 %'])
})
