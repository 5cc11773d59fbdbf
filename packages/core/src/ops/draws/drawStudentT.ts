import { LARGEST } from '../../float32.ts'
import { fillLogGamma } from '../../random/fillGamma.ts'
import { fillNormal32 } from '../../random/fillNormal.ts'
import { split } from '../../random/key.ts'
import { studentTSampleDerivative } from '../special/studentT.ts'
import { finiteOr0 } from '../special/stretched.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws X/√(G/(ν/2)) from Student's t distribution, X normal and G gamma with concentration ν/2:
 * `drawStudentT(key, shape, df)`. They are differentiable in ν by implicit reparameterization, but where
 * that derivative is beyond float32: it is 0 there.
 */
export const drawStudentT: Draw = /* @__PURE__ */ defineDraw(
  'drawStudentT',
  (key, [df], out) => {
    const [first, second] = split(key)
    const halves = Float64Array.from(df!, (x) => 0.5 * x)
    const logs = new Float64Array(out.length)
    fillLogGamma(second!, halves, logs)
    fillNormal32(first!, out as Float32Array)
    for (let i = 0; i < out.length; i++) {
      const half = halves[halves.length === 1 ? 0 : i]!
      const t = out[i]! * Math.exp(0.5 * (Math.log(half) - logs[i]!))
      out[i] = Math.min(Math.max(t, -LARGEST), LARGEST)
    }
  },
  { derivatives: [(z, df) => finiteOr0(studentTSampleDerivative(z, df!))] },
)
