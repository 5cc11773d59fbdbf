import { key as keyOf, VariateError, type Key } from '@variate/core'
import type { ContinuousFactor } from './factors.ts'
import { meanFieldOf } from './meanField.ts'
import type { Plan } from './plan.ts'
import { started, type Start } from './started.ts'

/** How far scales may be off before terms are taken anew: a factor of 4. */
const FAR = 2
const ITERATIONS = 2

/**
 * A plan of which terms are taken where latents are about as large as they are in q, so that little is lost to rounding: a few
 * iterations tell how large.
 */
export function scaledPlan(plan: Plan, startOf: (key: Key) => Start, who: string): Plan {
  const scales = new Map<string, number>()
  const field = meanFieldOf(plan)
  try {
    const q = started(plan, field, startOf(keyOf(0)), who)
    for (let i = 0; i < ITERATIONS; i++)
      for (const stage of field.stages) if (field.update(stage, q) !== undefined) return plan
    for (const factor of plan.factors.continuous) {
      for (const [position, { site }] of factor.numbers.entries()) {
        if (site.kind === 'simplex' || site.kind === 'unit') continue
        const size = sizeOfNumber(factor, q.natural, position)
        if (size > 0 && size < Infinity)
          scales.set(site.site.name, Math.max(scales.get(site.site.name) ?? 0, size))
      }
    }
  } catch (error) {
    // What is wrong with it is told of where it is run.
    if (error instanceof VariateError) return plan
    throw error
  }
  const powers = new Map([...scales].map(([name, size]) => [name, Math.round(Math.log2(size))]))
  if (![...powers.values()].some((power) => Math.abs(power) > FAR)) return plan
  return plan.rescaled(new Map([...powers].map(([name, power]) => [name, 2 ** power])))
}

function sizeOfNumber(
  { family, from, count }: ContinuousFactor,
  natural: Float64Array,
  position: number,
): number {
  const { mean, variance } = family.moments(natural.subarray(from, from + count))
  const spread = variance[position]!
  return Math.abs(mean[position]!) + (spread < Infinity ? Math.sqrt(spread) : 0)
}
