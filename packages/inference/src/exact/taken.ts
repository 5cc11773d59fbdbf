import type { Component } from './components.ts'
import type { Design } from './design.ts'
import type { Taken } from './fitFamily.ts'
import { partOf } from './nearMeans.ts'
import type { GaussianPart } from './integrateGaussian.ts'
import type { Quadratic } from './quadratic.ts'
import { sizeOf } from './variables.ts'

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
    return { data, element, width: sizeOf(shape.slice(1)) }
  })
  const parts: GaussianPart[][] = []
  for (let row = 0; row < rows; row++) {
    const own: GaussianPart[] = []
    for (let point = 0; point < design.count; point++) {
      const at = row * stride + point
      for (const { data, element, width } of terms) {
        logs[at]! += data[at * width + element]!
        magnitudes[at]! += Math.abs(data[at * width + element]!)
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
