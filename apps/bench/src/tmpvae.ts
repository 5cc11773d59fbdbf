import '@tensorflow/tfjs-backend-cpu'
import { mnist } from '@variate/data'
import { FULL, SMALL } from './vae/sizes.ts'
import { train } from './vae/train.ts'
const [,, engine, steps='200'] = process.argv
const images = (await mnist({ count: FULL.images })).images
let t=performance.now()
const r = await train(FULL, images as never, +steps, { engine: engine as never, onnx: { threads: 1 } } as never)
const first = performance.now()-t
console.log(engine, 'total', first, first/+steps, [...r.outputs.dataSync()].filter((_,i)=>i%10===0).slice(0,7).map(x=>x.toFixed(2)).join(' '))
console.log(r.explanation.engine, r.explanation.reason, r.explanation.pieces.at(-1), r.explanation.estimates)
