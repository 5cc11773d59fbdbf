import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import { shown } from '../shown.ts'

/** What an op takes: a number, kept in float64 for as long as no tensor is involved, or a tensor. */
export type Real = number | Tensor

/** What an op of these arguments gives: a tensor as soon as one of them is, a number if none is. */
export type Join<
  A extends Real,
  B extends Real = number,
  C extends Real = number,
  D extends Real = number,
> = [A, B, C, D] extends [number, number, number, number]
  ? number
  : [A] extends [Tensor]
    ? Tensor
    : [B] extends [Tensor]
      ? Tensor
      : [C] extends [Tensor]
        ? Tensor
        : [D] extends [Tensor]
          ? Tensor
          : Real

/** An elementwise op of one argument. */
export type Unary = <A extends Real>(x: A) => Join<A>

/** An elementwise op of two arguments, which broadcast against each other. */
export type Binary = <A extends Real, B extends Real>(a: A, b: B) => Join<A, B>

/** An elementwise op of three arguments, which broadcast against each other. */
export type Ternary = <A extends Real, B extends Real, C extends Real>(a: A, b: B, c: C) => Join<A, B, C>

/** An elementwise op of four arguments, which broadcast against each other. */
export type Quaternary = <A extends Real, B extends Real, C extends Real, D extends Real>(
  a: A,
  b: B,
  c: C,
  d: D,
) => Join<A, B, C, D>

export function isTensor(x: unknown): x is Tensor {
  return typeof x === 'object' && x !== null && 'dataId' in x
}

/** @throws UnsupportedError for arguments of an op that are no tensors; `runKernel` asks for all that reach it. */
export function checkTensors(op: string, ...args: readonly unknown[]): void {
  const alien = args.findIndex((x) => !isTensor(x))
  if (alien < 0) return
  throw new UnsupportedError(
    `${op}: got ${shown(args[alien])} where a tensor belongs: make it one, constant(…)`,
  )
}
