import { unsigned } from '../wasm/encode.ts'
import type { Node } from '../graph/node.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Statement } from '../wasm/statement.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { convert } from './element.ts'

// Elements of tensors at addresses that are known: truth values are real numbers there.

const ZERO: Value = /* @__PURE__ */ value(I32, [0x41, 0])

/** One element of a tensor at an address. */
export function loadElement(l: Lanes, { dtype }: Node, address: number, i: number): Value {
  if (dtype === 'int32') return value(I32, [0x28, 2, ...unsigned(address + 4 * i)], [ZERO])
  const x = l.load(ZERO, address + l.bytes * i)
  return dtype === 'bool' ? convert(l, x, 'float32', 'bool') : x
}

export function storeElement(l: Lanes, { dtype }: Node, address: number, i: number, x: Value): Statement {
  if (dtype === 'int32') return { code: [0x36, 2, ...unsigned(address + 4 * i)], args: [ZERO, x] }
  const number = dtype === 'bool' ? convert(l, x, 'bool', 'float32') : x
  const code = l.isDouble ? [0x39, 3] : [0x38, 2]
  return { code: [...code, ...unsigned(address + l.bytes * i)], args: [ZERO, number] }
}

/** A vector of elements from element `from` on, whatever is behind the last one. */
export function loadVector(l: Lanes, { dtype }: Node, address: number, from: number): Value {
  const numbers = l.load(ZERO, address + l.bytes * from)
  return dtype === 'bool' ? convert(l, numbers, 'float32', 'bool') : numbers
}
