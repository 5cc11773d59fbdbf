import '@tensorflow/tfjs-backend-cpu'
import { createHash } from 'node:crypto'
import { promises } from 'node:fs'
import { bernoulli, normal } from '@variate/distributions'
import { adam, amortized, checkpointFile } from '@variate/inference'
import { mlp, model } from '@variate/language'

// Trains an autoencoder, from its checkpoint if there is one, and says what it ended with; or kills itself at a point on the way.

/** Where a process kills itself: in the training, or at what the n-th save does. */
export type Point = 'training' | 'opening' | 'writing' | 'flushing' | 'moving' | 'moved'

const [path = '', engine = '', point = '', at = '1'] = process.argv.slice(2)

/** Is not heard of again, as a process that the system ends. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

let saves = 0
const isNow = (own: Point): boolean => point === own && saves === Number(at)

const { open, rename } = promises
promises.open = async (...args) => {
  if (args[1] !== 'wx') return open(...args)
  saves++
  if (isNow('opening')) await die()
  const handle = await open(...args)
  const { writeFile, sync } = handle
  handle.writeFile = async (bytes) => {
    if (isNow('writing')) {
      const all = bytes as Uint8Array
      await writeFile.call(handle, all.subarray(0, all.length / 2))
      await die()
    }
    await writeFile.call(handle, bytes)
  }
  handle.sync = async () => {
    if (isNow('flushing')) await die()
    await sync.call(handle)
  }
  return handle
}
promises.rename = async (...args) => {
  if (isNow('moving')) await die()
  await rename(...args)
  if (isNow('moved')) await die()
}

const vae = model('vae')
  .network('decoder', mlp([2, 8, 6]))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )
const x = Array.from({ length: 50 }, (_, i) =>
  Array.from({ length: 6 }, (_pixel, j) => +(Math.sin(3 * i + 7 * j) > 0)),
)
const file = checkpointFile(path)
const fit = await amortized(vae, {
  encoder: { z: { from: 'x', network: mlp([6, 8], { output: 'relu' }) } },
  optimizer: adam({ rate: 0.01 }),
  batch: { image: 8 },
  epochs: 10,
  engine: engine as 'wasm',
}).fit(
  { x },
  {
    seed: 0,
    from: await file.read(),
    evaluation: x.slice(0, 5),
    onCheckpoint: file.save,
    onProgress: ({ step }) => (point === 'training' && step >= Number(at) ? die() : undefined),
  },
)
process.stdout.write(
  JSON.stringify({
    saves,
    params: fit.params,
    bytes: createHash('sha256').update(fit.toBytes()).digest('hex'),
  }),
)
