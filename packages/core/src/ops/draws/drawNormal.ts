import { fillNormal32 } from '../../random/fillNormal.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/** Standard normal draws: the numbers of `random.normal` with a plain key. */
export const drawNormal: Draw = /* @__PURE__ */ defineDraw('drawNormal', (key, _, out) =>
  fillNormal32(key, out as Float32Array),
)
