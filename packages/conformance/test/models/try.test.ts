import '@tensorflow/tfjs-backend-cpu'
import { test } from 'vitest'
import { model } from '@variate/language'
import { mul } from '@variate/core/ops'
import { normal } from '@variate/distributions'
test('a', async () => {
  const m = model('m').latent('w', normal(0,1)).plate('a', 2, (a) => a.plate('b', 3, (b) => b.factor('f', ({w}) => mul(2, w))))
  try { console.log(await m.logProb({ w: 1 })) } catch (e) { console.log((e as Error).stack) }
  const n = model('m').param('w', (await import('@variate/language')).real()).plate('a', 2, (a) => a.plate('b', 3, (b) => b.factor('f', ({w}) => mul(2, w))))
  try { console.log(await n.logProb({ w: 1 })) } catch (e) { console.log((e as Error).stack) }
})
