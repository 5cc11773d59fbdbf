const DIGIT_BITS = 8
const DIGITS = 1 << DIGIT_BITS

/**
 * `values` in the order of their `bits`, ties in the order they had: a radix sort from the least digit up.
 */
export function sortByBits(bits: Uint32Array, values: Int32Array): Int32Array<ArrayBuffer> {
  let [fromBits, toBits] = [Uint32Array.from(bits), new Uint32Array(bits.length)]
  let [from, to] = [Int32Array.from(values), new Int32Array(values.length)]
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const positions = startsOfDigits(fromBits, shift)
    for (let i = 0; i < from.length; i++) {
      const word = fromBits[i]!
      const digit = (word >>> shift) & (DIGITS - 1)
      const position = positions[digit]!++
      toBits[position] = word
      to[position] = from[i]!
    }
    ;[fromBits, toBits] = [toBits, fromBits]
    ;[from, to] = [to, from]
  }
  return from
}

/** Where the first element with each digit goes. */
function startsOfDigits(bits: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(DIGITS + 1)
  for (let i = 0; i < bits.length; i++) starts[((bits[i]! >>> shift) & (DIGITS - 1)) + 1]!++
  for (let digit = 1; digit < DIGITS; digit++) starts[digit]! += starts[digit - 1]!
  return starts
}
