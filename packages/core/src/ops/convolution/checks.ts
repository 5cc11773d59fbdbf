import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../../errors.ts'
import { sizeOf } from '../../ndarray.ts'
import { cast } from '../cast.ts'
import { reshape } from '../shapes.ts'

type Three = readonly [height: number, width: number, channels: number]
type Four = readonly [rows: number, columns: number, ins: number, outs: number]

/** The last three axes of images. */
export function imagesOf(who: string, { shape, rank }: Tensor): Three {
  if (rank >= 3) return shape.slice(-3) as unknown as Three
  throw new ShapeError(
    `${who}: images must be of shape [..., height, width, channels], got [${shape}]: put an axis of length 1 in with expandDims`,
  )
}

/**
 * The shape of a filter.
 *
 * @param axis that of the channels which images must have.
 */
export function filterOf(who: string, { shape, rank }: Tensor, images: Tensor, axis: 2 | 3): Four {
  const axes = '[rows, columns, in, out]'
  if (rank !== 4) throw new ShapeError(`${who}: a filter must be of shape ${axes}, got [${shape}]`)
  if (shape[0] === 0 || shape[1] === 0)
    throw new ShapeError(`${who}: a filter must have rows and columns, got shape [${shape}]`)
  const channels = images.shape.at(-1)
  if (shape[axis] !== channels) {
    throw new ShapeError(
      `${who}: images of shape [${images.shape}] have ${channels} channels, but axis ${axis} of the filter ${axes} of shape ` +
        `[${shape}] is ${shape[axis]}: they must be equal`,
    )
  }
  return shape as unknown as Four
}

/** Real numbers, with all axes before the last three made one. */
export function asBatch(images: Tensor): Tensor {
  const real = cast(images, 'float32')
  return real.rank === 4 ? real : reshape(real, [sizeOf(real.shape.slice(0, -3)), ...real.shape.slice(-3)])
}
