import '@tensorflow/tfjs-backend-wasm'
import { defaultDevice, init, numpy } from '@jax-js/jax'
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import { ready, setBackend, matMul as ofTfjs, tensor2d, type Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { key, random } from '@variate/core'
import { matMul } from '@variate/core/ops'
import { disagreement } from '../compile/disagreement.ts'
import { SIDES, type Products, type Turn } from './turn.ts'

/** A process of its own, `node matmulChild.ts <turns> <products a turn>`: from arrays that are there to the product as an array. */
const [turns, count] = process.argv.slice(2).map(Number) as [number, number]
setThreadsCount(1)
await setBackend('wasm')
await ready()
await init('wasm')
defaultDevice('wasm')
const [m, n, p] = [128, 784, 400]
const [a, b] = [random.normal(key(1), [m, n]), random.normal(key(2), [n, p])]

const own = compile((x: Tensor, y: Tensor) => matMul(x, y), { engine: 'wasm', threads: 1 })
const [x, y] = [tensor2d(a.data, [m, n]), tensor2d(b.data, [n, p])]
const [u, v] = [numpy.array(a.data).reshape([m, n]), numpy.array(b.data).reshape([n, p])]
type Side = (typeof SIDES)[number]
const products: Readonly<Record<Side, () => Promise<ArrayLike<number>>>> = {
  variate: async () => {
    const product = own(a, b)
    const data = product.dataSync()
    product.dispose()
    return data
  },
  'tfjs wasm': async () => {
    const product = ofTfjs(x, y)
    const data = product.dataSync()
    product.dispose()
    return data
  },
  'jax-js': () => numpy.matmul(u.ref, v.ref).data() as Promise<Float32Array>,
}
const took = async (side: Side): Promise<number> => {
  const begin = performance.now()
  for (let i = 0; i < count; i++) await products[side]()
  return (performance.now() - begin) / count
}
const [ours, ...others] = await Promise.all(SIDES.map((side) => products[side]()))
const apart = Math.max(...others.map((other) => disagreement(Array.from(ours!), Array.from(other))))
for (const side of SIDES) await took(side)
const measured: Turn[] = []
for (let turn = 0; turn < turns; turn++) {
  const found: Partial<Record<Side, number>> = {}
  for (const [i] of SIDES.entries()) {
    const side = SIDES[(i + turn) % SIDES.length]!
    found[side] = await took(side)
  }
  measured.push(found as Turn)
}
const result: Products = {
  node: process.versions.node,
  turns: measured,
  apart,
}
process.stdout.write(JSON.stringify(result))
process.exit()
