import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { AnyNetwork } from '@variate/language'
import { placeOf, type Bound, type RandomSite } from '@variate/language/internal'
import { amortized } from './amortized.ts'
import { diagonalNormal, logitsOf, type ConditionalHead, type HeadedFactor } from './conditionalHead.ts'
import { dataOf } from './dataOf.ts'
import type { Family, FamilyKinds } from './family.ts'
import type { Joint } from './joint.ts'
import { latentsOf } from './latents.ts'
import { meanField } from './meanField.ts'
import { sharedNetwork } from './sharedNetwork.ts'
import { together } from './together.ts'
import { vectorHead } from './vectorHead.ts'

/** How the distribution of a latent is found from data. */
export interface ConditionalLatent {
  /** The observed site or input that the network reads, or several: their numbers follow each other. */
  readonly from: string | readonly string[]
  /**
   * What it makes of the numbers of an element; linear heads behind it give the parameters of q. Or a network of the model, by its
   * name, which gives these itself, one behind the other: of `diagonalNormal()` locations, then logarithms of scales. It is fitted
   * to what the model and q make of it.
   */
  readonly network: AnyNetwork | string
  /**
   * Of a continuous latent: which normals, `diagonalNormal()` if not given, or a family of vectors, such as `planarFlow()`, of which
   * the network gives all parameters. Discrete latents have log odds.
   */
  readonly family?: ConditionalHead | Joint
}

/**
 * Amortised inference: q of a latent in each element of its plates is a function of the element's data, a network that all elements
 * share. Continuous latents are images of normals, by the map from all numbers onto their support. Parameters are `z.network`, and
 * of the heads `z.loc` and `z.scale`, or `z.logits`; there are none of single elements, so that a fit is of any number of them.
 *
 * @param latents for each latent that a network is to tell of, by name: what it reads.
 * @param otherwise the family of the latents that are not named; `meanField()`, if not given.
 * @throws DomainError for no names. When it is paired with a model DomainError for names that are no latents or no data, and a
 *   network for another number of numbers, or a name that is none of the model's; UnsupportedError for chains, data that are not in the plates of the latent or are missing
 *   in part, and a normal for a discrete latent.
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014); Rezende, Mohamed and Wierstra, Stochastic Backpropagation
 *   and Approximate Inference in Deep Generative Models (ICML 2014).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { conditional, diagonalNormal } from '@variate/families'
 * import { bbvi } from '@variate/inference'
 * import { mlp, model } from '@variate/language'
 *
 * const means = model('means').plate('item', 'n', (item) => item
 *   .latent('z', normal(0, 1))
 *   .observed('x', ({ z }) => normal(z, 1)))
 * const family = conditional({ z: { from: 'x', network: mlp([1, 8]), family: diagonalNormal() } })
 * const fit = await bbvi(means, { family, batch: { item: 2 }, steps: 100 }).fit({ x: [1, -2, 0] }, { seed: 0 })
 * fit.posterior.mean.z.shape // => [3]
 * const wrong = conditional({ z: { from: 'x', network: mlp([2, 8]) } })
 * await bbvi(means, { family: wrong }).fit({ x: [1, -2, 0] }, { seed: 0 }) // => throws 'gives 1 number, the network of "z" takes 2'
 * ```
 */
export function conditional<
  const Rest extends FamilyKinds = { readonly continuous: 'reparameterized'; readonly discrete: true },
>(
  latents: Readonly<Record<string, ConditionalLatent>>,
  otherwise?: Family<Rest>,
): Family<{ readonly continuous: 'reparameterized' | Rest['continuous']; readonly discrete: true }> {
  const named = Object.entries(latents)
  if (named.length === 0)
    throw new DomainError('conditional: names no latent: name those that a network is to tell of')
  const rest = (otherwise ?? meanField()) as Family
  return {
    name: 'conditional',
    kinds: { continuous: rest.kinds.continuous, discrete: true },
    of: (model, who, part = {}) => {
      const sites = part.sites ?? latentsOf(model)
      const own = `${who}: conditional`
      const taken = named.map(([name, { from, network, family }], at) => {
        const site = siteIn(model, sites, name, own)
        checkNetwork(network, site, own)
        const data = dataOf(model, site, typeof from === 'string' ? [from] : from, own)
        const factor = factorOf(model, site, family, own)
        return typeof network === 'string'
          ? sharedNetwork(model, factor, network, data, own, at)
          : amortized(factor, network, data, own, at)
      })
      const open = sites.filter(({ name }) => !Object.hasOwn(latents, name))
      if (open.length === 0) return together(taken)
      return together([...taken, rest.of(model, who, { ...part, sites: open })])
    },
  }
}

/** @throws DomainError for no network. */
function checkNetwork(network: unknown, site: RandomSite, who: string): void {
  if (network !== undefined && network !== null) return
  throw new DomainError(
    `${who}: ${placeOf(site)}: network must be one such as mlp([784, 400]), got ${shown(network)}`,
  )
}

function siteIn(model: Bound, sites: readonly RandomSite[], name: string, who: string): RandomSite {
  const site = sites.find((own) => own.name === name)
  if (!site) {
    const known = sites.map((own) => `"${own.name}"`).join(', ')
    throw new DomainError(
      `${who}: "${name}" is no latent of model "${model.program.name}" that is to be inferred: there are ${known}`,
    )
  }
  if (!site.next) return site
  throw new UnsupportedError(
    `${who}: ${placeOf(site)} is a chain, whose steps depend on each other: leave it to the family of the others, or give a guide`,
  )
}

function factorOf(
  model: Bound,
  site: RandomSite,
  family: ConditionalHead | Joint | undefined,
  who: string,
): HeadedFactor {
  const head = family && 'vector' in family ? vectorHead(family.vector) : family
  if (!model.distributions.get(site)!.support.isDiscrete)
    return (head ?? diagonalNormal()).of(model, site, who)
  if (!head) return logitsOf(model, site, who)
  throw new UnsupportedError(
    `${who}: ${placeOf(site)} is discrete, and ${head.name}() is of continuous latents: leave family out`,
  )
}
