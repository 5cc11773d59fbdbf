import { sizeOf, type Node } from '../../../graph/node.ts'
import { unsigned } from '../../../wasm/encode.ts'
import { lanes } from '../../../wasm/lanes.ts'
import { countersFrom, wordInAll } from '../../../wasm/random/countersFrom.ts'
import { threefry, type Words } from '../../../wasm/random/threefry.ts'
import { variable, whole, type Loop, type Statement, type Variable } from '../../../wasm/statement.ts'
import { fresh, I32, value, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { bytesOf, loadNumber } from '../elements.ts'
import { least, plus, storeInt32, times } from '../integers.ts'
import { one } from '../linalg/wide.ts'
import { store, storeVector } from '../memory.ts'
import { ElementStream } from './elementStream.ts'
import { zigguratsAt, type ZigguratsAt } from './zigguratAt.ts'

const four = /* @__PURE__ */ lanes('float32', true)
const word = /* @__PURE__ */ lanes('float32', false)

/** A draw as it is made: element by element. */
export interface Draw {
  /** Which one, as int32. */
  readonly element: Value
  /** Lane 0 of its words. */
  readonly words: Words
  /** Draws more for the element, within what `slowly` makes. */
  readonly stream: ElementStream
  readonly ziggurats: ZigguratsAt
  /**
   * A function that puts a number into a variable, and the statements that call it: loops that are seldom entered would
   * slow down what is around them.
   *
   * @param given variables that it takes as they are.
   */
  slowly(given: readonly Variable[], result: Variable, body: readonly Statement[]): readonly Statement[]
}

/**
 * Statements for each of `size` draws from a key, on its two words: words are made for four at a time, with what more an
 * element needs one by one.
 */
export function eachDraw(
  target: Target,
  key: Words,
  size: number,
  body: (draw: Draw) => readonly Statement[],
): readonly Statement[] {
  const [block, element, lane] = [variable(I32), variable(I32), variable(I32)]
  // Two vectors of words, the two words of another lane, and a number that a function gives.
  const room = target.room(48)
  let defined: Statement | undefined
  const more = (): Statement =>
    (defined ??= target.define(
      threefry(key, [lane.get, element.get]).map((x, i) => storeInt32(room + 32 + 4 * i, x)),
      [lane, element],
    ))
  const ziggurats = zigguratsAt(target)
  const stream = new ElementStream(
    (at, into) => [
      { variable: lane, to: at },
      more(),
      ...into.map((to, i) => ({ variable: to, to: fresh(wordAt(room + 32 + 4 * i, whole(0))) })),
    ],
    ziggurats,
  )
  const place = times(word.and(element.get, whole(3)), 4)
  const words = [variable(I32), variable(I32)] as const
  const draw: Draw = {
    element: element.get,
    words: [words[0].get, words[1].get],
    stream,
    ziggurats,
    slowly: (given, result, slow) => {
      return [
        target.define(
          [stream.seek(0), ...slow, store(one, result.get, whole(0), room + 40)],
          [element, ...given],
        ),
        { variable: result, to: fresh(one.load(whole(0), room + 40)) },
      ]
    },
  }
  const made = threefry([wordInAll(key[0]), wordInAll(key[1])], [four.bits(0), countersFrom(block.get)])
  const each: Loop = {
    index: element,
    from: block.get,
    to: least(plus(block.get, 4), whole(size)),
    step: 1,
    mayBeEmpty: false,
    body: [
      ...words.map((to, i) => ({ variable: to, to: fresh(wordAt(room + 16 * i, place)) })),
      ...body(draw),
    ],
  }
  const blocks: Loop = {
    index: block,
    from: whole(0),
    to: whole(size),
    step: 4,
    mayBeEmpty: size === 0,
    body: [...made.flatMap((x, i) => storeVector(four, x, whole(0), room + 16 * i)), each],
  }
  return [blocks]
}

/** A parameter of a draw, in float64: the same for all, or one for each. */
export function parameterAt(target: Target, node: Node, element: Value): Value {
  const bytes = bytesOf(target, node)
  const offset = sizeOf(node.shape) === 1 ? whole(0) : times(element, bytes)
  return loadNumber(target, node, plus(offset, target.address(node)))
}

function wordAt(address: number, place: Value): Value {
  return value(I32, [0x28, 2, ...unsigned(address)], [place])
}
