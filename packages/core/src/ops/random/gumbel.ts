import { fillGumbel32 } from '../../random/fillGumbel.ts'
import { draw, type Draw } from './draw.ts'

/** Standard Gumbel draws, −log(−log u). */
export const gumbel: Draw = /* @__PURE__ */ draw('gumbel', (key, _, out) =>
  fillGumbel32(key, out as Float32Array),
)
