import { sizeOf } from '../../../graph/node.ts'
import { exactNormals } from '../../../wasm/random/exactNormal.ts'
import { repeat, variable } from '../../../wasm/statement.ts'
import { fresh, I32 } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { aligned } from '../../aligned.ts'
import { plus, times } from '../integers.ts'
import { loadWide, one as l } from '../linalg/wide.ts'
import { fourByFour, normalsIn } from '../random.ts'
import { parameterAt } from './eachDraw.ts'
import { keysOf } from './keysOf.ts'
import { length } from './length.ts'
import { storeDraw } from './storeDraw.ts'

/** Standard skew normal draws (α·|X| + Y)/√(1 + α²), as core's: X and Y are normal. */
export const drawSkewNormal: Routine = (node, target) => {
  const alpha = node.inputs.at(-1)!
  const [size, { bytes }] = [sizeOf(node.shape), target.lanes]
  const { set, keys } = keysOf(node, target)
  const folded = target.room(aligned(bytes * size))
  const [ofFolded, ofRest] = [folded, target.address(node)].map((address, which) =>
    fourByFour(keys[which]!, size, address, target, (words) => normalsIn(target, exactNormals(words))),
  )
  const element = variable(I32)
  const a = parameterAt(target, alpha, element.get)
  const x = fresh(loadWide(target.lanes, plus(times(element.get, bytes), folded)))
  const y = fresh(parameterAt(target, node, element.get))
  const sum = l.div(l.add(l.mul(a, l.abs(x)), y), length(a))
  const sums = [repeat(element, 0, size, 1, [storeDraw(node, target, element.get, sum)])]
  return [set, ofFolded!, ofRest!, sums].map((statements) => target.define(statements))
}
