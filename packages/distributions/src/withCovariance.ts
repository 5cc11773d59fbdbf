import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastTo, constant, tidy, type Real } from '@variate/core/ops'
import type { Distribution, Parameter } from './distribution.ts'
import { own } from './own.ts'
import { resolvedOf } from './parameters.ts'

/** A distribution of vectors that has a covariance matrix. */
export interface HasCovariance {
  /** The covariance of each two elements, of shape [...batchShape, d, d]. */
  covarianceMatrix(): Tensor
}

/** A distribution of vectors with its covariance matrix, given as a formula in ops. */
export function withCovariance<
  Base extends Omit<Distribution, 'parameters'> & { readonly parameters: object },
>(
  base: Base,
  formula: (parameters: Readonly<Record<keyof Base['parameters'], Real>>) => Real,
): Base & HasCovariance {
  const { parameters, batchShape, eventShape } = base
  return Object.freeze({
    ...base,
    covarianceMatrix: () =>
      tidy(() => {
        const resolved = resolvedOf(parameters as Readonly<Record<string, Parameter>>) as Record<
          keyof Base['parameters'],
          Real
        >
        return own(broadcastTo(constant(formula(resolved)), [...batchShape, ...eventShape, ...eventShape]))
      }),
  })
}
