import { indicesOf, sizeOf } from '@variate/core/internal'
import type { Component } from './components.ts'
import type { Design } from './design.ts'
import type { Taken } from './fitFamily.ts'
import type { GaussianPart } from './integrateGaussian.ts'
import { isNaNAt, partOf } from './nearMeans.ts'
import type { Quadratic } from './quadratic.ts'

interface Where {
  readonly rows: number
  readonly stride: number
  readonly who: string
}

/**
 * The terms of a component, normal latents integrated out, at the points of a design.
 *
 * @param places where its normal latents are in the vector of all.
 */
export function takenIn(
  quadratic: Quadratic,
  component: Component,
  places: readonly number[],
  { rows, stride, who }: Where,
  design: Design,
): { readonly taken: Taken; readonly parts: readonly (readonly GaussianPart[])[] } {
  const logs = new Float64Array(rows * stride)
  const magnitudes = new Float64Array(rows * stride)
  const terms = component.terms.map(({ site, element }) => {
    const { data, shape } = quadratic.logs[site.name]!
    const plates = shape.slice(1)
    return {
      data,
      element,
      width: sizeOf(plates),
      isNaN: () => isNaNAt(site, indicesOf(element, plates), who),
    }
  })
  const parts: GaussianPart[][] = []
  for (let row = 0; row < rows; row++) {
    const own: GaussianPart[] = []
    for (let point = 0; point < design.count; point++) {
      const at = row * stride + point
      for (const { data, element, width, isNaN } of terms) {
        const log = data[at * width + element]!
        // At the ends of domains what is 0·∞ is not conjugate.
        if (point === 0 && Number.isNaN(log)) throw isNaN()
        logs[at]! += log
        if (Number.isFinite(log)) magnitudes[at]! += Math.abs(log)
      }
      if (places.length === 0) continue
      const part = partOf(quadratic, component, places, at, who)
      logs[at] = part.logIntegral
      own.push(part)
    }
    if (places.length > 0) parts.push(own)
  }
  return { taken: { rows, stride, logs, magnitudes }, parts }
}
