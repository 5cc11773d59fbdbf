import { fillVonMises } from '../../random/fillVonMises.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/** Draws from von Mises distributions around 0, in [−π, π]: `drawVonMises(key, shape, concentration)`. */
export const drawVonMises: Draw = /* @__PURE__ */ defineDraw('drawVonMises', (key, [concentration], out) =>
  fillVonMises(key, concentration!, out as Float32Array),
)
