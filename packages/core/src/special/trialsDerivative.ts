import { xlog1py } from './xlog1py.ts'
import { xlogy } from './xlogy.ts'

/**
 * x·log p + y·log(1 − p), 0·log 0 = 0, the log probability of x successes and y failures in a given order, or its
 * derivative of order m in p. Where the log probability is −∞ the derivatives are given as 0.
 */
export function trialsDerivative(m: number, x: number, y: number, p: number): number {
  if (m === 0) return xlogy(x, p) + xlog1py(y, -p)
  if ((p === 0 && x !== 0) || (p === 1 && y !== 0)) return 0
  const ofSuccesses = x === 0 ? 0 : x * (-1) ** (m - 1) * p ** -m
  const ofFailures = y === 0 ? 0 : y * (1 - p) ** -m
  return factorial(m - 1) * (ofSuccesses - ofFailures)
}

export function factorial(n: number): number {
  let product = 1
  for (let i = 2; i <= n; i++) product *= i
  return product
}
