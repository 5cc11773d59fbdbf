import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { trace, currentTrace } from '../src/trace/trace.ts'
import { normal, gamma, halfCauchy, beta } from '../../distributions/src/index.ts'
import { wasmProgram } from '../src/engine/wasmProgram.ts'
import { gradients } from '../src/derive/gradient.ts'
import { add, mul, exp, sub, sum, square, constant, log, reshape, slice, sqrt, div } from '@variate/core/ops'
test('trace', () => {
  for (const p of ['float32', 'float64'] as const) {
  const t = trace([{ shape: [3], dtype: 'float32' }], ([x]) => { const y = sum(gamma(mul(x!, 1.5), x!).logProb(mul(x!, 2))); return [y, gradients(currentTrace()!, currentTrace()!.nodeOf(y), [currentTrace()!.nodeOf(x!)])[0]!] })
  const run = wasmProgram(t, p)
  console.log(run.run([[1, 2, 3]]), gamma([1.5, 3, 4.5], [1, 2, 3]).logProb([2, 4, 6]).sum().dataSync())
  }
  console.log(tf.memory().numTensors)
})
test('eight', () => {
  const Y = [28, 8, -3, 7, -1, 1, 18, 12], S = [15, 10, 16, 11, 9, 11, 10, 18]
  const step = (theta: tf.Tensor, m: tf.Tensor, v: tf.Tensor, eps: tf.Tensor, t: tf.Tensor) => {
    const loc = slice(theta, [0], [10]), ls = slice(theta, [10], [10])
    const z = add(loc, mul(exp(ls), eps))
    const mu = reshape(slice(z, [0], [1]), []), ltau = reshape(slice(z, [1], [1]), []), th = slice(z, [2], [8])
    const tau = exp(ltau)
    const lp = add(add(add(normal(0, 5).logProb(mu), add(halfCauchy(5).logProb(tau), ltau)), sum(normal(0, 1).logProb(th))), sum(normal(add(mu, mul(tau, th)), S).logProb(Y)))
    const elbo = add(lp, sum(ls))
    const tr = currentTrace()!
    const g = gradients(tr, tr.nodeOf(mul(-1, elbo)), [tr.nodeOf(theta)])[0]!
    const m1 = add(mul(.9, m), mul(.1, g)), v1 = add(mul(.999, v), mul(.001, square(g)))
    const mh = div(m1, sub(1, exp(mul(t, Math.log(.9))))), vh = div(v1, sub(1, exp(mul(t, Math.log(.999)))))
    return [sub(theta, div(mul(.01, mh), add(sqrt(vh), 1e-8))), m1, v1, elbo]
  }
  for (const p of ['float32', 'float64'] as const) {
    const t0 = performance.now()
    const t = trace([{ shape: [20], dtype: 'float32' }, { shape: [20], dtype: 'float32' }, { shape: [20], dtype: 'float32' }, { shape: [10], dtype: 'float32' }, { shape: [], dtype: 'float32' }], ([a, b, c, d, e]) => step(a!, b!, c!, d!, e!))
    const t1 = performance.now()
    const prog = wasmProgram(t, p)
    const t2 = performance.now()
    let a: any = new Float64Array(20), b: any = new Float64Array(20), c: any = new Float64Array(20)
    const eps = new Float64Array(10).fill(.3)
    let e: any
    const n = 20000
    const s = performance.now()
    for (let i = 1; i <= n; i++) [a, b, c, e] = prog.run([a, b, c, eps, [i]])
    console.log(p, 'nodes', t.graph.nodes.length, 'trace', (t1 - t0).toFixed(1), 'compile', (t2 - t1).toFixed(1), 'µs/step', ((performance.now() - s) / n * 1e3).toFixed(3), e, a.slice(0, 3))
    // eager check
  }
})
