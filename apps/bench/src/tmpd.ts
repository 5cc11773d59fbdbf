import '@tensorflow/tfjs-backend-cpu'
import { compile } from '@variate/compile'
import { gammainc, mul } from '@variate/core/ops'
const f = compile((x: any) => mul(2, gammainc(x, 1.5)), { engine: 'onnx' })
try { console.log((await f(Float32Array.of(1,2)) as any).dataSync()) } catch (e) { console.log(e) }
