import type { Node } from '../../../graph/node.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import { convert } from '../../element.ts'
import type { FusedProduct, Operand } from '../../fusedProducts.ts'
import { Elements, type Setting } from '../../loops/elements.ts'
import type { Linear } from '../../loops/linear.ts'
import { Memory } from '../../loops/memory.ts'
import type { Target } from '../../target.ts'
import { plus, times } from '../integers.ts'
import { splatAt } from '../memory.ts'

/** The most instructions of an element that are written into tiles. */
const SHORT = 32

/** Where a part of an operand begins, and the bytes from one row of the product to the next and from one column. */
export interface OperandAt {
  readonly start: Variable
  readonly row: number
  readonly column: number
}

/** What is made of the sums of a product before they are stored. */
export interface Epilogue {
  readonly operands: readonly OperandAt[]
  /** Whether it is so much that the constants it takes had better be ready for many rows than made for each tile. */
  readonly isLong: boolean
  /**
   * What is made of vectors of a tile, each at a row of it and so many vectors right of its first column.
   *
   * @param kept what holds a vector of an operand, once it is read.
   */
  ofTile(kept?: (read: Value) => Value): (sum: Value, row: number, vector: number) => Value
}

export function epilogueOf(
  { root, unstored, operands, instructions }: FusedProduct,
  target: Target,
  isStored: (node: Node) => boolean,
): Epilogue {
  const { vectors: l } = target
  const { domain, node, source } = root
  const places = operands.map(({ row, column }): OperandAt => ({
    start: variable(I32),
    row: row * l.bytes,
    column: column * l.bytes,
  }))
  const numbers = new Map(operands.map((operand, i) => [keyOf(operand.node, operand.at), i]))
  const dimensions = domain.map((length, axis) => ({ length, axis }))
  const setting: Setting = { target, domain, dimensions, memory: new Memory([]), isStored }
  const read = ({ node: of }: Operand, { start, row, column }: OperandAt, at: number, vector: number) => {
    const x = column === 0 ? splatAt(l, start.get, at * row) : l.load(start.get, at * row + 16 * vector)
    return of.dtype === 'bool' ? convert(l, x, 'float32', 'bool') : x
  }
  return {
    operands: places,
    isLong: instructions > SHORT,
    ofTile: (kept = (x) => x) => {
      const known = new Map<string, Value>()
      return (sum, row, vector) => {
        const elements = new OfTile(l, setting, (of, at) => {
          if (unstored.has(of)) return sum
          const k = numbers.get(keyOf(of, at))!
          const { row: apart, column } = places[k]!
          const key = [k, apart === 0 ? 0 : row, column === 0 ? 0 : vector].join()
          const x = known.get(key) ?? kept(read(operands[k]!, places[k]!, row, vector))
          known.set(key, x)
          return x
        })
        return source === node ? elements.own(node) : elements.whole(source)
      }
    },
  }
}

/** Moves what is read of operands by rows and columns of the product. */
export function moved(epilogue: Epilogue | undefined, rows: number, columns: number): readonly Statement[] {
  return (epilogue?.operands ?? []).flatMap(({ start, row, column }) => {
    const bytes = rows * row + columns * column
    return bytes === 0 ? [] : [{ variable: start, to: plus(start.get, bytes) }]
  })
}

/** Sets where parts of operands begin to a row of the product, given where its first one is. */
export function atRow(
  epilogue: Epilogue | undefined,
  firsts: readonly Variable[],
  row: Value,
): readonly Statement[] {
  return (epilogue?.operands ?? []).map(({ start, row: bytes }, i) => ({
    variable: start,
    to: bytes === 0 ? firsts[i]!.get : plus(firsts[i]!.get, times(row, bytes)),
  }))
}

/** The variables that say where parts of operands begin. */
export function startsOf(epilogue: Epilogue | undefined): readonly Variable[] {
  return (epilogue?.operands ?? []).map(({ start }) => start)
}

/** Elements that are made of the vectors of a tile and of operands there. */
class OfTile extends Elements {
  readonly #read: (node: Node, at: Linear) => Value

  constructor(l: Target['vectors'], setting: Setting, read: (node: Node, at: Linear) => Value) {
    super(l, setting, 0)
    this.#read = read
  }

  override load(node: Node, at: Linear): Value {
    return this.#read(node, at)
  }
}

function keyOf({ id }: Node, { coefficients, offset }: Linear): string {
  return `${id} ${coefficients}+${offset}`
}
