import { expect, test } from 'vitest'
import { key, linalg, random } from '@variate/core'

// Four rows or columns are computed together; each number is summed in the order of the formulas, one term after the other.

/** A positive definite matrix at an offset among other numbers, its upper triangle NaN. */
function matrixOf(n: number, offset: number): Float64Array {
  const x = random.normal(key(n), [n, n], { dtype: 'float64' })
  const a = new Float64Array(n * n + 2 * offset).fill(-7)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0
      for (let k = 0; k < n; k++) sum += x.at(i, k) * x.at(j, k)
      a[offset + i * n + j] = j > i ? NaN : sum
    }
  return a
}

function factored(a: Float64Array, n: number, offset: number): Float64Array {
  const l = a.slice()
  const at = (i: number, j: number): number => offset + i * n + j
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = l[at(i, j)]!
      for (let k = 0; k < j; k++) sum -= l[at(i, k)]! * l[at(j, k)]!
      l[at(i, j)] = j > i ? 0 : j === i ? Math.sqrt(sum) : sum / l[at(j, j)]!
    }
  return l
}

function inverted(l: Float64Array, n: number, offset: number): Float64Array {
  const w = l.slice()
  const at = (i: number, j: number): number => offset + i * n + j
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let k = j; k < i; k++) sum += l[at(i, k)]! * w[at(k, j)]!
      w[at(i, j)] = -sum * (1 / l[at(i, i)]!)
    }
    w[at(i, i)] = 1 / l[at(i, i)]!
  }
  return w
}

const sizes = Array.from({ length: 15 }, (_, i) => i + 1)

test.each(sizes)('the Cholesky factor of %i rows and its inverse have the bits of their formulas', (n) => {
  const offset = 3
  const a = matrixOf(n, offset)
  const factor = factored(a, n, offset)
  const l = a.slice()
  expect(linalg.choleskyInPlace(l, n, offset)).toBe(-1)
  expect(l).toEqual(factor)
  for (let i = 0; i < n; i++) l.fill(NaN, offset + i * n + i + 1, offset + (i + 1) * n)
  const before = l.slice()
  linalg.invertLowerInPlace(l, n, offset)
  expect(l).toEqual(inverted(before, n, offset))
})

test.each(sizes)('of %i rows the first whose pivot is not positive is named', (n) => {
  for (let row = 0; row < n; row++) {
    const a = matrixOf(n, 0)
    a[row * n + row] = -1
    expect(linalg.choleskyInPlace(a, n)).toBe(row)
  }
})
