import { sizeOf } from '../../../graph/node.ts'
import { repeat, variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, value, type Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { bytesOf, storeElement } from '../elements.ts'
import { plus, times } from '../integers.ts'
import { keyOf } from '../random.ts'
import { cumulate, cumulatedBytes, placeAmong } from './cumulated.ts'
import { eachDraw } from './eachDraw.ts'
import { shareOf } from './words.ts'

/**
 * Categories 0 … K − 1 by inversion, as core's, of the weights of one row, or of rows that repeat. They are cumulated before,
 * or one by one where each row is drawn from once.
 */
export const drawCategorical: Routine = (node, target) => {
  const weights = node.inputs.at(-1)!
  const categories = weights.shape.at(-1)!
  const [size, rows] = [sizeOf(node.shape), sizeOf(weights.shape.slice(0, -1))]
  const bytes = cumulatedBytes(categories)
  const isOnce = rows > 1 && size <= rows
  const isShared = isOnce || rows === 1
  const room = whole(target.room(isShared ? bytes : rows * bytes))
  const [at, index] = [variable(I32), variable(I32)]
  const cumulateRow = (row: Value, to: Value): readonly Statement[] =>
    cumulate(weights, target, plus(times(row, categories * bytesOf(target, weights)), target.address(weights)), to) // prettier-ignore
  const draws = eachDraw(target, keyOf(node, target), size, ({ element, words }) => [
    ...(isOnce ? cumulateRow(element, room) : []),
    ...placeAmong(categories, shareOf(words), isShared ? room : at.get, index),
    storeElement(target, node, index.get, plus(times(element, bytesOf(target, node)), target.address(node))),
    ...(isShared ? [] : [stepped(at, bytes, room, rows)]),
  ])
  const row = variable(I32)
  const before = [
    repeat(row, 0, isOnce ? 0 : rows, 1, cumulateRow(row.get, plus(times(row.get, bytes), room))),
    { variable: at, to: room },
  ]
  return [target.define([...before, ...draws])]
}

/** Goes to the next row, and from the last to the first. */
function stepped(at: Variable, bytes: number, first: Value, rows: number): Statement {
  const next = plus(at.get, bytes)
  const isEnd = value(I32, [0x46], [next, plus(first, rows * bytes)])
  return { variable: at, to: value(I32, [0x1b], [first, next, isEnd]) }
}
