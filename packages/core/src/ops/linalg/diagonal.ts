import type { Tensor } from '@tensorflow/tfjs-core'
import { fill } from '../constant.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { sum } from '../sum.ts'
import { checkMatrix } from './matrices.ts'

const diagPartKernel: Kernel = {
  compute: ([a]) => {
    const n = a!.shape.at(-1)!
    const out = newValues(a!.shape.slice(0, -1), a!.dtype)
    for (let i = 0; i < out.data.length; i++) out.data[i] = a!.data[i * n + (i % n)]!
    return out
  },
  gradient: (_, dy) => diag(dy),
}

const diagKernel: Kernel = {
  compute: ([v]) => {
    const n = v!.shape.at(-1)!
    const out = newValues([...v!.shape, n], v!.dtype)
    for (let i = 0; i < v!.data.length; i++) out.data[i * n + (i % n)] = v!.data[i]!
    return out
  },
  gradient: (_, dy) => diagPart(dy),
}

/**
 * The diagonals [..., n] of square matrices [..., n, n].
 *
 * @throws ShapeError for matrices that are not square.
 */
export function diagPart(a: Tensor): Tensor {
  checkMatrix(a, 'diagPart: A')
  return runKernel('variate.diagPart', diagPartKernel, [a])
}

/** The diagonal matrices [..., n, n] with diagonals [..., n]. */
export function diag(v: Tensor): Tensor {
  return runKernel('variate.diag', diagKernel, [v])
}

/** The identity matrix [n, n]. */
export function eye(n: number): Tensor {
  return diag(fill([n], 1))
}

/**
 * The sum of the diagonal.
 *
 * @throws ShapeError for matrices that are not square.
 */
export function trace(a: Tensor): Tensor {
  return sum(diagPart(a), -1)
}
