/** 2²⁷ + 1: splits a float64 number into halves of 26 bits (Dekker 1971). */
const SPLITTER = 134217729

/**
 * exp(−scale·x²), scale = 1 or ½: the rounding error of x², which would be multiplied by the exponential, is
 * computed exactly (Dekker 1971, "A floating-point technique for extending the available precision").
 */
export function expMinusSquare(x: number, scale: number): number {
  const square = x * x
  if (!(square < 1500)) return Math.exp(-scale * square)
  const scaled = x * SPLITTER
  const high = scaled - (scaled - x)
  const low = x - high
  const error = high * high - square + 2 * high * low + low * low
  const value = Math.exp(-scale * square)
  return value - value * scale * error
}
