import { GAUSS_NODES, GAUSS_WEIGHTS } from '@variate/core/internal'
import type { Node } from '../../graph/node.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Statement } from '../../wasm/statement.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { Surroundings } from '../routinesOfNumbers.ts'
import { entry } from '../routines/draws/zigguratAt.ts'
import { iterate } from './iterate.ts'
import { add, constant, lt } from './number.ts'

const COUNT = GAUSS_NODES.length
/** Nodes and weights, as int32: memory holds real numbers in the precision of the program. */
const TABLE: Node = /* @__PURE__ */ (() => {
  const values = new Int32Array(Float64Array.from([...GAUSS_NODES, ...GAUSS_WEIGHTS]).buffer)
  const shape = [values.length]
  return { id: -1, op: 'constant', inputs: [], attributes: { values }, shape, dtype: 'int32' }
})()

/** Weighted sums of functions at the nodes of the Gauss–Legendre rule of 32 points on [0, 1]. */
export function quadrature(
  address: Surroundings['address'],
  integrands: (node: Value, weight: Value) => readonly Value[],
): readonly [statements: readonly Statement[], sums: readonly Value[]] {
  const at = address(TABLE)
  const zero = constant(0)
  const count = integrands(zero, zero).length
  const [statements, [, ...sums]] = iterate([zero, ...Array(count).fill(zero)], ([i, ...sums]) => {
    const index = value(I32, [0xaa], [i!])
    const terms = integrands(entry(at, index), entry(at + 8 * COUNT, index))
    const next = add(i!, 1)
    return { next: [next, ...sums.map((sum, k) => l.add(sum, terms[k]!))], again: lt(next, COUNT) }
  })
  return [statements, sums]
}
