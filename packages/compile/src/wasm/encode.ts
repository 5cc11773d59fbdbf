// The binary format of WebAssembly: https://webassembly.github.io/spec/core/binary/

/** A growing list of bytes. */
export class Bytes {
  #data = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  get data(): Uint8Array {
    return this.#data.subarray(0, this.#length)
  }

  push(...bytes: readonly number[]): this {
    return this.append(bytes)
  }

  append(bytes: ArrayLike<number>): this {
    const end = this.#length + bytes.length
    if (end > this.#data.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#data.length))
      grown.set(this.data)
      this.#data = grown
    }
    // Instructions are of few bytes, for which `set` takes longer.
    if (bytes.length > 32) this.#data.set(bytes, this.#length)
    else for (let i = 0; i < bytes.length; i++) this.#data[this.#length + i] = bytes[i]!
    this.#length = end
    return this
  }

  byte(x: number): this {
    if (this.#length === this.#data.length) return this.push(x)
    this.#data[this.#length++] = x
    return this
  }

  /** A whole number ≥ 0 in LEB128. */
  unsigned(x: number): this {
    for (; x > 0x7f; x = Math.floor(x / 128)) this.byte((x & 0x7f) | 0x80)
    return this.byte(x)
  }

  /** A list: its length, and its items one after the other. */
  list(items: readonly ArrayLike<number>[]): this {
    this.unsigned(items.length)
    for (const item of items) this.append(item)
    return this
  }

  /** Bytes with their number before them. */
  sized(bytes: ArrayLike<number>): this {
    return this.unsigned(bytes.length).append(bytes)
  }
}

/** A whole number from 0 to 2³² − 1 in LEB128. */
export function unsigned(x: number): number[] {
  const bytes: number[] = []
  do {
    bytes.push((x & 0x7f) | (x > 0x7f ? 0x80 : 0))
    x = Math.floor(x / 128)
  } while (x > 0)
  return bytes
}

/** A whole number from −2⁶³ to 2⁶³ − 1 in signed LEB128. */
export function signed(x: number | bigint): number[] {
  const bytes: number[] = []
  if (typeof x === 'number' && x === (x | 0)) {
    for (let rest = x; ; rest >>= 7) {
      const isLast = rest >= -0x40 && rest < 0x40
      bytes.push((rest & 0x7f) | (isLast ? 0 : 0x80))
      if (isLast) return bytes
    }
  }
  for (let rest = BigInt(x); ;) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)
    bytes.push(isLast ? low : low | 0x80)
    if (isLast) return bytes
  }
}

export function float32Bytes(x: number): number[] {
  return [...new Uint8Array(Float32Array.of(x).buffer)]
}

export function float64Bytes(x: number): number[] {
  return [...new Uint8Array(Float64Array.of(x).buffer)]
}

export function utf8(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)]
  return [...unsigned(bytes.length), ...bytes]
}
