import { NdArray } from '@variate/core'
import { add, constant, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, normal, oneHotCategorical } from '@variate/distributions'
import { guideFamily, meanField } from '@variate/families'
import { guide, model, real } from '@variate/language'
import { number, numbers, subject, type Parameters, type Subject } from './gradientsOf.ts'

/** A problem, parameters to look at, and the exact gradient of its bound there, by name. */
export interface Case {
  readonly of: Subject
  readonly at: Parameters
  readonly exact: Readonly<Record<string, number>>
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const logNormal = (x: number, loc: number, scale: number): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

const DATA = [0.5, -1, 2, 0.1, -0.4]
const LOG_ODDS = [0.4, -1, 1.5, 0, -0.2]
const LOC = 1.3

/** zᵢ ~ Bernoulli(0.3), xᵢ ~ N(m (2zᵢ − 1), 1) in a plate of five, or some elements of it. */
export function signs(rows?: readonly number[]): Case {
  const signed = model('signs')
    .param('m', real())
    .plate('i', 'n', (i) =>
      i
        .latent('z', bernoulli({ probs: 0.3 }))
        .observed('x', ({ z, m }) => normal(mul(m, sub(mul(2, z), 1)), 1)),
    )
  const logJoint = (z: number, x: number): number =>
    Math.log(z === 1 ? 0.3 : 0.7) + logNormal(x, LOC * (2 * z - 1), 1)
  // Of those that are taken each counts for some.
  const scale = DATA.length / (rows ?? DATA).length
  const countOf = (i: number): number => ((rows?.includes(i) ?? true) ? scale : 0)
  const gradients = DATA.map((x, i): [string, number] => {
    const q = sigmoid(LOG_ODDS[i]!)
    return [
      `z.logits[${i}]`,
      countOf(i) * q * (1 - q) * (logJoint(1, x) - Math.log(q) - logJoint(0, x) + Math.log(1 - q)),
    ]
  })
  const ofM = DATA.reduce((total, x, i) => {
    const q = sigmoid(LOG_ODDS[i]!)
    return total + countOf(i) * (q * (x - LOC) - (1 - q) * (x + LOC))
  }, 0)
  return {
    of: subject(signed as never, { x: DATA }, meanField(), rows ? { i: rows } : {}),
    at: { model: { m: number(LOC) }, guide: { 'z.logits': numbers(...LOG_ODDS) } },
    exact: { ...Object.fromEntries(gradients), m: ofM },
  }
}

const MEANS = [-1, 0.5, 2]
const WEIGHTS = [0.5, 0.3, 0.2]
const LOGITS = [
  [0.2, -0.3, 0.5],
  [1, 0, -1],
]

/** zᵢ ~ OneHotCategorical(0.5, 0.3, 0.2), xᵢ ~ N(zᵢ · means, 1) in a plate of two. */
export function kinds(): Case {
  const x = [0.3, 1.7]
  const kind = model('kinds').plate('i', 'n', (i) =>
    i
      .latent('z', oneHotCategorical({ probs: WEIGHTS }))
      .observed('x', ({ z }) => normal(sum(mul(z, constant(MEANS))), 1)),
  )
  const gradients = x.flatMap((own, i) => {
    const total = LOGITS[i]!.reduce((sumOf, a) => sumOf + Math.exp(a), 0)
    const q = LOGITS[i]!.map((a) => Math.exp(a) / total)
    const f = q.map((p, k) => Math.log(WEIGHTS[k]!) + logNormal(own, MEANS[k]!, 1) - Math.log(p))
    const mean = q.reduce((sumOf, p, k) => sumOf + p * f[k]!, 0)
    return q.map((p, k): [string, number] => [`z.logits[${3 * i + k}]`, p * (f[k]! - mean)])
  })
  return {
    of: subject(kind as never, { x }, meanField()),
    at: { model: {}, guide: { 'z.logits': new NdArray(Float64Array.from(LOGITS.flat()), [2, 3]) } },
    exact: Object.fromEntries(gradients),
  }
}

const AT = { loc: 0.3, scale: 0.6, a: -0.2, b: 0.8, d: -0.4, e: 1.1, s: 0.5 }
const X = 0.9

/**
 * u ~ N(0, 1), c | u ~ Bernoulli(σ(u)), v | c ~ N(2c − 1, 1), x | v, c ~ N(v + c, 1), with the same dependences in q: a continuous
 * latent before the discrete one, and one after it.
 */
export function mixed(): Case {
  const chain = model('mixed')
    .latent('u', normal(0, 1))
    .latent('c', ({ u }) => bernoulli({ logits: u }))
    .latent('v', ({ c }) => normal(sub(mul(2, c), 1), 1))
    .observed('x', ({ v, c }) => normal(add(v, c), 1))
  const q = guide(chain)
    .param('loc', real())
    .param('scale', real())
    .param('a', real())
    .param('b', real())
    .param('d', real())
    .param('e', real())
    .param('s', real())
    .latent('u', ({ loc, scale }) => normal(loc, scale))
    .latent('c', ({ u, a, b }) => bernoulli({ logits: add(a, mul(b, u)) }))
    .latent('v', ({ c, d, e, s }) => normal(add(d, mul(e, c)), s))
  const gradients = Object.keys(AT).map((name): [string, number] => {
    const h = 1e-4
    const [more, less] = [h, -h].map((by) =>
      mixedBound({ ...AT, [name]: AT[name as keyof typeof AT] + by }),
    ) as [number, number]
    return [name, (more - less) / (2 * h)]
  })
  return {
    of: subject(chain as never, { x: X }, guideFamily(q) as never),
    at: {
      model: {},
      guide: Object.fromEntries(Object.entries(AT).map(([name, x]) => [name, number(x)])),
    },
    exact: Object.fromEntries(gradients),
  }
}

/** The bound: by the trapezoid rule in u, over both values of c, and in closed form in v. */
function mixedBound({ loc, scale, a, b, d, e, s }: typeof AT): number {
  const points = 2001
  let total = 0
  for (let i = 0; i < points; i++) {
    const u = loc + scale * (-9 + (18 * i) / (points - 1))
    let inner = logNormal(u, 0, 1) - logNormal(u, loc, scale)
    for (const c of [0, 1]) {
      const probability = c === 1 ? sigmoid(a + b * u) : sigmoid(-a - b * u)
      const center = d + e * c
      const ofV =
        logNormal(center, 2 * c - 1, 1) +
        logNormal(X, center + c, 1) -
        s ** 2 +
        Math.log(s) +
        0.5 * Math.log(2 * Math.PI * Math.E)
      inner += probability * (Math.log(c === 1 ? sigmoid(u) : sigmoid(-u)) - Math.log(probability) + ofV)
    }
    total += Math.exp(logNormal(u, loc, scale)) * inner
  }
  return (total * 18 * scale) / (points - 1)
}
