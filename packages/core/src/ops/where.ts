import { broadcastShapes } from './broadcast.ts'
import { cast } from './cast.ts'
import { fill } from './constant.ts'
import { runKernel, type Kernel } from './kernel.ts'
import { checkTensors, isTensor, type Real, type Ternary } from './real.ts'
import { broadcastTo } from './sum.ts'

const kernel: Kernel = {
  tfjs: ['Select', 'condition', 't', 'e'],
  gradient: (index, dy, [condition]) =>
    index === 0 ? fill(dy.shape, 0) : index === 1 ? where(condition!, dy, 0) : where(condition!, 0, dy),
}

/**
 * `a` where the condition is true (not 0), `b` elsewhere; all three broadcast. The gradient of the one that is not
 * taken is 0 as long as its own derivative is finite: guard its argument, too, where it may not be.
 */
export const where: Ternary = ((condition: Real, a: Real, b: Real): Real => {
  checkTensors('where', ...[condition, a, b].filter((x) => typeof x !== 'number'))
  if (typeof condition === 'number') return condition === 0 ? b : a
  const shape = broadcastShapes(
    [condition, a, b].map((x) => (isTensor(x) ? x.shape : [])),
    'where',
  )
  const isWhole = [a, b].every((x) => (isTensor(x) ? x.dtype !== 'float32' : x === (x | 0)))
  const dtype = isWhole ? 'int32' : 'float32'
  const [t, e] = [a, b].map((x) => (isTensor(x) ? broadcastTo(cast(x, dtype), shape) : fill(shape, x, dtype)))
  return runKernel('variate.where', kernel, [broadcastTo(cast(condition, 'bool'), shape), t!, e!])
}) as Ternary
