const SPLITTER = 2 ** 27 + 1
/** Above this, splitting a factor into halves would overflow. */
const LARGE = 2 ** 970

/**
 * a·b + c rounded once, like the processor's fused instruction: the rounding errors of the product and of
 * the sum are recovered exactly (Dekker 1971, Knuth 1969) and added last. |a| must be below 2⁹⁷⁰.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  if (Math.abs(b) > LARGE) return fusedMultiplyAdd(a, b * 2 ** -60, c * 2 ** -60) * 2 ** 60
  const product = a * b
  const aHigh = SPLITTER * a - (SPLITTER * a - a)
  const bHigh = SPLITTER * b - (SPLITTER * b - b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  const productError = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)

  const sum = product + c
  const shadow = sum - product
  const sumError = product - (sum - shadow) + (c - shadow)
  return sum + (productError + sumError)
}
