import { add, mul, sub } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import { guide, model, real, type Guide, type Model, type ModelTypes } from '@variate/language'

/** Two normal latents, in a chain. */
const gaussian = model('gaussian')
  .latent('z', normal(0, 1))
  .latent('u', ({ z }) => normal(z, 1))
  .observed('x', ({ u }) => normal(u, 1))

/** Two Bernoulli latents, each with an observation of its own. */
const bernoulliPair = model('bernoulli')
  .latent('b', bernoulli({ probs: 0.3 }))
  .latent('c', bernoulli({ probs: 0.6 }))
  .observed('x', ({ b }) => normal(sub(mul(2, b), 1), 1))
  .observed('y', ({ c }) => normal(sub(mul(2, c), 1), 1))

/** A normal latent, and a Bernoulli one that depends on it. */
const mixed = model('mixed')
  .latent('z', normal(0, 1))
  .latent('c', ({ z }) => bernoulli({ logits: z }))
  .observed('x', ({ z, c }) => normal(add(z, c), 1))

const gaussianGuide = guide(gaussian)
  .param('a', real())
  .param('b', real())
  .param('w', real())
  .latent('z', ({ a }) => normal(a, 0.6))
  .latent('u', ({ b, w, z }) => normal(add(b, mul(w, z)), 0.7))

const bernoulliGuide = guide(bernoulliPair)
  .param('a', real())
  .param('d', real())
  .param('w', real())
  .latent('b', ({ a }) => bernoulli({ logits: a }))
  .latent('c', ({ d, w, b }) => bernoulli({ logits: add(d, mul(w, b)) }))

const mixedGuide = guide(mixed)
  .param('a', real())
  .param('d', real())
  .param('w', real())
  .latent('z', ({ a }) => normal(a, 0.6))
  .latent('c', ({ d, w, z }) => bernoulli({ logits: add(d, mul(w, z)) }))

/** A model of the table, with its data and a guide. */
export interface TableModel {
  readonly declared: Model<ModelTypes>
  readonly data: Readonly<Record<string, number>>
  readonly guide: Guide
  readonly continuous: readonly string[]
  readonly discrete: readonly string[]
}

/** The models that cells are measured on, by name. */
export const MODELS: Readonly<Record<string, TableModel>> = {
  gaussian: {
    declared: gaussian as never,
    data: { x: 1.3 },
    guide: gaussianGuide as never,
    continuous: ['z', 'u'],
    discrete: [],
  },
  bernoulli: {
    declared: bernoulliPair as never,
    data: { x: 0.4, y: -0.2 },
    guide: bernoulliGuide as never,
    continuous: [],
    discrete: ['b', 'c'],
  },
  mixed: {
    declared: mixed as never,
    data: { x: 0.9 },
    guide: mixedGuide as never,
    continuous: ['z'],
    discrete: ['c'],
  },
}
