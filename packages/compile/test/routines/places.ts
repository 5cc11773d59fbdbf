import * as tf from '@tensorflow/tfjs-core'

/** For each element of what shapes broadcast to: which element of each of them it takes. */
export function placesIn(...shapes: readonly (readonly number[])[]): {
  readonly shape: readonly number[]
  readonly places: readonly (readonly number[])[]
} {
  const shape = shapes.reduce<number[]>(
    (all, own) => tf.broadcast_util.assertAndGetBroadcastShape(all, [...own]),
    [],
  )
  const places = tf.tidy(() =>
    shapes.map((own) => {
      const count = sizeOf(own)
      const each = tf.tensor(
        Int32Array.from({ length: count }, (_, i) => i),
        [...own],
        'int32',
      )
      return sizeOf(shape) === 0 ? [] : Array.from(tf.broadcastTo(each, shape).dataSync())
    }),
  )
  return { shape, places }
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((x, y) => x * y, 1)
