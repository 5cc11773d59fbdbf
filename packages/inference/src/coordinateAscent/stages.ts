import type { Program } from '@variate/language/internal'
import type { ContinuousFactor, Factor, Factors } from './factors.ts'
import type { Polynomial } from './polynomial.ts'

/** Factors of one kind that are updated together: no term depends on two of them. */
export interface Stage {
  readonly factors: readonly Factor[]
  readonly isDiscrete: boolean
}

/** The stages of an iteration: latents that are declared last come first, for they are what depends on the others. */
export function stagesOf(
  { declarations }: Program,
  { discrete, continuous, total }: Factors,
  polynomial: Polynomial,
): readonly Stage[] {
  const groups = new Map<string, Factor[]>()
  for (const factor of [...discrete, ...continuous]) {
    const name = factor.isDiscrete
      ? `${factor.names[0]!}|`
      : `${factor.names}|${(factor as ContinuousFactor).family.name}|${factor.count}`
    const group = groups.get(name)
    if (group) group.push(factor)
    else groups.set(name, [factor])
  }
  const order = new Map(declarations.map(({ name }, i) => [name, i]))
  const sorted = [...groups.values()].toSorted(
    ([a], [b]) => order.get(b!.names[0]!)! - order.get(a!.names[0]!)!,
  )
  const groupOf = new Map(sorted.flatMap((group, i) => group.map((factor) => [factor, i] as const)))
  const neighbours = interacting([...discrete, ...continuous], groupOf, total, polynomial)
  return sorted.flatMap((group) =>
    apart(group, neighbours).map((factors) => ({ factors, isDiscrete: factors[0]!.isDiscrete })),
  )
}

/** For each factor the others of its group that a product has together with it. */
function interacting(
  all: readonly Factor[],
  groupOf: ReadonlyMap<Factor, number>,
  total: number,
  { coefficients, statistics, width }: Polynomial,
): ReadonlyMap<Factor, ReadonlySet<Factor>> {
  const factorOf = new Int32Array(total + 1).fill(-1)
  for (const { from, count, index } of all) factorOf.fill(index, from, from + count)
  const groups = Int32Array.from(all, (factor) => groupOf.get(factor)!)
  const found = new Map<Factor, Set<Factor>>()
  const add = (a: Factor, b: Factor): void => {
    const own = found.get(a)
    if (own) own.add(b)
    else found.set(a, new Set([b]))
  }
  for (let product = 0; product < coefficients.length; product++) {
    for (let i = product * width; i < (product + 1) * width; i++) {
      const a = factorOf[statistics[i]!]!
      for (let j = product * width; j < i; j++) {
        const b = factorOf[statistics[j]!]!
        if (a < 0 || b < 0 || a === b || groups[a] !== groups[b]) continue
        add(all[a]!, all[b]!)
        add(all[b]!, all[a]!)
      }
    }
  }
  return found
}

/** A group in parts of factors that do not interact, each factor in the first part that it can be in. */
function apart(
  group: readonly Factor[],
  neighbours: ReadonlyMap<Factor, ReadonlySet<Factor>>,
): readonly (readonly Factor[])[] {
  const parts: Factor[][] = []
  const partOf = new Map<Factor, number>()
  for (const factor of group) {
    const taken = new Set([...(neighbours.get(factor) ?? [])].map((other) => partOf.get(other)))
    let part = 0
    while (taken.has(part)) part++
    partOf.set(factor, part)
    ;(parts[part] ??= []).push(factor)
  }
  return parts
}
