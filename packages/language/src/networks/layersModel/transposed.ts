import { NdArray } from '@variate/core'

/** A matrix with rows and columns exchanged. */
export function transposed({ data, shape }: NdArray<Float32Array>): NdArray<Float32Array> {
  const [rows, columns] = shape as readonly [number, number]
  const turned = Float32Array.from({ length: data.length }, (_, at) => {
    const [column, row] = [Math.floor(at / rows), at % rows]
    return data[row * columns + column]!
  })
  return new NdArray(turned, [columns, rows])
}
