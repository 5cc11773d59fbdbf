import { NdArray, type NumericArray } from '@variate/core'

/** Images `from` … `to` − 1, which are not copied. */
export function sliceImages(images: NdArray<NumericArray>, from: number, to: number): NdArray<NumericArray> {
  const pixels = images.shape[1]!
  const end = Math.min(to, images.shape[0]!)
  return new NdArray(images.data.subarray(from * pixels, end * pixels), [end - from, pixels])
}
