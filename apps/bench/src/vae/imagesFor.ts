import type { NdArray } from '@variate/core'
import { mnist, poolImages } from '@variate/data'
import type { Sizes } from './sizes.ts'

/** The first digits, pooled to as many pixels. */
export async function imagesFor({ images: count, pixels }: Sizes): Promise<NdArray<Float32Array>> {
  const { images, height, width } = await mnist({ count })
  const by = Math.sqrt((height * width) / pixels)
  return by === 1 ? images : poolImages(images, { height, width, by })
}
