import { fillPoisson } from '../../random/fillPoisson.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/** Draws from Poisson distributions: `drawPoisson(key, shape, rate)`, int32; greater counts are a NumericalError. */
export const drawPoisson: Draw = /* @__PURE__ */ defineDraw(
  'drawPoisson',
  (key, [rate], out) => fillPoisson(key, rate!, out as Int32Array),
  { dtype: 'int32' },
)
