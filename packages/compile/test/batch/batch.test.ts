import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { add, constant, drawNormal, drawGamma, matVec, mul, sum, pick, exp } from '@variate/core/ops'
import { batch, compile, grad } from '../../src/index.ts'
import { key } from '@variate/core'

test('smoke', () => {
  const W = constant([[1, 2], [3, 4], [5, 6]])
  const xs = constant([[1, 0], [0, 1], [1, 1], [2, 2]])
  const f = batch((w: tf.Tensor, x: tf.Tensor) => ({ y: matVec(w, x), z: [add(x, drawNormal(key(1), [2])), sum(x)] as const }), { axes: [null, 0] })
  const { y, z } = f(W, xs)
  console.info(y.arraySync(), z[0].arraySync(), z[1].arraySync())
  const g = batch(grad((x: tf.Tensor) => sum(mul(x, exp(x)))))
  console.info(g(xs).arraySync())
  console.info(compile(g, { precision: 'float64' })(Float64Array.of(1,2,3)))
  const h = compile(batch((k: tf.Tensor, a: tf.Tensor) => drawGamma(k, [2], a), { axes: [0, null] }))
  console.info(h(tf.tensor2d([[0, 1], [0, 2], [0, 3]], [3,2],'int32') , constant(2)).arraySync(), h.explain())
  const h2 = compile(grad((a: tf.Tensor) => sum(batch((k: tf.Tensor) => drawGamma(k, [2], a))(tf.tensor2d([[0, 1], [0, 2], [0, 3]], [3,2],'int32')))))
  console.info(h2(constant(2)).arraySync(), h2.explain())
})
