import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { plus } from './integers.ts'
import { store, storeVector } from './memory.ts'

/** Adds numbers to others. */
export function addTo(
  { lanes: one, vectors: l }: Target,
  from: Value,
  to: Value,
  count: number,
): readonly Statement[] {
  if (count === 1) return [store(one, one.add(one.load(to, 0), one.load(from, 0)), to)]
  const rest = count % l.count
  const end = (count - rest) * l.bytes
  const at = variable(I32)
  const vector = (x: Value, y: Value, offset: number, lanes: number): readonly Statement[] =>
    storeVector(l, l.add(l.load(y, offset), l.load(x, offset)), y, offset, lanes)
  return [
    ...(end > 0 ? [repeat(at, 0, end, 16, vector(plus(from, at.get), plus(to, at.get), 0, l.count))] : []),
    ...(rest > 0 ? vector(from, to, end, rest) : []),
  ]
}
