import { DomainError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { reshape, slice } from '@variate/core/ops'
import type { AnyNetwork } from '@variate/language'
import type { Bound } from '@variate/language/internal'
import type { HeadedFactor } from './conditionalHead.ts'
import type { DataOf } from './dataOf.ts'
import { checkInput, featuresOf, throughNetwork } from './throughNetwork.ts'
import type { SiteTensors, Variational, VariationalContext } from './variational.ts'

/**
 * A factor whose parameters for each element a network of the model gives, one behind the other. q has no others, so that the model
 * can say what q is of anything that the network reads.
 *
 * @param at which of several networks it is: what is random in them differs.
 * @throws DomainError for a name that is no network of the model, and one that takes or gives another number of numbers.
 */
export function sharedNetwork(
  model: Bound,
  factor: HeadedFactor,
  network: string,
  data: DataOf,
  who: string,
  at: number,
): Variational {
  const { name, plates } = factor.local.factors[0]!
  const own = networkIn(model, network, `${who}: network of "${name}"`)
  checkInput(own.input, data, name, who)
  const shapes = Object.entries(factor.shapes)
  checkOutput(own, shapes, `${who}: network "${network}"`, name)
  const given = (context: VariationalContext): SiteTensors => {
    // Where its parameters are given, they are among the data.
    const params = context.params[network] ?? context.data[network]
    const all = featuresOf(own, params, data, context, plates, at)
    const lengths = all.shape.slice(0, -1)
    let from = 0
    const parts = shapes.map(([of, shape]) => {
      const size = sizeOf(shape)
      const part = slice(all, [...lengths.map(() => 0), from], [...lengths, size])
      from += size
      return [of, reshape(part, [...lengths, ...shape])] as const
    })
    return Object.fromEntries(parts)
  }
  const isGiven = model.values[network] !== undefined
  return {
    ...throughNetwork(factor, given),
    plates: {},
    ...(isGiven ? {} : { shared: [network] }),
    init: () => ({}),
  }
}

function networkIn({ program }: Bound, name: string, who: string): AnyNetwork {
  const all = program.declarations.flatMap((site) => (site.kind === 'network' ? [site] : []))
  const site = all.find((own) => own.name === name)
  if (site) return site.network
  const known = all.map((own) => `"${own.name}"`).join(', ')
  throw new DomainError(
    `${who}: "${name}" is no network of model "${program.name}": ${known === '' ? 'it has none' : `there are ${known}`}`,
  )
}

function checkOutput(
  { output }: AnyNetwork,
  shapes: readonly (readonly [string, readonly number[]])[],
  who: string,
  name: string,
): void {
  const sizes = shapes.map(([of, shape]) => [of, sizeOf(shape)] as const)
  const expected = sizes.reduce((total, [, size]) => total + size, 0)
  if (sizeOf(output) === expected) return
  const parts = sizes.map(([of, size]) => `${size} of ${of}`).join(' and ')
  throw new DomainError(
    `${who} gives ${sizeOf(output)} numbers, expected ${expected}: as one of the model's, it gives all parameters of q of "${name}", ` +
      parts,
  )
}
