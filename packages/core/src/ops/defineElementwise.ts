import { cast, scalar, type Tensor } from '@tensorflow/tfjs-core'
import { argumentsOf, constantsOf, positionOf, type Constants } from './argumentsOf.ts'
import { broadcastShapes } from './broadcast.ts'
import { fill as filled } from './constant.ts'
import {
  newValues,
  runKernel,
  type Kernel,
  type TensorType,
  type Values,
  type TensorValues,
} from './kernel.ts'
import { checkTensors, type Real } from './real.ts'
import { reshape } from './shapes.ts'
import { sumTo } from './sum.ts'

/** The derivative with respect to one argument times `dy`, given all arguments. */
export type Derivative = (dy: Tensor, ...args: Real[]) => Real

export interface ElementwiseOptions {
  /** The kernel of TensorFlow.js that does the same. */
  readonly tfjs?: string
  /** How elements are computed; left to the backend if not given and it has a kernel. */
  readonly fill?: Fill
  /** The type of the result where no argument is a real number; float32 if not given. */
  readonly whole?: 'int32' | 'bool'
  /** What the kernel of TensorFlow.js takes, if not real numbers, or whole ones where all arguments are. */
  readonly of?: 'bool'
  /** With numbers for all arguments but one, x, the op is max(slope · x + intercept, least), which has a fast loop. */
  readonly line?: (constants: Constants) => Line | undefined
}

const KERNELS = /* @__PURE__ */ new WeakMap<(...args: never) => Real, Kernel>()

type TypeOf = (inputs: readonly { readonly dtype: string }[], constants: Constants) => TensorType

type Line = readonly [slope: number, intercept: number, least?: number]

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
  { tfjs, whole, of, line, fill = tfjs ? undefined : fillUnary }: ElementwiseOptions = {},
): (...args: Real[]) => Real {
  const operandType: TypeOf = (inputs, constants) => {
    const isWhole =
      inputs.every(({ dtype }) => dtype !== 'float32') && constants.every((c) => c === null || c === (c | 0))
    return of ?? (whole && isWhole ? 'int32' : 'float32')
  }
  const typeOf: TypeOf = (inputs, constants) => (whole === 'bool' ? whole : operandType(inputs, constants))
  const kernel: Kernel = {
    elementwise: { f, typeOf },
    tfjs: tfjs === undefined ? undefined : [tfjs],
    prepare: (inputs, { constants }) => {
      const dtype = operandType(inputs, constants as Constants)
      return argumentsOf(constants as Constants, inputs).map((x) =>
        typeof x === 'number' ? scalar(x, dtype as 'float32') : x.dtype === dtype ? x : cast(x, dtype),
      )
    },
    compute: (inputs, attributes) => {
      const constants = attributes['constants'] as Constants
      const shape = broadcastShapes(
        inputs.map((input) => input.shape),
        name,
      )
      const out = newValues(shape, typeOf(inputs, constants))
      const along = inputs.length === 1 && line?.(constants)
      if (along) fillLine(inputs[0]!.data, along, out.data)
      else if (fill) fill(f, inputs, constants, out)
      // TensorFlow.js's own leave real numbers in what they call int32.
      else if (constants.length === 1 && out.dtype === 'int32') fillUnary(f, inputs, constants, out)
      else return undefined
      return out
    },
    gradient: (index, dy, inputs, attributes) => {
      const constants = attributes['constants'] as Constants
      const { shape } = inputs[index]!
      const derivative = derivatives[positionOf(constants, index)]
      return derivative
        ? sumTo(derivative(dy, ...argumentsOf(constants, inputs)) as Tensor, shape)
        : filled(shape, 0)
    },
  }
  const op = (...args: Real[]): Real => {
    if (args.every((x) => typeof x === 'number')) return f(...args)
    const inputs = args.filter((x) => typeof x !== 'number')
    checkTensors(name, ...inputs)
    const constants = constantsOf(args)
    const along = inputs.length === 1 && line?.(constants)
    // Multiplied by 1 or added to −0, elements are what they were: nothing is computed. (−0 + 0 is 0.)
    if (
      along &&
      along[0] === 1 &&
      Object.is(along[1], -0) &&
      along[2] === undefined &&
      inputs[0]!.dtype === operandType(inputs, constants)
    )
      return reshape(inputs[0]!, inputs[0]!.shape)
    return runKernel(`variate.${name}`, kernel, inputs, { constants })
  }
  KERNELS.set(op, kernel)
  return op
}

/** The kernel of an elementwise op: for what puts one in the place of another. */
export function kernelOf(op: (...args: never) => Real): Kernel {
  return KERNELS.get(op)!
}

function fillUnary(f: (x: number) => number, [x]: readonly Values[], _: Constants, { data }: Values): void {
  for (let i = 0; i < data.length; i++) data[i] = f(x!.data[i]!)
}

function fillLine(x: TensorValues, [slope, intercept, least = -Infinity]: Line, out: TensorValues): void {
  for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i]! * slope + intercept, least)
}
