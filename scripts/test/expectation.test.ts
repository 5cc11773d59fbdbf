import { describe, expect, test } from 'vitest'
import { difference, parseExpected } from '../examples/expectation.ts'

const differs = (actual: unknown, literal: string): boolean =>
  difference(actual, parseExpected(literal)) !== undefined

describe('a number', () => {
  test.each([
    [-1130.2604, '-1130.26'],
    [-1130.2649, '-1130.26'],
    [0.35587, '.35587'],
    [1234.4, '1.234e3'],
    [0.1 + 0.2, '0.30'],
    [2.0000000000000004, '2'],
    [1_000_000, '1_000_000'],
    [0, '-0'],
  ])('%d is shown as %s', (actual, literal) => expect(differs(actual, literal)).toBe(false))

  test.each([
    [-1130.2652, '-1130.26'],
    [1234.6, '1.234e3'],
    [4.3, '4'],
    [Number.NaN, '1'],
    ['1', '1'],
  ])('%s is not shown as %s', (actual, literal) => expect(differs(actual, literal)).toBe(true))
})

test('NaN, infinities, undefined, null, booleans and bigints are themselves', () => {
  const pairs: readonly [unknown, string][] = [
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [12n, '12n'],
  ]
  for (const [actual, literal] of pairs) expect(differs(actual, literal), literal).toBe(false)
  expect(differs(null, 'undefined')).toBe(true)
  expect(differs(Infinity, '-Infinity')).toBe(true)
})

test('strings agree exactly', () => {
  expect(differs('a (b)', `'a (b)'`)).toBe(false)
  expect(differs('a', `'A'`)).toBe(true)
})

test('lists agree element by element, as arrays, typed arrays and arrays of data', () => {
  expect(differs([1, [2.004]], '[1, [2.00]]')).toBe(false)
  expect(differs(Float32Array.of(0.1, 0.2), '[0.1, 0.2]')).toBe(false)
  expect(differs({ toNested: () => [[1, 2]] }, '[[1, 2]]')).toBe(false)
  expect(differs([1, 2], '[1]')).toBe(true)
  expect(differs([1, 2], '[1, …]')).toBe(false)
  expect(differs(1, '[1]')).toBe(true)
})

test('records agree key by key, and hide none unless they say so', () => {
  expect(differs({ kind: 'converged' }, `{ kind: 'converged' }`)).toBe(false)
  expect(differs({ kind: 'converged', step: 3 }, `{ kind: 'converged' }`)).toBe(true)
  expect(differs({ kind: 'converged', step: 3 }, `{ kind: 'converged', ... }`)).toBe(false)
  expect(differs({}, `{ kind: 'converged' }`)).toBe(true)
})

test('a difference says where it is', () => {
  const found = difference({ means: [1, 2.6] }, parseExpected('{ means: [1, 2.5] }'))
  expect(found).toBe('.means[1] is 2.6')
})

test('a remark in brackets is left aside, anything else that is not a literal is refused', () => {
  expect(differs(-1130.264, '-1130.26 (nats)')).toBe(false)
  expect(() => parseExpected('about 3')).toThrow('"about 3" is not a literal')
  expect(() => parseExpected('[a]')).toThrow('not a literal')
})
