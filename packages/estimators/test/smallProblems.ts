import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, constant, drawNormal, exp, foldInKey, mul } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import type { Draws, Factor, Problem, Reader, Tree, Values } from '@variate/estimators'

/** Parameters that are numbers. */
export interface Numbers {
  readonly model: Readonly<Record<string, number>>
  readonly guide: Readonly<Record<string, number>>
}

const number = (of: Tree, name: string): Tensor => of[name] as Tensor
const factor = (
  name: string,
  draws: Draws,
  terms: readonly string[],
  more: Partial<Factor> = {},
): Factor => ({
  name,
  sites: [name],
  plates: [],
  scale: 1,
  draws,
  terms: terms.map((of): Reader => ({ name: of, aligned: [] })),
  factors: [],
  ...more,
})
const term = (name: string) => ({ name, plates: [], scale: 1 })

/** z ~ N(mu, 1), x ~ N(z, e^logNoise), x being 1.5; q(z) = N(m, e^s). */
export const gaussian: Problem = {
  factors: [factor('z', 'reparameterized', ['z', 'x'])],
  terms: [term('z'), term('x')],
  sizes: new Map(),
  draw: ({ guide }, key) => ({
    z: add(number(guide, 'm'), mul(exp(number(guide, 's')), drawNormal(key, []))),
  }),
  logQ: ({ guide }, { z }) => ({ z: normal(number(guide, 'm'), exp(number(guide, 's'))).logProb(z!) }),
  logP: ({ model }, { z }) => ({
    z: normal(number(model, 'mu'), 1).logProb(z!),
    x: normal(z!, exp(number(model, 'logNoise'))).logProb(1.5),
  }),
}
export const gaussianAt: Numbers = { model: { mu: 0.2, logNoise: -0.4 }, guide: { m: 0.4, s: -0.3 } }

/** b ~ Bernoulli of log odds a, x ~ N(c b, 1), x being 1.2; q(b) of log odds l. */
export const switched: Problem = {
  factors: [factor('b', 'discrete', ['b', 'x'])],
  terms: [term('b'), term('x')],
  sizes: new Map(),
  draw: ({ guide }, key, how) => {
    const q = bernoulli({ logits: number(guide, 'l') })
    return { b: how?.['b'] ? how['b'](q, key) : q.sample(key) }
  },
  logQ: ({ guide }, { b }) => ({ b: bernoulli({ logits: number(guide, 'l') }).logProb(b!) }),
  logP: ({ model }, { b }) => ({
    b: bernoulli({ logits: number(model, 'a') }).logProb(b!),
    x: normal(mul(number(model, 'c'), cast(b!, 'float32')), 1).logProb(1.2),
  }),
}
export const switchedAt: Numbers = { model: { a: -0.5, c: 2 }, guide: { l: 0.3 } }

/** z ~ N(0, 1), b ~ Bernoulli of log odds a z, x ~ N(z + 2 b, 1), x being 1.2; q(z) = N(m, e^s), q(b | z) of log odds c + d z. */
export const mixed: Problem = {
  factors: [
    factor('z', 'reparameterized', ['z', 'b', 'x'], { factors: [{ name: 'b', aligned: [] }] }),
    factor('b', 'discrete', ['b', 'x']),
  ],
  terms: [term('z'), term('b'), term('x')],
  sizes: new Map(),
  draw: ({ guide }, key, how) => {
    const z = add(number(guide, 'm'), mul(exp(number(guide, 's')), drawNormal(key, [])))
    const q = bernoulli({ logits: add(number(guide, 'c'), mul(number(guide, 'd'), z)) })
    const own = foldInKey(key, 1)
    return { z, b: how?.['b'] ? how['b'](q, own) : q.sample(own) }
  },
  logQ: ({ guide }, { z, b }) => ({
    z: normal(number(guide, 'm'), exp(number(guide, 's'))).logProb(z!),
    b: bernoulli({ logits: add(number(guide, 'c'), mul(number(guide, 'd'), z!)) }).logProb(b!),
  }),
  logP: ({ model }, { z, b }) => ({
    z: normal(0, 1).logProb(z!),
    b: bernoulli({ logits: mul(number(model, 'a'), z!) }).logProb(b!),
    x: normal(add(z!, mul(2, cast(b!, 'float32'))), 1).logProb(1.2),
  }),
}
export const mixedAt: Numbers = { model: { a: 0.7 }, guide: { m: 0.3, s: -0.2, c: 0.2, d: -0.6 } }

/** The Gaussian model in each element of a plate, with what it observes; q is the same in all. */
export function plated(x: readonly number[], scale = 1): Problem {
  const plates = ['i']
  const aligned = ['z', 'x'].map((name): Reader => ({ name, aligned: plates }))
  return {
    factors: [factor('z', 'reparameterized', [], { plates, scale, terms: aligned })],
    terms: [
      { name: 'z', plates, scale },
      { name: 'x', plates, scale },
      { name: 'rest', plates: [], scale: 1 },
    ],
    sizes: new Map([['i', x.length]]),
    draw: ({ guide }, key) => ({
      z: add(number(guide, 'm'), mul(exp(number(guide, 's')), drawNormal(key, [x.length]))),
    }),
    logQ: gaussian.logQ,
    logP: ({ model }, { z }) => ({
      z: normal(number(model, 'mu'), 1).logProb(z!),
      x: normal(z!, exp(number(model, 'logNoise'))).logProb(constant([...x])),
      rest: mul(2, number(model, 'mu')),
    }),
  }
}

/** A problem with another term of log p. */
export function withTerm(problem: Problem, f: (values: Values) => Tensor): Problem {
  return {
    ...problem,
    factors: problem.factors.map((own) => ({ ...own, terms: [...own.terms, { name: 'more', aligned: [] }] })),
    terms: [...problem.terms, term('more')],
    logP: (parameters, values) => ({ ...problem.logP(parameters, values), more: f(values) }),
  }
}
