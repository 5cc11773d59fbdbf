import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { add, mul, sum, tanh } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { batch, compile, grad, loop } from '../../src/index.ts'
import { CASES, tensorOf, type Case, type Input } from './cases.ts'
import { difference, looped, waysOf, type Op } from './looped.ts'

const SIZES = { inner: 2, outer: 3 }

type Axis = 'none' | 'inner' | 'outer' | 'both'

const isOf = (way: readonly Axis[], which: 'inner' | 'outer'): (0 | null)[] =>
  way.map((axis) => (axis === which || axis === 'both' ? 0 : null))

/** The function of a batch of batches, the same as loops, and what both are given. */
function nested(f: Op, inputs: readonly Input[], way: readonly Axis[]) {
  const [inner, outer] = [isOf(way, 'inner'), isOf(way, 'outer')]
  return {
    all: batch(batch(f, { axes: inner, size: SIZES.inner }), { axes: outer, size: SIZES.outer }) as Op,
    truth: looped(looped(f, inner, SIZES.inner), outer, SIZES.outer),
    given: inputs.map(({ shape, of }, i) => {
      const axes = [...(outer[i] === 0 ? [SIZES.outer] : []), ...(inner[i] === 0 ? [SIZES.inner] : [])]
      return tensorOf({ shape: [...axes, ...shape], of }, i)
    }),
  }
}

/** Where the compiled batch is not what loops are, in float32 to 2e-6, in float64 to 1e-12. */
function gaps(f: Op, inputs: readonly Input[], ways: readonly (readonly Axis[])[]): readonly string[] {
  return ways.flatMap((way) => {
    const { all, truth, given } = nested(f, inputs, way)
    const wanted = tf.tidy(() => truth(...given))
    const narrow = compile(all, { engine: 'wasm' })(...given)
    const options = { engine: 'wasm', precision: 'float64' } as const
    const [wide, exact] = [compile(all, options)(...given), compile(truth, options)(...given)]
    const far = wide.data.findIndex((x, i) => !isNear(x, exact.data[i]!))
    const gap = difference(narrow, wanted)
    tf.dispose([...given, wanted, narrow])
    return [
      ...(gap ? [`${way}: ${gap}`] : []),
      ...(far >= 0 ? [`${way}, float64: ${wide.data[far]} for ${exact.data[far]} at ${far}`] : []),
    ]
  })
}

function isNear(got: number, truth: number): boolean {
  return Object.is(got, truth) || Math.abs(got - truth) <= 1e-12 * Math.max(1, Math.abs(truth))
}

/** Each input in both batches, and each in one or none of them, in turn. */
const turns = ({ inputs }: Case, at: number): readonly (readonly Axis[])[] => {
  const some = ['outer', 'none', 'inner'] as const
  return [inputs.map(() => 'both'), inputs.map((_, i) => some[(2 * i + at) % 3]!)]
}

test.each(
  CASES.map(
    (one, i) => [`${one.name} of ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`, one, i] as const,
  ),
)('a compiled batch of batches of %s is a loop of loops, in both precisions', (_, one, i) =>
  expect(gaps(one.f, one.inputs, turns(one, i))).toEqual([]),
)

const LOOPED: readonly Input[] = [
  { shape: [2], of: 'real' },
  { shape: [4, 2], of: 'real' },
  { shape: [2], of: 'real' },
]
/** A recurrence, of which every second step is collected; within it another one. */
const recurrence: Op = (a, x, s) => {
  const { state, outputs } = loop(
    (now: tf.Tensor, { each }) => {
      const inner = loop((y: tf.Tensor) => tanh(add(mul(a!, y), each)) as tf.Tensor, {
        state: now,
        count: 2,
      }).state
      return { state: inner as tf.Tensor, outputs: mul(inner as tf.Tensor, now) as tf.Tensor }
    },
    { state: s!, count: 4, each: x!, collect: { every: 2 } },
  )
  return add(sum(state), sum(outputs)) as tf.Tensor
}

test.each(waysOf(['none', 'inner', 'outer', 'both'] as const, 3).filter((_, i) => i % 6 === 3))(
  'a compiled batch of batches of loops is a loop of loops, mapped %s, %s, %s',
  (...way) => {
    for (const f of [recurrence, grad(recurrence as never) as unknown as Op]) {
      expect(gaps(f, LOOPED, [way])).toEqual([])
    }
  },
)
