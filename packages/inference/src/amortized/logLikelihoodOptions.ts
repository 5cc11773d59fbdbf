import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { AnnealedLogLikelihoodOptions } from './annealedEstimator.ts'

/** How log p(x) is estimated: by draws of q, or by chains from the prior to the posterior, which do not ask q. */
export type LogLikelihoodOptions =
  | {
      readonly method?: 'importanceSampling'
      /** How many draws each example has; 100, if not given. */
      readonly particles?: number
    }
  | Annealed

type Annealed = { readonly method: 'annealedImportanceSampling' } & AnnealedLogLikelihoodOptions

/** @throws DomainError for a method that there is not. */
export function isAnnealed(options: LogLikelihoodOptions, who: string): options is Annealed {
  const { method = 'importanceSampling' } = options
  if (method === 'annealedImportanceSampling') return true
  if (method === 'importanceSampling') return false
  throw new DomainError(
    `${who}: method must be 'importanceSampling' or 'annealedImportanceSampling', got ${shown(method)}`,
  )
}
