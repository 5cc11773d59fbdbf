const TABLE_SIZE = 128
const logs = /* @__PURE__ */ Float64Array.from({ length: TABLE_SIZE }, (_, i) => Math.log(1 + i / TABLE_SIZE))
const reciprocals = /* @__PURE__ */ Float64Array.from(
  { length: TABLE_SIZE },
  (_, i) => 2 ** -23 / (1 + i / TABLE_SIZE),
)

/**
 * log(x) for a normal float32 number x > 0, of which it takes the bits, to 6e-12: twice as fast as `Math.log` on
 * random numbers, whose branches it has not. x = 2ᵉ·c·(1 + r), with c one of 128 numbers and 0 ≤ r < 1/128.
 */
export function fastLog(bits: number): number {
  const exponent = (bits >>> 23) - 127
  const entry = (bits >>> 16) & (TABLE_SIZE - 1)
  const r = (bits & 0xffff) * reciprocals[entry]!
  return exponent * Math.LN2 + logs[entry]! + r * (1 - r * (1 / 2 - r * (1 / 3 - r * (1 / 4))))
}
