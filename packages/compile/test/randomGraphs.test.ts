import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../src/index.ts'
import { build, inputsOf, number, shapes, steps } from './randomPrograms.ts'

/** Rounding of float32, of sums of up to 3000 terms; of float64 with room for 1/10,000 of it. */
const [NEAR, VERY_NEAR] = [2 ** -24 * 3000, 1e-12]

test(
  'random programs give the same compiled in loops, written out, and eagerly',
  { timeout: 120_000 },
  () => {
    const differs = (a: number, b: number, allowed: number) =>
      Math.abs(a - b) > allowed * Math.max(1, Math.abs(b))
    fc.assert(
      fc.property(shapes, steps, number, (given, program, seed) => {
        const f = build(program)
        const inputs = inputsOf(given, seed)
        const eager = tf.tidy(() => f(...inputs))
        const loops = compile(f, { engine: 'wasm', passes: { unrolling: false } })(...inputs)
        const mixed = compile(f, { engine: 'wasm' })(...inputs)
        const wideLoops = compile(f, { precision: 'float64', passes: { unrolling: false } })(...inputs)
        const wideMixed = compile(f, { precision: 'float64' })(...inputs)
        for (const [i, { shape }] of eager.entries()) {
          expect(loops[i]!.shape).toEqual(shape)
          const truth = eager[i]!.dataSync()
          const [a, b] = [loops[i]!.dataSync(), mixed[i]!.dataSync()]
          const [c, d] = [wideLoops[i]!.data, wideMixed[i]!.data]
          const wrong = truth.findIndex(
            (y, j) =>
              differs(a[j]!, y, NEAR) ||
              differs(b[j]!, y, NEAR) ||
              differs(d[j]!, y, NEAR) ||
              differs(c[j]!, d[j]!, VERY_NEAR),
          )
          if (wrong >= 0) {
            throw new Error(
              `result ${i} at ${wrong}: ${[a, b, c, d].map((x) => x[wrong])}, eagerly ${truth[wrong]}`,
            )
          }
        }
        tf.dispose([...inputs, ...eager, ...loops, ...mixed])
      }),
      { numRuns: 250 },
    )
  },
)
