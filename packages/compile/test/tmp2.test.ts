import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import * as D from '../../distributions/src/index.ts'
import { compile, grad, valueAndGrad } from '../src/index.ts'
import { sum } from '@variate/core/ops'
import { key } from '@variate/core'
const t = (x: number | number[]) => tf.tensor(x as number[])
const CASES: Record<string, [(...a: any[]) => any, number[], any[]]> = {
  normal: [D.normal, [0.5, 1.5], [0.3, -1, 2]],
  gamma: [D.gamma, [2.5, 1.2], [0.5, 1, 3]],
  beta: [D.beta, [2, 3], [0.2, 0.5]],
  studentT: [D.studentT, [4, 0.2, 1.1], [0.5, -3]],
  poisson: [D.poisson, [2.5], [0, 3, 7]],
  cauchy: [D.cauchy, [0.1, 2], [0.5, -9]],
  gumbel: [D.gumbel, [0.1, 2], [0.5, -3]],
  weibull: [D.weibull, [1.5, 2.5], [0.5, 2]],
  vonMises: [D.vonMises, [0.5, 2], [0.5, -2]],
  laplace: [D.laplace, [0.1, 2], [0.5, -3]],
  logistic: [D.logistic, [0.1, 2], [0.5, -3]],
  halfCauchy: [D.halfCauchy, [2], [0.5, 3]],
  exponential: [D.exponential, [2], [0.5, 3]],
  kumaraswamy: [D.kumaraswamy, [2, 3], [0.5, 0.1]],
  inverseGamma: [D.inverseGamma, [3, 2], [0.5, 3]],
  logNormal: [D.logNormal, [0.3, 2], [0.5, 3]],
  pareto: [D.pareto, [1, 2], [1.5, 3]],
  truncatedNormal: [D.truncatedNormal, [0.2, 1.2, -1, 2], [0.5, -0.5]],
  skewNormal: [D.skewNormal, [0.2, 1.2, 1.5], [0.5, -0.5]],
  negativeBinomial2: [D.negativeBinomial2, [3, 2], [0, 4]],
  betaBinomial: [(a: any, b: any) => D.betaBinomial(a, b, 5), [2, 3], [0, 4]],
}
for (const [name, [make, params, values]] of Object.entries(CASES))
  test(name, () => {
    const f = (x: tf.Tensor, ...p: tf.Tensor[]) => sum(make(...p).logProb(x))
    const eager = valueAndGrad(f)(t(values), ...params.map(t))
    const before = tf.memory().numTensors
    for (const precision of ['float32', 'float64'] as const) {
      const c = compile((x: tf.Tensor, ...p: tf.Tensor[]) => valueAndGrad(f)(x, ...p), {
        precision,
        engine: 'wasm',
      })
      const out: any = c(Float64Array.from(values), ...(params.map((p) => tf.tidy(() => t(p))) as any))
      const flat = (o: any) =>
        [o.value, ...o.grads].flatMap((x: any) => Array.from(x.dataSync?.() ?? x.data) as number[])
      const want = flat(eager),
        got = flat(out)
      want.forEach((w, i) =>
        expect(Math.abs(got[i]! - w), `${name} ${precision} ${i} ${got[i]} ${w}`).toBeLessThan(
          2e-4 * Math.max(1, Math.abs(w)),
        ),
      )
      if (precision === 'float64') console.log(name, c.explain().called.join(' '), c.explain().codeBytes)
    }
    void before
  })
test('hessian', () => {
  const h = compile(
    (x: tf.Tensor) =>
      grad((y: tf.Tensor) => sum(grad((z: tf.Tensor) => sum(D.gamma(2.5, 1.5).logProb(z)))(y)))(x),
    { precision: 'float64' },
  )
  console.log(
    h(Float64Array.of(1, 2, 3)).data,
    [1, 2, 3].map((x) => -1.5 / x / x),
  )
  const s = compile((k: tf.Tensor) => D.normal(0, 2).sample(k as any, [3]))
  console.log(s(Int32Array.of(0, 42)).dataSync(), D.normal(0, 2).sample(key(42), [3]).dataSync(), s.explain())
})
