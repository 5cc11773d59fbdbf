import type { Node } from '../../../graph/node.ts'
import { unsigned } from '../../../wasm/encode.ts'
import { repeat, variable, whole, type Statement } from '../../../wasm/statement.ts'
import { I32, value, type Value } from '../../../wasm/value.ts'
import { convert } from '../../element.ts'
import type { Target } from '../../target.ts'
import { plus, times } from '../integers.ts'
import { store } from '../memory.ts'
import { batched, overBatch } from '../overBatch.ts'

/** Products of matrices of whole numbers, modulo 2³² as in int32. */
export function wholeProduct(node: Node, target: Target): readonly Statement[] {
  const [a, b] = node.inputs as readonly [Node, Node]
  const { transposeA, transposeB } = node.attributes as { transposeA: boolean; transposeB: boolean }
  const [rows, columns] = node.shape.slice(-2) as [number, number]
  const inner = a.shape.at(transposeA ? -2 : -1)!
  const { lanes: l } = target
  const [i, j, k, sum] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const load = (start: Value, index: Value): Value =>
    value(I32, [0x28, 2, ...unsigned(0)], [plus(times(index, 4), start)])
  const ofA = transposeA ? plus(times(k.get, rows), i.get) : plus(times(i.get, inner), k.get)
  const ofB = transposeB ? plus(times(j.get, inner), k.get) : plus(times(k.get, columns), j.get)
  return overBatch(node.shape.slice(0, -2), batched(target, [a, b, node], 2), ([atA, atB, to]) => {
    const product = value(I32, [0x6c], [load(atA!, ofA), load(atB!, ofB)])
    const out = plus(times(plus(times(i.get, columns), j.get), l.bytes), to!)
    const one: readonly Statement[] = [
      { variable: sum, to: whole(0) },
      repeat(k, 0, inner, 1, [{ variable: sum, to: plus(sum.get, product) }]),
      store(l, convert(l, sum.get, 'int32', 'float32'), out),
    ]
    return [repeat(i, 0, rows, 1, [repeat(j, 0, columns, 1, one)])]
  })
}
