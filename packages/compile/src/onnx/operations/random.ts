import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import { CENTRAL, TAIL } from '../../wasm/random/standardNormal.ts'
import { horner } from '../../wasm/maths/horner.ts'
import { castTo } from '../convert.ts'
import type { Emission } from '../emission.ts'
import { onnxLanes, tensorOf, valueOf } from '../onnxLanes.ts'
import type { Rule } from '../rule.ts'
import { shaped } from './movement.ts'
import { threefry, type Words } from './threefry.ts'

/** The words of the keys that are drawn from. */
function keyOf(node: Node, e: Emission): Words {
  const plain = node.attributes['key'] as Shape | null | undefined
  if (plain) return plain.map((word) => e.graph.constant(word, 'uint32')) as unknown as Words
  return wordsOf(e.of(node.inputs[0]!), e)
}

/** The two words of a key. */
function wordsOf(key: string, e: Emission): Words {
  const words = castTo(e.graph, key, 'uint32')
  return [0, 1].map((i) => e.graph.op('Gather', [words, e.graph.constant(i, 'int64')])) as unknown as Words
}

/** The words of counters from 0 on. */
function counted(node: Node, e: Emission, count: number): Words {
  const counters = e.graph.constant(
    Array.from({ length: count }, (_, i) => i),
    'uint32',
    [count],
  )
  return threefry(e.graph, keyOf(node, e), [e.graph.constant(0, 'uint32'), counters])
}

/** Keys as pairs of words, int32 [..., 2]. */
function keysOf(words: Words, e: Emission, shape: Shape): string {
  const columns = words.map((word) => shaped(e, word, [...shape.slice(0, -1), 1]))
  return castTo(e.graph, e.graph.op('Concat', columns, { axis: shape.length - 1 }), 'int32')
}

/** Uniform numbers on (0, 1) in float64, of 52 bits, never an end. */
function units([word0, word1]: Words, e: Emission): string {
  const { graph } = e
  const c = (x: number): string => graph.constant(x, 'float64')
  const low = graph.op('BitShift', [word1, graph.constant(12, 'uint32')], { direction: 'RIGHT' })
  const high = graph.op('Mul', [castTo(graph, word0, 'float64'), c(2 ** 20)])
  const sum = graph.op('Add', [graph.op('Add', [high, castTo(graph, low, 'float64')]), c(0.5)])
  return graph.op('Mul', [sum, c(2 ** -52)])
}

/** Draws by counters, each of the shape and in the precision that a program has. */
function drawn(make: (words: Words, e: Emission) => string): Rule {
  return (node, e) => {
    const size = sizeOf(node.shape)
    if (size === 0) return e.graph.filled(0, e.precision, node.shape)
    return shaped(e, castTo(e.graph, make(counted(node, e, size), e), e.precision), node.shape)
  }
}

/** Keys, and what is drawn from them: the same bits as core's, and of reals the same but for how logarithms are rounded. */
export const RANDOM: Readonly<Record<string, Rule>> = {
  key: ({ attributes }, e) =>
    e.graph.constant(
      (attributes['words'] as Shape).map((word) => word | 0),
      'int32',
      [2],
    ),
  foldInKey: ({ inputs: [key, data], shape }, e) => {
    const low = castTo(e.graph, e.of(data!), 'uint32')
    const words = threefry(e.graph, wordsOf(e.of(key!), e), [e.graph.constant(0, 'uint32'), low])
    return keysOf(words, e, shape)
  },
  splitKey: (node, e) => keysOf(counted(node, e, node.attributes['count'] as number), e, node.shape),
  drawUniform: drawn((words, e) => {
    const belowOne = e.graph.constant(1 - 2 ** -24, 'float64')
    return e.graph.op('Min', [units(words, e), belowOne])
  }),
  drawGumbel: drawn((words, e) => {
    const negLog = (x: string): string => e.graph.op('Neg', [e.graph.op('Log', [x])])
    return negLog(negLog(units(words, e)))
  }),
  // √2·erfinv(u), u uniform on (−1, 1), both in float32, by what is between in float64, as core has it.
  drawNormal: drawn(([word0, word1], e) => {
    const { graph } = e
    const bits = graph.op('BitShift', [graph.op('BitwiseXor', [word0, word1]), graph.constant(9, 'uint32')], {
      direction: 'RIGHT',
    })
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
  }),
}
