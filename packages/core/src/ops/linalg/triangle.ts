import type { Tensor } from '@tensorflow/tfjs-core'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { checkMatrix } from './matrices.ts'

const kernel: Kernel = {
  compute: ([a], attributes) => {
    const { lower, offset } = attributes as unknown as { lower: boolean; offset: number }
    const { data, shape, dtype } = a!
    const out = newValues(shape, dtype)
    const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
    for (let i = 0, at = 0; i < data.length / (columns || 1); i++) {
      const edge = (i % rows) + offset
      for (let j = 0; j < columns; j++, at++) {
        if (lower ? j <= edge : j >= edge) out.data[at] = data[at]!
      }
    }
    return out
  },
  gradient: (_, dy, __, attributes) => runKernel('variate.triangle', kernel, [dy], attributes),
}

/**
 * The lower triangles of matrices [..., n, m], 0 above: element (i, j) is kept where j ≤ i + offset.
 *
 * @throws ShapeError for fewer than two axes.
 */
export function tril(a: Tensor, offset = 0): Tensor {
  checkMatrix(a, 'tril: A', false)
  return runKernel('variate.triangle', kernel, [a], { lower: true, offset })
}

/**
 * The upper triangles of matrices [..., n, m], 0 below: element (i, j) is kept where j ≥ i + offset.
 *
 * @throws ShapeError for fewer than two axes.
 */
export function triu(a: Tensor, offset = 0): Tensor {
  checkMatrix(a, 'triu: A', false)
  return runKernel('variate.triangle', kernel, [a], { lower: false, offset })
}
