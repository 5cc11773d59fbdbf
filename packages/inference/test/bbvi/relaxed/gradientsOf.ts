import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { key as keyOf, NdArray, split } from '@variate/core'
import type { Estimator, ObjectiveParameters, Problem, Tree } from '@variate/estimators'
import { constant } from '@variate/core/ops'
import type { Family } from '@variate/families'
import { bind, freeParameters } from '@variate/language/internal'
import { problemOf, structureOf, type Structure } from '../../../src/bbvi/problemOf.ts'

export type Numbers = { readonly [name: string]: NdArray<Float64Array> | Numbers }
export interface Parameters {
  readonly model: Numbers
  readonly guide: Numbers
}

/** A model with its data and a family: as an estimator sees it. */
export interface Subject {
  readonly structure: Structure
  readonly values: unknown
  problem(data: unknown): Problem
}

/** @param rows of plates of which not all elements are taken: which are. */
export function subject(
  model: { readonly program: never },
  data: Readonly<Record<string, unknown>>,
  family: Family,
  rows: Readonly<Record<string, readonly number[]>> = {},
): Subject {
  const bound = bind(model.program, data, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  const setting = {
    model: bound,
    theta: freeParameters(bound),
    variational: family.of(bound, 'test'),
    latents: [],
  }
  const structure = structureOf(
    setting,
    new Map(Object.entries(rows).map(([plate, own]) => [plate, own.length])),
  )
  return {
    structure,
    values: bound.values,
    problem: (values) => {
      const taken = Object.entries(rows).map(([plate, own]) => [plate, constant(Int32Array.from(own))])
      return problemOf(setting, structure, {
        data: values as never,
        present: {},
        rows: Object.fromEntries(taken),
      })
    },
  }
}

export function numbers(...data: readonly number[]): NdArray<Float64Array> {
  return new NdArray(Float64Array.from(data), [data.length])
}

export function number(x: number): NdArray<Float64Array> {
  return new NdArray(Float64Array.of(x), [])
}

/** An estimator as a function of keys, compiled; what it gives for each has an axis for the keys first. */
export function estimates(
  of: Subject,
  estimator: Estimator,
  precision: 'float32' | 'float64' = 'float64',
): (parameters: Parameters, count: number, state?: Numbers, seed?: number) => EstimateNumbers {
  const start = estimator.init(of.structure, 'test') as Numbers
  const run = compile(
    (keys: Tensor, data: never, parameters: ObjectiveParameters, state: Tree) =>
      batch((key: Tensor) => estimator.estimate(of.problem(data), parameters, key, state) as unknown as Tree)(
        keys,
      ),
    { precision },
  ) as unknown as (...args: unknown[]) => EstimateNumbers
  return (parameters, count, state = start, seed = 0) =>
    run(keysOf(seed, count), of.values, parameters, state)
}

export interface EstimateNumbers {
  readonly objective: NdArray<Float64Array>
  readonly gradients: Parameters
  readonly state: Numbers
}

export function keysOf(seed: number, count: number): NdArray<Int32Array> {
  const words = split(keyOf(seed), count).flatMap((own) => [...own])
  return new NdArray(
    Int32Array.from(words, (word) => word | 0),
    [count, 2],
  )
}

/** What there is for one of the keys. */
export function ofKey<Of extends Numbers>(tree: Of, at = 0): Of {
  return Object.fromEntries(
    Object.entries(tree).map(([name, x]) => {
      if (!(x instanceof NdArray)) return [name, ofKey(x as Numbers, at)]
      const size = x.data.length / x.shape[0]!
      return [name, new NdArray(x.data.slice(at * size, (at + 1) * size), x.shape.slice(1))]
    }),
  ) as Of
}

/** Of each number of a tree, by its name and place, the mean, its standard error, and the variance over a first axis. */
export function moments(tree: Numbers, at = ''): Readonly<Record<string, Moments>> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, item]): [string, Moments][] => {
      const path = at === '' ? name : `${at}.${name}`
      if (!(item instanceof NdArray)) return Object.entries(moments(item as Numbers, path))
      const count = item.shape[0]!
      const size = item.data.length / count
      return Array.from({ length: size }, (_, place): [string, Moments] => [
        size === 1 ? path : `${path}[${place}]`,
        momentsOf(Float64Array.from({ length: count }, (_row, row) => item.data[row * size + place]!)),
      ])
    }),
  )
}

export interface Moments {
  readonly mean: number
  readonly error: number
  readonly variance: number
}

function momentsOf(x: Float64Array): Moments {
  const mean = x.reduce((total, own) => total + own, 0) / x.length
  const variance = x.reduce((total, own) => total + (own - mean) ** 2, 0) / (x.length - 1)
  return { mean, variance, error: Math.sqrt(variance / x.length) }
}
