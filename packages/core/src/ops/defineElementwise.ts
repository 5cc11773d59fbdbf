import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import * as tf from '@tensorflow/tfjs-core'
import { broadcastShapes } from './broadcast.ts'
import {
  newValues,
  runKernel,
  type Kernel,
  type RunOnBackend,
  type TensorType,
  type Values,
  type TensorValues,
} from './kernel.ts'
import { isTensor, type Real } from './real.ts'
import { sumTo } from './sum.ts'

/** The derivative with respect to one argument times `dy`, given all arguments. */
export type Derivative = (dy: Tensor, ...args: Real[]) => Real

/** The arguments of a call that are numbers, null where a tensor stands. */
export type Constants = readonly (number | null)[]

export interface ElementwiseOptions {
  /** The kernel of TensorFlow.js that does the same. */
  readonly tfjs?: string
  /** How elements are computed; left to the backend if not given and it has a kernel. */
  readonly fill?: Fill
  /** The type of the result where no argument is a real number; float32 if not given. */
  readonly whole?: 'int32' | 'bool'
  /** With numbers for all arguments but one, x, the op is slope · x + intercept: the two, which have a fast loop. */
  readonly line?: (constants: Constants) => Line | undefined
}

type Line = readonly [slope: number, intercept: number]

/** out[i] = f(arguments at i). */
export type Fill = (
  f: (...args: number[]) => number,
  inputs: readonly Values[],
  constants: Constants,
  out: Values,
) => void

/**
 * An op on each element, which leaves to the backend what it has a kernel for: a function of numbers, computed in float64 and rounded once, and its partial derivatives
 * (null or none for what is constant between jumps). Arguments broadcast; numbers among them are constants of the kernel.
 */
export function defineElementwise(
  name: string,
  f: (...args: number[]) => number,
  derivatives: readonly (Derivative | null)[],
  { tfjs, whole, line, fill = tfjs ? undefined : fillUnary }: ElementwiseOptions = {},
): (...args: Real[]) => Real {
  const typeOf = (inputs: readonly { readonly dtype: string }[], constants: Constants): TensorType => {
    if (whole === 'bool') return whole
    const isWhole =
      inputs.every(({ dtype }) => dtype !== 'float32') &&
      constants.every((constant) => constant === null || (constant | 0) === constant)
    return whole && isWhole ? whole : 'float32'
  }
  const kernel: Kernel = {
    tfjs: tfjs === undefined ? undefined : { kernel: tfjs, run: delegate(tfjs, typeOf) },
    compute: (inputs, attributes) => {
      const constants = attributes['constants'] as Constants
      const shapes = inputs.map(({ shape }) => shape)
      const out = newValues(broadcastShapes(shapes, name), typeOf(inputs, constants))
      const along = line && inputs.length === 1 ? line(constants) : undefined
      if (along) fillLine(inputs[0]!.data, along, out.data)
      else if (fill) fill(f, inputs, constants, out)
      else return undefined
      return out
    },
    gradient: (index, dy, inputs, attributes) => {
      const { shape } = inputs[index]!
      const [at, args] = place(attributes['constants'] as Constants, inputs, index)
      const derivative = derivatives[at]
      if (!derivative) return tf.zeros([...shape])
      return sumTo(derivative(dy, ...args) as Tensor, shape)
    },
  }
  return (...args) => {
    if (args.every((x) => typeof x === 'number')) return f(...args)
    const alien = args.find((x) => typeof x !== 'number' && !isTensor(x))
    if (alien !== undefined) {
      throw new UnsupportedError(`${name}: arguments must be numbers or tensors, got ${String(alien)}`)
    }
    const constants: Constants = args.map((x) => (typeof x === 'number' ? x : null))
    return runKernel(`variate.${name}`, kernel, args.filter(isTensor), { constants })
  }
}

function fillUnary(f: (x: number) => number, [x]: readonly Values[], _: Constants, { data }: Values): void {
  for (let i = 0; i < data.length; i++) data[i] = f(x!.data[i]!)
}

function fillLine(x: TensorValues, [slope, intercept]: Line, out: TensorValues): void {
  for (let i = 0; i < out.length; i++) out[i] = x[i]! * slope + intercept
}

/** The position of input `index` among the arguments, and the arguments. */
function place(constants: Constants, inputs: readonly Tensor[], index: number): [number, Real[]] {
  let seen = 0
  let at = 0
  const args = constants.map((constant, i) => {
    if (constant !== null) return constant
    if (seen === index) at = i
    return inputs[seen++]!
  })
  return [at, args]
}

/** Leaves the work to a kernel of the backend, which wants tensors of one type under names of its own. */
function delegate(tfjs: string, typeOf: (inputs: readonly TensorInfo[], constants: Constants) => TensorType) {
  return (
    run: RunOnBackend,
    inputs: readonly TensorInfo[],
    attributes: Readonly<Record<string, unknown>>,
  ): TensorInfo => {
    const constants = attributes['constants'] as Constants
    const result = typeOf(inputs, constants)
    const isReal =
      inputs.some(({ dtype }) => dtype === 'float32') || constants.some((c) => c !== null && (c | 0) !== c)
    const dtype = result === 'float32' || isReal ? 'float32' : 'int32'
    const made: TensorInfo[] = []
    const make = (info: TensorInfo): TensorInfo => (made.push(info), info)
    let next = 0
    const args = constants.map((constant) => {
      if (constant !== null) {
        const out = newValues([], dtype)
        out.data[0] = constant
        return make(run.constant(out))
      }
      const input = inputs[next++]!
      return input.dtype === dtype ? input : make(run('Cast', { x: input }, { dtype }))
    })
    const names = args.length === 1 ? ['x'] : ['a', 'b']
    const out = run(tfjs, Object.fromEntries(args.map((arg, i) => [names[i]!, arg])))
    for (const info of made) run.dispose(info)
    return out
  }
}
