import type { Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { cast, drawUniform, less, type AnyKey } from '@variate/core/ops'
import type { DrawnData, StreamedData } from '@variate/inference'

type Data = number[] | number[][] | NdArray

/** What `streamed` of @variate/data makes. */
export function streamed(
  open: StreamedData<Data>['open'],
  options: Omit<StreamedData, 'kind' | 'open'>,
): StreamedData<Data> {
  return { kind: 'streamed', open, ...options }
}

/** `binarize` of @variate/data. */
export const binarize = (key: AnyKey, brightness: Tensor): Tensor =>
  cast(less(drawUniform(key, brightness.shape), brightness), 'float32')

/** What `resampled` of @variate/data makes with it. */
export const resampled = (values: NdArray): DrawnData => ({ kind: 'resampled', values, draw: binarize })
