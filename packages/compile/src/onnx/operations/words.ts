import type { Node, Shape } from '../../graph/node.ts'
import { horner } from '../../wasm/maths/horner.ts'
import { CENTRAL, TAIL } from '../../wasm/random/standardNormal.ts'
import { castTo, counting } from '../convert.ts'
import type { Emission } from '../emission.ts'
import { onnxLanes, tensorOf, valueOf } from '../onnxLanes.ts'
import { threefry, type Words } from './threefry.ts'

/** The words of the key that a node draws from. */
export function keyOf(node: Node, e: Emission): Words {
  const plain = node.attributes['key'] as Shape | null | undefined
  if (plain) return plain.map((word) => e.graph.constant(word, 'uint32')) as unknown as Words
  return wordsOf(e.of(node.inputs[0]!), e)
}

/** The two words of a key. */
export function wordsOf(key: string, e: Emission): Words {
  const words = castTo(e.graph, key, 'uint32')
  return [0, 1].map((i) => wordAt(words, i, e)) as unknown as Words
}

export function wordAt(words: string, i: number, e: Emission): string {
  return e.graph.op('Gather', [words, e.graph.constant(i, 'int64')])
}

/** The words of so many counters from 0 on. */
export function counted(key: Words, count: number, e: Emission): Words {
  const counters = castTo(e.graph, counting(e.graph, count), 'uint32')
  return threefry(e.graph, key, [e.graph.constant(0, 'uint32'), counters])
}

/** A word without its last bits. */
export function upper(word: string, by: number, e: Emission): string {
  return e.graph.op('BitShift', [word, e.graph.constant(by, 'uint32')], { direction: 'RIGHT' })
}

/** Whole numbers in float64, the 52 upper bits of two words. */
export function upperBits([word0, word1]: Words, e: Emission): string {
  const { graph } = e
  const high = graph.op('Mul', [castTo(graph, word0, 'float64'), graph.constant(2 ** 20, 'float64')])
  return graph.op('Add', [high, castTo(graph, upper(word1, 12, e), 'float64')])
}

/** Uniform numbers on (0, 1) in float64, of 52 bits, never an end. */
export function units(words: Words, e: Emission): string {
  const { graph } = e
  const middle = graph.op('Add', [upperBits(words, e), graph.constant(0.5, 'float64')])
  return graph.op('Mul', [middle, graph.constant(2 ** -52, 'float64')])
}

/** Standard normals √2·erfinv(u), u uniform on (−1, 1), both in float32, by what is between in float64, as core has it. */
export function normals([word0, word1]: Words, e: Emission): string {
  const { graph } = e
  const bits = upper(graph.op('BitwiseXor', [word0, word1]), 9, e)
  const [l, one] = [onnxLanes(graph, 'float64'), onnxLanes(graph, 'float32')]
  const wide = (x: string) => valueOf(castTo(graph, x, 'float64'), 'float64')
  const unit = valueOf(castTo(graph, bits, 'float32'), 'float32')
  const u = one.add(one.mul(unit, one.constant(2 ** -22)), one.constant(-1 + 2 ** -24))
  const rest = one.sub(one.constant(1), one.mul(u, u))
  const w = l.neg(valueOf(graph.op('Log', [tensorOf(wide(tensorOf(rest)))]), 'float64'))
  const central = horner(l, CENTRAL, l.sub(w, l.constant(2.5)))
  const tail = horner(l, TAIL, l.sub(l.sqrt(w), l.constant(3)))
  const ratio = l.select(l.lt(w, l.constant(5)), central, tail)
  const normal = l.mul(l.constant(Math.fround(Math.SQRT2)), l.mul(wide(tensorOf(u)), ratio))
  return castTo(graph, tensorOf(normal), 'float32')
}
