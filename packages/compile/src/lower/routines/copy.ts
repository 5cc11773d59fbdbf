import { unsigned } from '../../wasm/encode.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import { variable, type Statement } from '../../wasm/statement.ts'
import { I32, I64, V128, value, type Value } from '../../wasm/value.ts'
import { plus } from './integers.ts'

/** Up to so many bytes are copied without a loop. */
const SHORT = 128

/** Copies so many bytes, a multiple of 4. */
export function copy(from: Value, to: Value, bytes: number): readonly Statement[] {
  if (bytes <= SHORT) return pieces(bytes).map(([size, offset]) => moved(size, from, to, offset))
  // What is left of whole vectors is part of one that ends where the bytes do.
  const [read, written, end] = [variable(I32), variable(I32), variable(I32)]
  return [
    { variable: read, to: from },
    { variable: end, to: plus(from, bytes - (bytes % 16)) },
    { variable: written, to },
    {
      index: read,
      from: read.get,
      to: end.get,
      step: 16,
      mayBeEmpty: false,
      body: [moved(16, read.get, written.get, 0), { variable: written, to: plus(written.get, 16) }],
    },
    ...(bytes % 16 > 0 ? [moved(16, from, to, bytes - 16)] : []),
  ]
}

type Size = 4 | 8 | 16

function pieces(bytes: number): readonly (readonly [size: Size, offset: number])[] {
  const found: [Size, number][] = []
  for (let at = 0; at < bytes;) {
    const size = bytes - at >= 16 ? 16 : bytes - at >= 8 ? 8 : 4
    found.push([size, at])
    at += size
  }
  return found
}

function moved(size: Size, from: Value, to: Value, offset: number): Statement {
  const place = [0, ...unsigned(offset)]
  if (size === 16) {
    const x = value(V128, [...vectorCode(0), ...place], [from])
    return { code: [...vectorCode(0x0b), ...place], args: [to, x] }
  }
  const [type, load, store] = size === 8 ? [I64, 0x29, 0x37] : ([I32, 0x28, 0x36] as const)
  return { code: [store, ...place], args: [to, value(type, [load, ...place], [from])] }
}
