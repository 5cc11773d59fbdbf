import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../errors.ts'
import { add } from './arithmetic.ts'
import { broadcastShapes, sameShape } from './broadcast.ts'
import { runKernel, type Kernel } from './kernel.ts'
import { checkTensors, type Real } from './real.ts'
import { reshape } from './shapes.ts'
import { broadcastTo, sumTo } from './sum.ts'

export interface MatMulOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

const kernel: Kernel = {
  tfjs: ['BatchMatMul'],
  gradient: (index, dy, [a, b], attributes) => {
    const { transposeA, transposeB } = attributes as Required<MatMulOptions>
    const product =
      index === 0
        ? transposeA
          ? matMul(b!, dy, { transposeA: transposeB, transposeB: true })
          : matMul(dy, b!, { transposeB: !transposeB })
        : transposeB
          ? matMul(dy, a!, { transposeA: true, transposeB: transposeA })
          : matMul(a!, dy, { transposeA: !transposeA })
    return sumTo(product, (index === 0 ? a! : b!).shape)
  },
}

/**
 * The matrix product of the last two axes; the axes before them broadcast.
 *
 * @throws ShapeError for fewer than two axes or lengths that do not match.
 */
export function matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
  checkTensors('matMul', a, b)
  const { transposeA = false, transposeB = false } = options
  const inner = a.shape.at(transposeA ? -2 : -1)
  if (a.rank < 2 || b.rank < 2 || inner !== b.shape.at(transposeB ? -1 : -2)) {
    throw new ShapeError(
      `matMul: shapes [${a.shape}]${transposeA ? 'ᵀ' : ''} and [${b.shape}]${transposeB ? 'ᵀ' : ''} do not match`,
    )
  }
  return runKernel('variate.matMul', kernel, alignBatches(a, b), { transposeA, transposeB })
}

/**
 * Operands that kernels of TensorFlow.js multiply rightly: those take matrix i modulo the number of matrices, which is
 * broadcasting only if the shorter batch is the end of the longer one.
 */
function alignBatches(a: Tensor, b: Tensor): [Tensor, Tensor] {
  const batches = [a, b].map(({ shape }) => shape.slice(0, -2))
  const batch = broadcastShapes(batches, 'matMul')
  return [a, b].map((x, i) => {
    const own = batches[i]!
    const lead = own.findIndex((length) => length !== 1)
    const isEnd = lead < 0 || sameShape(own.slice(lead), batch.slice(batch.length - own.length + lead))
    return isEnd ? x : broadcastTo(x, [...batch, ...x.shape.slice(-2)])
  }) as [Tensor, Tensor]
}

/** W x + b, for x of shape [..., m], W of [k, m] and b of [k]. */
export function affine(W: Tensor, x: Tensor, b: Real): Tensor {
  checkTensors('affine', W, x)
  const rows = reshape(x, [-1, x.shape.at(-1)!])
  const product = matMul(rows, W, { transposeB: true })
  return add(reshape(product, [...x.shape.slice(0, -1), W.shape[0]!]), b)
}

/** A x for matrices of shape [..., k, m] and vectors of shape [..., m]; leading axes broadcast. */
export function matVec(A: Tensor, x: Tensor): Tensor {
  checkTensors('matVec', A, x)
  const column = reshape(x, [...x.shape, 1])
  const product = matMul(A, column)
  return reshape(product, product.shape.slice(0, -1))
}
