import type { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import type { Numbers } from '../distributions/ways.ts'

/** A log density or a loss, as somebody may write it who has not read how programs are compiled. */
export interface Program {
  readonly name: string
  /** What it is differentiated in, then what is given. */
  readonly variables: Readonly<Record<string, Numbers>>
  readonly data: Readonly<Record<string, Numbers>>
  readonly f: (variables: Tensors, data: Tensors) => Tensor
  /** The same with a JavaScript loop instead of one that is compiled. */
  readonly unrolled?: Program['f']
}

export type Tensors = Readonly<Record<string, Tensor>>

/** Numbers that look random, from −1 to 1, of a shape. */
export function noise(seed: number, ...shape: number[]): { shape: number[]; data: number[] } {
  const length = shape.reduce((product, n) => product * n, 1)
  return { shape, data: Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) ** 1.3 + 78.233 * seed)) }
}

/** Whole numbers from 0 to below `count`. */
export function whole(count: number, seed: number, ...shape: number[]): Numbers {
  const { data } = noise(seed, ...shape)
  return { shape, data: Int32Array.from(data, (x) => Math.floor(((x + 1) / 2) * 0.999 * count)) }
}

/** The same numbers by a function of each. */
export function mapped({ shape, data }: Numbers, f: (x: number) => number): Numbers {
  return { shape, data: Array.from(data, f) }
}

/** All inputs of a program in order. */
export function inputsOf({ variables, data }: Program): readonly Numbers[] {
  return [...Object.values(variables), ...Object.values(data)]
}

/** A program as a function of its inputs in order, which gives the value and the gradient in each variable. */
export function withGradient({ variables, data, f }: Program) {
  const [names, given] = [Object.keys(variables), Object.keys(data)]
  return (...inputs: readonly Tensor[]): readonly Tensor[] => {
    const rest = named(given, inputs.slice(names.length))
    const total = (...xs: Tensor[]): Tensor => f(named(names, xs), rest)
    const { value, grads } = valueAndGrad(total)(...inputs.slice(0, names.length))
    return [value, ...grads]
  }
}

function named(names: readonly string[], xs: readonly Tensor[]): Tensors {
  return Object.fromEntries(names.map((name, i) => [name, xs[i]!]))
}
