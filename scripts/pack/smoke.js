// Runs in plain Node, in a project in which only the packed packages are installed:
// node smoke.js <module>…
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'

/** One small run for each module that is worth one. */
const runs = {
  '@variate/core': ({ ndarray }) => {
    assert.deepEqual(ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]).toNested(), [
      [1, 2],
      [3, 4],
    ])
  },
  '@variate/compile': async ({ compile, grad, runLoop }) => {
    await import('@tensorflow/tfjs-backend-cpu')
    const { exp, mul, sum } = await import('@tensorflow/tfjs-core')
    const slope = compile(
      grad((x) => sum(exp(x))),
      { precision: 'float64' },
    )
    const [atZero, atOne] = slope(Float64Array.of(0, 1)).data
    assert.equal(atZero, 1)
    assert.ok(Math.abs(atOne - Math.E) < 1e-15, `exp(1) = ${atOne}`)
    assert.equal(slope.explain().engine, 'wasm')
    const options = { state: 8, count: 3, precision: 'float64', worker: true }
    const { state } = await runLoop((x) => mul(x, 0.5), options)
    assert.equal(state.at(), 1)
  },
  '@variate/distributions': async ({ klDivergence, normal }) => {
    await import('@tensorflow/tfjs-backend-cpu')
    const [density] = normal(0, 2).logProb([1]).dataSync()
    assert.ok(Math.abs(density + 1.7370857) < 1e-6, `log density ${density}`)
    assert.equal(klDivergence(normal(0, 1), normal(0, 1)).dataSync()[0], 0)
  },
  '@variate/data': async ({ mnist }) => {
    const { images, labels } = await mnist({ count: 10 })
    assert.deepEqual(images.shape, [10, 784])
    assert.equal(labels.size, 10)
  },
  '@variate/plot': async ({ renderSvg, trace }) => {
    const svg = await renderSvg(trace({ series: [1, 2, 3], label: 'value' }))
    assert.ok(svg.startsWith('<svg') && !svg.includes('NaN'))
  },
  '@variate/models': async ({ gaussianMixture }) => {
    const { oldFaithful } = await import('@variate/data')
    const fit = await gaussianMixture({ components: 2 }).fit(oldFaithful(), { restarts: 10, seed: 0 })
    assert.ok(Math.abs(fit.logLikelihood + 1130.264) < 1e-3, `log-likelihood ${fit.logLikelihood}`)
  },
}

const names = process.argv.slice(2)
const modules = new Map()
for (const name of names) modules.set(name, await import(name))

for (const name of names) {
  const folder = name.split('/', name.startsWith('@') ? 2 : 1).join('/')
  assert.ok(existsSync(`node_modules/${folder}/LICENSE`), `${folder}: the tarball has no LICENSE`)
}

const umbrella = modules.get('variate')
for (const [name, module] of modules) {
  for (const [key, value] of Object.entries(module)) {
    assert.notEqual(value, undefined, `${name}: "${key}" is undefined`)
    const isMain = !name.slice(1).replace('/', '').includes('/')
    if (umbrella && isMain) assert.equal(umbrella[key], value, `variate: "${key}" is not that of ${name}`)
  }
  await runs[name]?.(module)
}
