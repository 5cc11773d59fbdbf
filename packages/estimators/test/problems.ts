import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  drawNormal,
  drawUniform,
  exp,
  fill,
  foldInKey,
  less,
  logSigmoid,
  mul,
  neg,
  sigmoid,
  square,
  sub,
  where,
} from '@variate/core/ops'
import type { Factor, Problem, Term, Values } from '@variate/estimators'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

type Real = Tensor | number

function logNormal(x: Real, loc: Real, logScale: Real): Tensor {
  const z = mul(sub(x, loc) as Tensor, exp(neg(logScale) as Tensor))
  return sub(mul(-0.5, square(z)), add(logScale, HALF_LOG_TWO_PI)) as Tensor
}

function logBernoulli(x: Tensor, logits: Tensor): Tensor {
  return add(mul(x, logSigmoid(logits)), mul(sub(1, x), logSigmoid(neg(logits))))
}

function drawBernoulli(logits: Tensor, key: Parameters<typeof drawUniform>[0]): Tensor {
  return where(less(drawUniform(key, logits.shape), sigmoid(logits)), fill(logits.shape, 1), 0)
}

const factor = (name: string, draws: Factor['draws'], more: Partial<Factor>): Factor => ({
  name,
  sites: [name],
  plates: [],
  scale: 1,
  draws,
  terms: [],
  factors: [],
  ...more,
})
const term = (name: string, plates: readonly string[] = [], scale = 1): Term => ({ name, plates, scale })
const at = (name: string, aligned: readonly string[] = []) => ({ name, aligned })

export const PRIOR = 0.3

/** zᵢ ~ Bernoulli(0.3), xᵢ ~ N(±m, 1), with q(zᵢ) of log odds λᵢ. */
export function signs(x: (() => Tensor) | number, count?: number, scale = 1): Problem {
  const plates = count === undefined ? [] : ['i']
  const data = (): Real => (typeof x === 'number' ? x : x())
  return {
    inputs: count === undefined ? [] : [{ name: 'x', plates, shape: [] }],
    data: typeof x === 'number' ? {} : { x: x() },
    sizes: new Map(count === undefined ? [] : [['i', count]]),
    factors: [factor('z', 'discrete', { plates, scale, terms: [at('z', plates), at('x', plates)] })],
    terms: [term('z', plates, scale), term('x', plates, scale)],
    draw: ({ guide }, key) => ({ z: drawBernoulli(guide['z'] as Tensor, key) }),
    logQ: ({ guide }, { z }) => ({ z: logBernoulli(z!, guide['z'] as Tensor) }),
    logP: ({ model }, { z }) => ({
      z: add(mul(z!, Math.log(PRIOR)), mul(sub(1, z!), Math.log(1 - PRIOR))),
      x: logNormal(data(), mul(model['m'] as Tensor, sub(mul(2, z!), 1)), 0),
    }),
  }
}

/** z ~ N(0, 1), x ~ N(θ + z, 1), with q(z) normal. */
export function level(x: number): Problem {
  return {
    sizes: new Map(),
    factors: [factor('z', 'reparameterized', { terms: [at('z'), at('x')] })],
    terms: [term('z'), term('x')],
    draw: ({ guide }, key) => ({
      z: add(guide['loc'] as Tensor, mul(exp(guide['logScale'] as Tensor), drawNormal(key, []))),
    }),
    logQ: ({ guide }, { z }) => ({ z: logNormal(z!, guide['loc'] as Tensor, guide['logScale'] as Tensor) }),
    logP: ({ model }, { z }) => ({
      z: logNormal(z!, 0, 0),
      x: logNormal(x, add(model['theta'] as Tensor, z!), 0),
    }),
  }
}

/**
 * z ~ N(0, 1), c | z ~ Bernoulli(σ(z)), u | c ~ N(2c − 1, 1), x | u, c ~ N(u + c, 1), with the same dependences in q: c | z of log
 * odds a + b·z, and u | c ~ N(d + e·c, exp(s)²).
 */
export function mixed(x: number): Problem {
  const g = (guide: unknown, name: string): Tensor => (guide as Values)[name]!
  const logits = (guide: unknown, z: Tensor): Tensor => add(g(guide, 'a'), mul(g(guide, 'b'), z))
  const loc = (guide: unknown, c: Tensor): Tensor => add(g(guide, 'd'), mul(g(guide, 'e'), c))
  return {
    sizes: new Map(),
    factors: [
      factor('z', 'reparameterized', { terms: [at('z'), at('c')], factors: [at('c')] }),
      factor('c', 'discrete', { terms: [at('c'), at('u'), at('x')], factors: [at('u')] }),
      factor('u', 'reparameterized', { terms: [at('u'), at('x')] }),
    ],
    terms: [term('z'), term('c'), term('u'), term('x')],
    draw: ({ guide }, key, how) => {
      // As a family does it: what stands in for a way to draw is given the distribution.
      const normal = (name: string, center: Tensor, logScale: Tensor): Tensor => {
        const sample = (): Tensor =>
          add(center, mul(exp(logScale), drawNormal(foldInKey(key, name === 'z' ? 0 : 2), [])))
        return how?.[name] ? how[name]({ sample } as never, key) : sample()
      }
      const z = normal('z', g(guide, 'loc'), g(guide, 'logScale'))
      const c = drawBernoulli(logits(guide, z), foldInKey(key, 1))
      return { z, c, u: normal('u', loc(guide, c), g(guide, 's')) }
    },
    logQ: ({ guide }, { z, c, u }) => ({
      z: logNormal(z!, g(guide, 'loc'), g(guide, 'logScale')),
      c: logBernoulli(c!, logits(guide, z!)),
      u: logNormal(u!, loc(guide, c!), g(guide, 's')),
    }),
    logP: (_, { z, c, u }) => ({
      z: logNormal(z!, 0, 0),
      c: logBernoulli(c!, z!),
      u: logNormal(u!, sub(mul(2, c!), 1), 0),
      x: logNormal(x, add(u!, c!), 0),
    }),
  }
}
