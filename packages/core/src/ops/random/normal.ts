import { fillNormal32 } from '../../random/fillNormal.ts'
import { draw, type Draw } from './draw.ts'

/** Standard normal draws: the numbers of `random.normal` with a plain key. */
export const normal: Draw = /* @__PURE__ */ draw('normal', (key, _, out) =>
  fillNormal32(key, out as Float32Array),
)
