import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Value } from '../../wasm/value.ts'
import { castTo } from '../convert.ts'
import type { Emission } from '../emission.ts'
import { onnxLanes, tensorOf, valueOf } from '../onnxLanes.ts'
import type { Rule } from '../rule.ts'
import { shaped } from './movement.ts'
import { threefry, type Words } from './threefry.ts'
import { counted, keyOf, normals, units, upper, upperBits, wordAt, wordsOf } from './words.ts'

/** Keys as pairs of words, int32 [..., 2]. */
function keysOf(words: Words, e: Emission, shape: Shape): string {
  const columns = words.map((word) => shaped(e, word, [...shape.slice(0, -1), 1]))
  return castTo(e.graph, e.graph.op('Concat', columns, { axis: shape.length - 1 }), 'int32')
}

/** How so many draws are made from a key, given the parameters in float64: one of each, or one for each draw. */
type Make = (key: Words, size: number, e: Emission, parameters: readonly Value[], node: Node) => string

/** Draws by counters, each of the shape and the type that a program has. */
function drawn(make: Make): Rule {
  return (node, e) => {
    const { inputs, attributes, shape, dtype } = node
    const size = sizeOf(shape)
    if (size === 0) return e.graph.filled(0, e.type(dtype), shape)
    const parameters = inputs.slice(attributes['key'] ? 0 : 1).map((x) => {
      const flat = shaped(e, e.of(x), [sizeOf(x.shape)])
      return valueOf(castTo(e.graph, flat, 'float64'), 'float64')
    })
    const draws = make(keyOf(node, e), size, e, parameters, node)
    return shaped(e, castTo(e.graph, draws, e.type(dtype)), shape)
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
  splitKey: (node, e) =>
    keysOf(counted(keyOf(node, e), node.attributes['count'] as number, e), e, node.shape),
  drawUniform: drawn((key, size, e) => {
    const belowOne = e.graph.constant(1 - 2 ** -24, 'float64')
    return e.graph.op('Min', [units(counted(key, size, e), e), belowOne])
  }),
  drawGumbel: drawn((key, size, e) => {
    const negLog = (x: string): string => e.graph.op('Neg', [e.graph.op('Log', [x])])
    return negLog(negLog(units(counted(key, size, e), e)))
  }),
  drawNormal: drawn((key, size, e) => normals(counted(key, size, e), e)),
  // (α·|X| + Y)/√(1 + α²).
  drawSkewNormal: drawn((key, size, e, [alpha]) => {
    const l = onnxLanes(e.graph, 'float64')
    const pair = counted(key, 2, e)
    const [x, y] = [0, 1].map((i) => {
      const own = pair.map((word) => wordAt(word, i, e)) as unknown as Words
      return valueOf(castTo(e.graph, normals(counted(own, size, e), e), 'float64'), 'float64')
    }) as [Value, Value]
    // Without overflow where α² has it.
    const scale = l.max(l.abs(alpha!), l.constant(1))
    const [one, slope] = [l.div(l.constant(1), scale), l.div(alpha!, scale)]
    const length = l.mul(scale, l.sqrt(l.add(l.mul(one, one), l.mul(slope, slope))))
    return tensorOf(l.div(l.add(l.mul(alpha!, l.abs(x)), y), length))
  }),
  // The upper 32 bits of the product of 64 random ones and how many numbers there are, 16 at a time.
  drawRandint: drawn((key, size, e, [low, high]) => {
    const { graph } = e
    const l = onnxLanes(graph, 'float64')
    const c = (x: number): Value => l.constant(x)
    const wide = (word: string): Value => valueOf(castTo(graph, word, 'float64'), 'float64')
    const [word0, word1] = counted(key, size, e)
    const n = l.add(l.sub(l.min(high!, c(2 ** 31 - 1)), low!), c(1))
    const lower = graph.op('BitwiseAnd', [word0, graph.constant(0xffff, 'uint32')])
    const carried = l.floor(l.mul(l.mul(wide(word1), c(2 ** -32)), n))
    const middle = l.floor(l.mul(l.add(l.mul(wide(lower), n), carried), c(2 ** -16)))
    const top = l.add(l.mul(wide(upper(word0, 16, e)), n), middle)
    return tensorOf(l.add(low!, l.floor(l.mul(top, c(2 ** -16)))))
  }),
  // By inversion: how many sums of weights, but for the last, are not above a share of the total.
  drawCategorical: drawn((key, size, e, [weights], { inputs }) => {
    const { graph } = e
    const { shape } = inputs.at(-1)!
    const width = shape.at(-1)!
    const rows = sizeOf(shape) / width
    const table = shaped(e, tensorOf(weights!), [rows, width])
    const sums = graph.op('CumSum', [table, graph.constant(1, 'int64')])
    const part = (from: number, to: number): string =>
      graph.op('Slice', [sums, graph.whole([from]), graph.whole([to]), graph.whole([1])])
    const shares = graph.op('Mul', [upperBits(counted(key, size, e), e), graph.constant(2 ** -52, 'float64')])
    const own = shaped(e, shares, [size / rows, rows, 1])
    const target = graph.op('Mul', [own, part(width - 1, width)])
    const isBelow = graph.op('LessOrEqual', [part(0, width - 1), target])
    return graph.op('ReduceSum', [castTo(graph, isBelow, 'int32'), graph.whole([2])], { keepdims: 0 })
  }),
}
