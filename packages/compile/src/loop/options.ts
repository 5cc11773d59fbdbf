import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NdArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import { isArrays, isRecord, takeApart, type Arrays, type Structure } from '../compiled/structure.ts'

/** What a step sees of data: a tensor for each array and number. */
export type Tensors<Data> = Data extends Tensor
  ? Data
  : Data extends Arrays | number
    ? Tensor
    : Data extends object
      ? { readonly [Name in keyof Data]: Tensors<Data[Name]> }
      : Data

/** What is computed in the place of data: any tensor for each array and number. */
export type Computed<Data> = Data extends Arrays | number
  ? Tensor
  : Data extends object
    ? { readonly [Name in keyof Data]: Computed<Data[Name]> }
    : Data

/** What a step sees besides the state. */
export interface StepContext<Inputs = undefined, Each = undefined> {
  /** The number of the step, from 0 on, as an int32 scalar. */
  readonly index: Tensor
  /** The key of this step, int32 of shape [2], if the loop has one. */
  readonly key: Tensor
  readonly inputs: Tensors<Inputs>
  /** The rows of the step, of what has one for each. */
  readonly each: Tensors<Each>
}

export interface LoopOptions<State, Inputs = undefined, Each = undefined> {
  /** What the first step begins with: an array or a number, or records and tuples of them. */
  readonly state: State
  /** How many steps there are. */
  readonly count: number
  /** What every step sees whole. Tensors that the step captures are seen as well, as constants outside of a trace. */
  readonly inputs?: Inputs
  /** What each step sees a row of, along the first axis: the first step the first. */
  readonly each?: Each
  /** Where the steps' random numbers come from: step i has the key `foldInKey(random, i)`. */
  readonly random?: AnyKey
  /** Of which steps outputs are kept: of every so many the last. */
  readonly collect?: Collect | undefined
}

export interface Collect {
  readonly every: number
}

/** What a loop gives: the state after the last step, and what was collected, one row behind the other. */
export interface LoopResult<State, Outputs = undefined> {
  readonly state: Computed<State>
  readonly outputs: Computed<Outputs>
}

/** Any step, and what any loop is told. */
export type AnyStep = (state: never, context: never) => unknown
export type AnyOptions = LoopOptions<unknown, unknown, unknown>

/** @throws DomainError for a count that is no whole number ≥ 0 or so many steps, none of which are collected. */
export function checkOptions({ count, collect }: AnyOptions, who: string): void {
  if (!Number.isInteger(count) || count < 0 || count >= 2 ** 31) {
    throw new DomainError(`${who}: count must be a whole number ≥ 0, got ${String(count)}`)
  }
  if (!collect || (Number.isInteger(collect.every) && collect.every > 0)) return
  throw new DomainError(`${who}: collect.every must be a whole number ≥ 1, got ${String(collect.every)}`)
}

/** Takes data of a loop apart, in which numbers are scalars. */
export function partsOf(data: unknown, who: string): Structure {
  return takeApart(withScalars(data), who)
}

function withScalars(x: unknown): unknown {
  if (typeof x === 'number') return new NdArray(Float64Array.of(x), [])
  if (isArrays(x)) return x
  if (Array.isArray(x)) return x.map(withScalars)
  return isRecord(x)
    ? Object.fromEntries(Object.entries(x).map(([name, item]) => [name, withScalars(item)]))
    : x
}
