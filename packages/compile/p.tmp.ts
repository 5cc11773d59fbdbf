import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import { compile, valueAndGrad } from './src/index.ts'
const time = (name: string, f: () => void, n = 50) => {
  for (let i = 0; i < 20; i++) f()
  const ts: number[] = []
  for (let i = 0; i < n; i++) {
    const t = performance.now()
    f()
    ts.push(performance.now() - t)
  }
  ts.sort((a, b) => a - b)
  console.log(name, ts[n >> 1]!.toFixed(3), 'ms')
}
const N = 100_000
const a = Float32Array.from({ length: N }, (_, i) => Math.sin(i)),
  b = a.map((x) => x * x),
  c = a.map((x) => x + 1)
const adam = compile((p: tf.Tensor, g: tf.Tensor, m: tf.Tensor) => {
  const m2 = ops.add(ops.mul(m, 0.9), ops.mul(g, 0.1))
  const v2 = ops.add(ops.mul(g, g), 0.1)
  return ops.sum(ops.sub(p, ops.div(m2, ops.sqrt(v2)))) as tf.Tensor
})
time('adam 100k -> sum', () => adam(a, b, c).dispose())
const lp = compile((p: tf.Tensor) => ops.sum(ops.exp(ops.neg(ops.square(p)))) as tf.Tensor)
time('sum exp(-x²) 100k', () => lp(a).dispose())
const sm = compile((x: tf.Tensor) => tf.sum(tf.softmax(x)))
const X = tf.tensor2d(a.slice(0, 64000), [640, 100])
time('softmax 640x100', () => sm(X).dispose())
const col = compile((x: tf.Tensor) => tf.sum(x, 0))
time('colsum 640x100', () => col(X).dispose())
console.log(JSON.stringify(sm.explain()))
const big = compile((x: tf.Tensor) => ops.sum(ops.sin(x)) as tf.Tensor)
time('sum sin 100k', () => big(a).dispose())
let t = performance.now()
const f2 = compile((x: tf.Tensor, y: tf.Tensor) =>
  valueAndGrad((w: tf.Tensor) => tf.sum(tf.softplus(tf.mul(w, y))))(x),
)
f2(a, b)
console.log('first call', performance.now() - t)
time('softplus vg', () => tf.dispose(f2(a, b) as any))
{ const n = 10_000, d = 50
const X = tf.tensor2d(Float32Array.from({ length: n * d }, (_, i) => Math.sin(i * 1.7)), [n, d]), y = tf.tensor1d(Float32Array.from({ length: n }, (_, i) => i % 2)), w = tf.tensor1d(new Float32Array(d).fill(0.1))
const f = (X: tf.Tensor, y: tf.Tensor, w: tf.Tensor) => { const v = valueAndGrad((w: tf.Tensor) => { const z = tf.reshape(tf.matMul(X, tf.reshape(w, [d, 1])), [n]); return tf.sum(tf.sub(tf.softplus(z), tf.mul(y, z))) })(w); return [v.value, v.grads[0]] }
const g = compile(f as any) as any
const r = g(X, y, w); const e = tf.tidy(() => (f as any)(X, y, w)) as tf.Tensor[]
console.log(r[0].dataSync(), e[0]!.dataSync(), r[1].dataSync().slice(0, 3), e[1]!.dataSync().slice(0, 3))
time('logistic vg', () => tf.dispose(g(X, y, w)), 200)
console.log(JSON.stringify(g.explain()))
}
