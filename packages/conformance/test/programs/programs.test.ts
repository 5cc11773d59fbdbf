import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { ndarray } from '@variate/core'
import { expect, test } from 'vitest'
import { eagerly, type Numbers } from '../distributions/ways.ts'
import * as factors from './factors.ts'
import { inputsOf, mapped, withGradient, type Program } from './program.ts'
import * as regressions from './regressions.ts'
import * as sequences from './sequences.ts'

const programs: readonly Program[] = [sequences, regressions, factors].flatMap((module) =>
  Object.values(module),
)

const arrayOf = ({ data, shape }: Numbers) =>
  ndarray(data instanceof Int32Array ? data : Float64Array.from(data), [...shape])

/** What float32 rounding adds up to in a program, as a share of the largest number of a gradient. */
const ROUNDING = 5e-5

/** The largest difference of two lists of numbers, as a share of the largest number. */
function apart(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const truth = Array.from(wanted)
  const largest = Math.max(...truth.map(Math.abs), 1e-30)
  return Math.max(...truth.map((y, i) => Math.abs(got[i]! - y))) / largest
}

test('there are programs enough', () => {
  expect(programs.length).toBeGreaterThanOrEqual(16)
})

test.each(programs.map((program) => [program.name, program] as const))(
  '%s: value and gradient, compiled, are those of TensorFlow.js',
  (_, program) => {
    const inputs = inputsOf(program)
    const eager = eagerly.run(withGradient({ ...program, f: program.unrolled ?? program.f }), inputs)
    const narrow = compile(withGradient(program), { engine: 'wasm' })
    const wide = compile(withGradient(program), { precision: 'float64', engine: 'wasm' })
    const arrays = inputs.map(arrayOf)
    const exact = wide(...arrays)
    const found = narrow(...arrays)
    eager.forEach(({ shape, data }, i) => {
      expect(exact[i]!.shape).toEqual(shape)
      expect(found[i]!.shape).toEqual(shape)
      expect(apart(data, exact[i]!.data), `eager result ${i}`).toBeLessThan(ROUNDING)
      expect(apart(found[i]!.dataSync(), exact[i]!.data), `float32 result ${i}`).toBeLessThan(ROUNDING)
    })
    tf.dispose([...found])
    const along = slopeAlong(program, (given) => wide(...given)[0]!.data[0]!)
    const steepness = exact.slice(1).flatMap(({ data }) => Array.from(data))
    const wanted = steepness.reduce((sum, slope, i) => sum + slope * directionAt(i), 0)
    const size = steepness.reduce((sum, slope, i) => sum + Math.abs(slope * directionAt(i)), 0)
    expect(Math.abs(along - wanted) / size, 'slope by differences').toBeLessThan(1e-7)
    for (const { explain } of [narrow, wide]) expect(explain()).toMatchObject({ engine: 'wasm', called: [] })
  },
)

/** A direction in which all variables change at once. */
function directionAt(i: number): number {
  return Math.cos(3 * i + 1)
}

/** The slope of a value along it, by central differences of sixth order. */
function slopeAlong(program: Program, valueOf: (given: ReturnType<typeof arrayOf>[]) => number): number {
  const step = 2 ** -13
  const count = Object.keys(program.variables).length
  const at = (by: number): number => {
    let next = 0
    return valueOf(
      inputsOf(program).map((input, i) =>
        arrayOf(i < count ? mapped(input, (x) => x + by * directionAt(next++)) : input),
      ),
    )
  }
  const [one, two, three] = [1, 2, 3].map((k) => at(k * step) - at(-k * step)) as [number, number, number]
  return (45 * one - 9 * two + three) / (60 * step)
}
