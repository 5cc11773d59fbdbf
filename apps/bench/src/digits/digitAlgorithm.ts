import type { LogLikelihoodEstimate } from '@variate/inference'
import type { NdArray } from '@variate/core'
import type { Resampled } from '@variate/data'

/** What the benchmark asks of a fit, whatever the model. */
export interface DigitFit {
  readonly termination: { readonly kind: string }
  estimateLogLikelihood(
    examples: NdArray,
    options: { readonly particles: number; readonly seed: number },
  ): Promise<LogLikelihoodEstimate>
}

/** And of what fits it. */
export interface DigitAlgorithm {
  fit(
    data: { readonly x: Resampled },
    options: { readonly seed: number; readonly onProgress: (progress: { readonly text: string }) => void },
  ): Promise<DigitFit>
}
