import type { TensorType } from '@variate/core/ops'
import { float32Bytes, float64Bytes, unsigned } from '../../wasm/encode.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { whole, type Instruction, type Statement, type Variable } from '../../wasm/statement.ts'
import { F32, F64, I32, value, type Value } from '../../wasm/value.ts'
import { vectorOf } from '../../wasm/vectorOf.ts'
import { convert } from '../element.ts'
import { plus, times } from '../routines/integers.ts'
import { loadLane, splatAt, splatOf, storeLane } from '../routines/memory.ts'
import type { Linear } from './linear.ts'

/** The bytes that tensors are moved by, by where they begin otherwise. */
export type Shifts = ReadonlyMap<number, Value>

/** Reads and writes elements of tensors at places that depend linearly on the indices of loops. */
export class Memory {
  readonly #indices: readonly Variable[]
  readonly #products = new Map<string, Value>()
  readonly #shifts: Shifts

  /**
   * @param indices of the loops, the innermost last: it goes from vector to vector where code computes in vectors.
   * @param shifts of tensors whose place depends on more than the indices.
   */
  constructor(indices: readonly Variable[], shifts: Shifts = new Map()) {
    this.#indices = indices
    this.#shifts = shifts
  }

  /** Elements of a tensor that begins at the byte address `start`, `ahead` turns of the innermost loop from here. */
  load(l: Lanes, dtype: TensorType, start: number, at: Linear, ahead: number): Value {
    const bytes = dtype === 'int32' ? 4 : l.bytes
    const step = at.coefficients.at(-1) ?? 0
    const [address, offset] = this.#place(at, bytes, start, at.offset + step * ahead)
    if (dtype === 'int32') return value(I32, [0x28, 2, ...unsigned(offset)], [address])
    const read = (l.isVector && step !== 1 ? spread : plain)(l, address, offset, step)
    return dtype === 'bool' ? convert(l, read, 'float32', 'bool') : read
  }

  store(l: Lanes, dtype: TensorType, start: number, at: Linear, ahead: number, x: Value): Instruction {
    const bytes = dtype === 'int32' ? 4 : l.bytes
    const step = at.coefficients.at(-1) ?? 0
    const [address, offset] = this.#place(at, bytes, start, at.offset + step * ahead)
    if (dtype === 'int32') return { code: [0x36, 2, ...unsigned(offset)], args: [address, x] }
    const number = dtype === 'bool' ? convert(l, x, 'bool', 'float32') : x
    const code = l.isVector ? vectorCode(0x0b) : [l.isDouble ? 0x39 : 0x38]
    return { code: [...code, l.isDouble ? 3 : 2, ...unsigned(offset)], args: [address, number] }
  }

  /** Stores elements that are a step apart. */
  scatter(l: Lanes, dtype: TensorType, start: number, at: Linear, x: Value): readonly Statement[] {
    const step = at.coefficients.at(-1) ?? 0
    if (!l.isVector || step === 1) return [this.store(l, dtype, start, at, 0, x)]
    const number = dtype === 'bool' ? convert(l, x, 'bool', 'float32') : x
    const [address, offset] = this.#place(at, l.bytes, start, at.offset)
    return Array.from({ length: l.count }, (_, lane) =>
      storeLane(l, number, lane, address, offset + lane * step * l.bytes),
    )
  }

  /** The number itself, in every lane where it is at that turn. */
  number(l: Lanes, { coefficients, offset }: Linear, ahead: number): Value {
    const step = coefficients.at(-1) ?? 0
    const terms = coefficients.flatMap((c, i) => (c === 0 ? [] : this.#product(i, c)))
    const first = terms.reduce((total, term) => plus(total, term), whole(offset + step * ahead))
    const one = value(l.isDouble ? F64 : F32, [l.isDouble ? 0xb7 : 0xb2], [first])
    if (!l.isVector) return one
    const lanes = Array.from({ length: l.count }, (_, k) =>
      (l.isDouble ? float64Bytes : float32Bytes)(k * step),
    )
    return l.add(splatOf(l, one), vectorOf(lanes.flat()))
  }

  /** What an instruction adds up to the address: both count as ≥ 0, so that what goes backwards has the start in one. */
  #place(
    at: Linear,
    bytes: number,
    start: number,
    elements: number,
  ): readonly [address: Value, offset: number] {
    const shift = this.#shifts.get(start)
    const own = this.#address(at, bytes)
    const address = shift ? plus(own, shift) : own
    const offset = start + bytes * elements
    if (at.coefficients.every((c) => c >= 0)) return [address, offset]
    return [plus(address, offset), 0]
  }

  /** The bytes from a tensor's start that the indices make up; what the outer loops make of it is one value. */
  #address({ coefficients }: Linear, bytes: number): Value {
    const key = [bytes, ...coefficients].join()
    const known = this.#products.get(key)
    if (known) return known
    const terms = coefficients.flatMap((c, i) => (c === 0 ? [] : this.#product(i, c * bytes)))
    const address = terms.length === 0 ? whole(0) : terms.reduce((sum, term) => plus(sum, term))
    this.#products.set(key, address)
    return address
  }

  #product(loop: number, factor: number): Value {
    const key = `${loop}: ${factor}`
    const known = this.#products.get(key)
    if (known) return known
    const product = times(this.#indices[loop]!.get, factor)
    this.#products.set(key, product)
    return product
  }
}

function plain(l: Lanes, address: Value, offset: number): Value {
  return l.load(address, offset)
}

/** A vector of numbers that do not follow each other: the same in each lane, or from places a step apart. */
function spread(l: Lanes, address: Value, offset: number, step: number): Value {
  let vector = splatAt(l, address, offset)
  const others = step === 0 ? 0 : l.count
  for (let k = 1; k < others; k++) {
    const ahead = k * step * l.bytes
    const [from, at] = step < 0 ? [plus(address, ahead), offset] : [address, offset + ahead]
    vector = loadLane(l, vector, k, from, at)
  }
  return vector
}
