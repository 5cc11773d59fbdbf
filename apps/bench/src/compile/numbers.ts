import { key, ndarray, random, type NdArray } from '@variate/core'

export type Precision = 'float32' | 'float64'
/** Numbers in the precision that a case is computed in. */
export type Numbers = NdArray<Float32Array | Float64Array>
export type Inputs = Readonly<Record<string, Numbers>>

/** Numbers that are the same in both precisions, for each maker the ones that follow from its seed. */
export interface Maker {
  normal(seed: number, ...shape: readonly number[]): Numbers
  /** 1 with the probability that the logits say, else 0. */
  outcomes(seed: number, logits: Numbers): Numbers
  of(values: ArrayLike<number>, ...shape: readonly number[]): Numbers
}

export function maker(precision: Precision): Maker {
  const of = (values: ArrayLike<number>, ...shape: readonly number[]): Numbers =>
    ndarray(precision === 'float32' ? Float32Array.from(values) : Float64Array.from(values), shape)
  return {
    of,
    normal: (seed, ...shape) => of(random.normal(key(seed), shape).data, ...shape),
    outcomes: (seed, { data, shape }) => {
      const uniform = random.uniform(key(seed), shape).data
      return of(
        data.map((logit, i) => (uniform[i]! < 1 / (1 + Math.exp(-logit)) ? 1 : 0)),
        ...shape,
      )
    },
  }
}
