import { fillUniform32 } from '../../random/fillUniform.ts'
import { draw, type Draw } from './draw.ts'

/** Uniform draws on [0, 1): the numbers of `random.uniform` with a plain key. */
export const uniform: Draw = /* @__PURE__ */ draw('uniform', (key, _, out) =>
  fillUniform32(key, out as Float32Array),
)
