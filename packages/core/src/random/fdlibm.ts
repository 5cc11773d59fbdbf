// What is made of arithmetic alone has the same bits in every engine, as `Math.exp` and `Math.log`, which ECMAScript leaves to
// engines, have not: fdlibm's ways of computing them (Sun Microsystems 1993).

/** ln 2 in two parts: the first has so many trailing zeros that its product with an exponent is exact. */
const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10

const bytes: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8))

/** eˣ for results that are normal numbers. */
export function exp(x: number): number {
  const n = Math.floor(x * Math.LOG2E + 0.5)
  const high = x - n * LN2_HIGH
  const low = n * LN2_LOW
  const r = high - low
  const t = r * r
  const tail = 6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8)
  const c = r - t * (1.66666666666666019037e-1 + t * (-2.77777777770155933842e-3 + t * tail))
  const mantissa = 1 - (low - (r * c) / (2 - c) - high)
  bytes.setUint32(0, (n + 1023) << 20)
  bytes.setUint32(4, 0)
  return mantissa * bytes.getFloat64(0)
}

/** log x for normal numbers x > 0. */
export function log(x: number): number {
  bytes.setFloat64(0, x)
  const top = bytes.getUint32(0)
  const digits = top & 0xfffff
  // Counted from √½, the exponent changes there rather than at 1.
  const carry = (digits + 0x95f64) & 0x100000
  const exponent = (top >>> 20) - 1023 + (carry >>> 20)
  bytes.setUint32(0, digits | (carry ^ 0x3ff00000))
  const f = bytes.getFloat64(0) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const last = 1.818357216161805012e-1 + w * 1.479819860511658591e-1
  const even = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * last))
  const series = odd + even
  const high = exponent * LN2_HIGH
  const low = exponent * LN2_LOW
  if (digits < 0x6147b || digits >= 0x6b851) return high - (s * (f - series) - low - f)
  const halfSquare = 0.5 * f * f
  return high - (halfSquare - (s * (halfSquare + series) + low) - f)
}
