import { argumentsOf, type Constants } from './argumentsOf.ts'
import { offsetsIn, sameShape } from './broadcast.ts'
import type { TensorValues, Values } from './kernel.ts'

type Scalar = (...args: number[]) => number

/**
 * out[i] = f(arguments at i): each argument a constant or an array that broadcasts to the shape of `out`. The usual
 * cases, arrays of equal shape and single numbers, have loops of their own.
 */
export function fillElementwise(
  f: Scalar,
  inputs: readonly Values[],
  constants: Constants,
  out: Values,
): void {
  const args = argumentsOf(constants, inputs).map((arg) => {
    if (typeof arg === 'number') return arg
    if (arg.data.length === 1) return arg.data[0]!
    return sameShape(arg.shape, out.shape) ? arg.data : expand(arg, out)
  })
  if (args.length === 1) return fill1(f, args[0]!, out.data)
  if (args.length === 2) return fill2(f, args[0]!, args[1]!, out.data)
  fillMany(f, args.map(asArray), out.data)
}

function fill1(f: Scalar, x: number | TensorValues, out: TensorValues): void {
  if (typeof x === 'number') out.fill(f(x))
  else for (let i = 0; i < out.length; i++) out[i] = f(x[i]!)
}

function fill2(f: Scalar, a: number | TensorValues, b: number | TensorValues, out: TensorValues): void {
  const length = out.length
  if (typeof a === 'number') {
    if (typeof b === 'number') out.fill(f(a, b))
    else for (let i = 0; i < length; i++) out[i] = f(a, b[i]!)
  } else if (typeof b === 'number') {
    for (let i = 0; i < length; i++) out[i] = f(a[i]!, b)
  } else {
    for (let i = 0; i < length; i++) out[i] = f(a[i]!, b[i]!)
  }
}

/** An array that is read at i modulo its length: of one element for a number. */
function asArray(arg: number | TensorValues): ArrayLike<number> {
  return typeof arg === 'number' ? [arg] : arg
}

/** Of three arguments or four; a function of three is not told of a fourth. */
function fillMany(f: Scalar, [a, b, c, d = [0]]: readonly ArrayLike<number>[], out: TensorValues): void {
  const [stepA, stepB, stepC, stepD] = [a!, b!, c!, d].map(({ length }) => +(length > 1))
  for (let i = 0; i < out.length; i++) {
    out[i] = f(a![i * stepA!]!, b![i * stepB!]!, c![i * stepC!]!, d[i * stepD!]!)
  }
}

function expand({ data, shape }: Values, out: Values): TensorValues {
  const offsets = offsetsIn(shape, out.shape, out.data.length)
  const expanded = new Float64Array(offsets.length)
  for (let i = 0; i < offsets.length; i++) expanded[i] = data[offsets[i]!]!
  return expanded as never
}
