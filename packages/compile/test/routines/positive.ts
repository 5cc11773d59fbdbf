import { numbers } from './numbers.ts'

/** Symmetric positive definite matrices [count, n, n]. */
export function positive(n: number, count: number, seed: number): Float64Array {
  const roots = numbers(count * n * n, seed)
  const out = new Float64Array(count * n * n)
  for (let at = 0; at < count; at++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = i === j ? 1 : 0
        for (let k = 0; k < n; k++) sum += roots[(at * n + i) * n + k]! * roots[(at * n + j) * n + k]!
        out[(at * n + i) * n + j] = sum
      }
    }
  }
  return out
}
