import { DomainError, UnsupportedError } from '@variate/core'
import type { Bound, RandomSite } from '@variate/language/internal'
import type { Family, FamilyKinds } from './family.ts'
import { latentsOf } from './latents.ts'
import { meanField } from './meanField.ts'
import { together } from './together.ts'
import type { Variational } from './variational.ts'

type KindsOf<Of> = Of extends Family<infer Kinds> ? Kinds : never

/**
 * A family for each of some latents, and one for all others: independent of each other, and within each as it says. A name may be
 * several latents that are drawn together, separated by commas: `{ 'mu, tau': fullRank() }`.
 *
 * @param blocks families by the names of latents.
 * @param otherwise the family of the latents that are not named; `meanField()`, if not given.
 * @throws DomainError for no names, and a latent that is named twice. When it is paired with a model DomainError for a name that is no
 *   latent of it; UnsupportedError for a family that does not take some latents alone.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { halfNormal, normal } from '@variate/distributions'
 * import { fullRank, meanField, structured } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const groups = model('groups')
 *   .latent('mu', normal(0, 5))
 *   .latent('tau', halfNormal(5))
 *   .plate('group', 3, (group) => group
 *     .latent('theta', ({ mu, tau }) => normal(mu, tau))
 *     .observed('y', ({ theta }) => normal(theta, 1)))
 * const family = structured({ 'mu, tau': fullRank(), theta: meanField() })
 * const fit = await bbvi(groups, { family, steps: 100 }).fit({ y: [1, 2, 4] }, { seed: 0 })
 * fit.posterior.mean.theta.shape // => [3]
 * structured({ mu: fullRank(), 'tau, mu': fullRank() }) // => throws '"mu" is named twice'
 * ```
 */
export function structured<
  const Blocks extends Readonly<Record<string, Family>>,
  const Rest extends FamilyKinds = { readonly continuous: 'reparameterized'; readonly discrete: true },
>(
  blocks: Blocks,
  otherwise?: Family<Rest>,
): Family<{
  readonly continuous: KindsOf<Blocks[keyof Blocks]>['continuous'] | Rest['continuous']
  readonly discrete: boolean
}> {
  const rest = (otherwise ?? meanField()) as Family
  const named = Object.entries(blocks).map(([names, family]) => ({ names: namesIn(names), family }))
  checkOnce(named.flatMap(({ names }) => names))
  const all = [...named.map(({ family }) => family), rest]
  return {
    name: 'structured',
    kinds: {
      continuous: all.every(({ kinds }) => kinds.continuous === 'reparameterized')
        ? 'reparameterized'
        : 'opaque',
      discrete: all.some(({ kinds }) => kinds.discrete),
    },
    of: (model, who, part = {}) => {
      const sites = part.sites ?? latentsOf(model)
      const taken = named.map(({ names, family }) => {
        const own = names.map((name) => siteIn(model, sites, name, who))
        return partOf(family, model, own, part.perElement, who)
      })
      const open = sites.filter(({ name }) => !named.some(({ names }) => names.includes(name)))
      return together(open.length > 0 ? [...taken, partOf(rest, model, open, part.perElement, who)] : taken)
    },
  } as Family<never>
}

function namesIn(names: string): readonly string[] {
  const all = names.split(',').map((name) => name.trim())
  if (all.every((name) => name !== '')) return all
  throw new DomainError(`structured: "${names}" names no latent: write such as "mu, tau"`)
}

function checkOnce(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined)
    throw new DomainError(`structured: "${twice}" is named twice: each latent is in one block`)
}

function siteIn(model: Bound, sites: readonly RandomSite[], name: string, who: string): RandomSite {
  const deviation = model.program.uncentered?.deviations.get(name)
  const found = sites.find((site) => site.name === name || site.name === deviation)
  if (found) return found
  const known = sites.map((site) => `"${site.name}"`).join(', ')
  throw new DomainError(
    `${who}: structured: "${name}" is no latent of model "${model.program.name}" that is to be inferred: there are ${known}`,
  )
}

function partOf(
  family: Family,
  model: Bound,
  sites: readonly RandomSite[],
  perElement: string | undefined,
  who: string,
): Variational {
  const made = family.of(model, who, { sites, perElement })
  const covered = made.factors.flatMap((factor) => factor.sites)
  if (covered.length === sites.length && sites.every(({ name }) => covered.includes(name))) return made
  throw new UnsupportedError(
    `${who}: structured: ${family.name} is of all latents, and takes no part of them alone`,
  )
}
