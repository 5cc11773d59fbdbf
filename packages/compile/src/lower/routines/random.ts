import { sizeOf, type Node } from '../../graph/node.ts'
import { unsigned } from '../../wasm/encode.ts'
import { vectorCode } from '../../wasm/instructions.ts'
import { lowerHalves, upperHalf } from '../../wasm/inDouble.ts'
import { lanes } from '../../wasm/lanes.ts'
import { countersFrom, wordInAll } from '../../wasm/random/countersFrom.ts'
import { openUniforms } from '../../wasm/random/openUniform.ts'
import { inStep } from '../../wasm/inStep.ts'
import { standardNormal } from '../../wasm/random/standardNormal.ts'
import { threefry, type Words } from '../../wasm/random/threefry.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, V128, value, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { inParts } from './inParts.ts'
import { int32At, plus, storeInt32, times } from './integers.ts'

const four = /* @__PURE__ */ lanes('float32', true)
/** So many draws are written out; more are made in a loop. */
const FEW = 16
/** The instructions that a draw takes, by and large. */
const DRAW = 100
/** So many are made in step with each other. */
const TOGETHER = 16

/** A key of two words, as the constant of a program. */
export function key(node: Node, target: Target): readonly Statement[] {
  const words = node.attributes['words'] as readonly number[]
  return words.map((word, i) => storeInt32(target.address(node) + 4 * i, whole(word | 0)))
}

/** The key of a key and a number. */
export function foldInKey(node: Node, target: Target): readonly Statement[] {
  const data = int32At(target.address(node.inputs[1]!))
  const words = threefry(keyAt(target.address(node.inputs[0]!)), [whole(0), data])
  return words.map((word, i) => storeInt32(target.address(node) + 4 * i, word))
}

/** Keys made of one. */
export function splitKey(node: Node, target: Target): readonly Statement[] {
  const count = node.attributes['count'] as number
  const index = variable(I32)
  const words = threefry(keyAt(target.address(node.inputs[0]!)), [whole(0), index.get])
  const place = value(I32, [0x74], [index.get, whole(3)])
  return [
    repeat(
      index,
      0,
      count,
      1,
      words.map((word, i) => storeInt32(target.address(node) + 4 * i, word, place)),
    ),
  ]
}

/** Standard normals: in float32 in both precisions, so that equal keys give equal draws. */
export function drawNormal(node: Node, target: Target): readonly Statement[] {
  return fourByFour(keyOf(node, target), sizeOf(node.shape), target.address(node), target, (words) =>
    normalsIn(target, standardNormal(words)),
  )
}

/** Four normals in float32, as one vector or two in the precision of a program. */
export function normalsIn({ lanes }: Target, normals: Value): readonly Value[] {
  return lanes.isDouble ? [promoted(normals), promoted(upperHalf(normals))] : [normals]
}

/** Uniform numbers on (0, 1). */
export function drawUniform(node: Node, target: Target): readonly Statement[] {
  const make = ([word0, word1]: Words): readonly Value[] => {
    const pairs = [openUniforms([word0, word1]), openUniforms([upperHalf(word0), upperHalf(word1)])]
    if (target.lanes.isDouble) return pairs
    const [low, high] = pairs.map((pair) => value(V128, vectorCode(0x5e), [pair]))
    return [lowerHalves(low!, high!)]
  }
  return fourByFour(keyOf(node, target), sizeOf(node.shape), target.address(node), target, make)
}

/**
 * Stores `size` draws from a key at an address, four of them after another: `make` gives the one or two vectors that hold them,
 * of the words of their counters.
 */
export function fourByFour(
  key: Words,
  size: number,
  address: number,
  target: Target,
  make: (words: Words) => readonly Value[],
): readonly Statement[] {
  const words = key.map(wordInAll) as unknown as Words
  const bytes = 4 * target.lanes.bytes
  /** Draws from one on, so many vectors of four; of the last as many as are wanted. */
  const drawn = (at: Value, place: Value, offset: number, count: number): readonly Statement[] => {
    const fours = Array.from({ length: Math.ceil(count / 4) }, (_, i) =>
      make(threefry(words, [four.bits(0), countersFrom(plus(at, whole(4 * i)))])),
    )
    // What is written out among other code is done in step by whoever orders its instructions.
    const { statements, results } = count === TOGETHER ? inStep(fours) : { statements: [], results: fours }
    const vectors = results.flat().slice(0, Math.ceil(count / target.vectors.count))
    return [
      ...statements,
      ...vectors.map((vector, i) => ({
        code: [...vectorCode(0x0b), 4, ...unsigned(address + offset + 16 * i)],
        args: [place, vector],
      })),
    ]
  }
  if (size <= FEW) return drawn(whole(0), whole(0), 0, size)
  const index = variable(I32)
  const place = times(index.get, target.lanes.bytes)
  const loop = (from: Value, to: Value): Statement => {
    return { index, from, to, step: TOGETHER, mayBeEmpty: false, body: drawn(index.get, place, 0, TOGETHER) }
  }
  const most = size - (size % TOGETHER)
  const parts = inParts(target, { count: most, work: DRAW, unit: TOGETHER }, (count, first) => [
    loop(first, plus(first, count)),
  ])
  return [
    ...(parts ?? [loop(whole(0), whole(most))]),
    ...(most < size ? drawn(whole(most), whole(0), (most / 4) * bytes, size - most) : []),
  ]
}

/** The words of the key of a draw, an attribute or the first input. */
export function keyOf({ attributes, inputs }: Node, target: Target): Words {
  const plain = attributes['key'] as readonly number[] | null
  return plain ? [whole(plain[0]! | 0), whole(plain[1]! | 0)] : keyAt(target.address(inputs[0]!))
}

function keyAt(address: number): Words {
  return [int32At(address), int32At(address + 4)]
}

/** The first two numbers of a vector in float64. */
function promoted(x: Value): Value {
  return value(V128, vectorCode(0x5f), [x])
}
