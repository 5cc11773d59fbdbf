import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, random } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import {
  cast,
  constant,
  expandDims,
  eye,
  gather,
  max,
  mul,
  neg,
  notEqual,
  reshape,
  sigmoid,
  softmax,
  stack,
  sub,
  sum,
} from '@variate/core/ops'
import {
  bernoulli,
  categorical,
  linearLogProb,
  oneHotCategorical,
  type Capabilities,
  type Distribution,
} from '@variate/distributions'
import { supportsOf, type Bound, type RandomSite } from '@variate/language/internal'
import { listedValues } from './listedValues.ts'
import { overEvent } from './realSite.ts'
import type { Probabilities, SiteTensors, Variational } from './variational.ts'

/** How far from even the log odds begin, as a standard deviation: no two values are equally likely. */
const SPREAD = 0.1

/**
 * A discrete latent with probabilities of its own for each of its values, in each element of its plates.
 *
 * @throws UnsupportedError for one with no finite list of values, or not the same in all elements.
 */
export function discreteFactor(model: Bound, site: RandomSite, who: string): Variational {
  const { name, plates } = site
  const logits = `${name}.logits`
  const kind = kindOf(model, site, who)
  const support = listedValues(model, site, who)
  const lengths = plates.map((plate) => model.sizes.get(plate)!)
  const shape = [...lengths, ...kind.logitsShape]
  return {
    factors: [
      {
        name,
        sites: [name],
        plates,
        draws: 'discrete',
        hasEntropy: true,
        reads: [],
        ...(support ? { support } : {}),
        ...(kind.isItself ? { kind: kind.distribution(evenOdds(kind.logitsShape)) } : {}),
        ...(kind.relaxed ? { relaxed: kind.relaxed } : {}),
      },
    ],
    plates: { [logits]: plates },
    init: (key) => {
      const draws = random.normal(key, [sizeOf(shape)], { dtype: 'float64' })
      return {
        [logits]: new NdArray(
          draws.data.map((x) => SPREAD * x),
          shape,
        ),
      }
    },
    draw: ({ params }, key, ways) => {
      const given = ways?.given?.[name]
      if (given) return { [name]: given }
      const own = kind.distribution(params[logits] as Tensor)
      const draw = ways?.how?.[name]
      return kind.values(name, draw ? draw(own, key) : own.sample(key))
    },
    distributions: ({ params }) =>
      kind.isItself
        ? {
            [name]: {
              values: { [logits]: { tensor: params[logits] as Tensor, plates } },
              of: (of) => kind.distribution(of[logits]!),
            },
          }
        : {},
    entropies: ({ params }) => {
      const own: Distribution & Partial<Capabilities> = kind.distribution(params[logits] as Tensor)
      return own.entropy ? { [name]: overEvent(own.entropy(), plates.length) } : {}
    },
    logProbs: ({ params }, values, ways) => {
      const own = kind.distribution(params[logits] as Tensor)
      return {
        [name]: overEvent(kind.logProb(own, values, name, ways?.soft?.has(name) ?? false), plates.length),
      }
    },
    probabilities: ({ params }) =>
      kind.probabilities ? { [name]: kind.probabilities(params[logits] as Tensor) } : {},
  }
}

/** Log odds as data, which are no tensor to be disposed of. */
function evenOdds(shape: readonly number[]): Tensor {
  return new NdArray(new Float64Array(sizeOf(shape)), shape) as never
}

/** How a latent's values are made of log odds. */
interface Kind {
  /** Of one element. */
  readonly logitsShape: readonly number[]
  /** Whether the distribution is that of the latent, and not of its number in a list. */
  readonly isItself: boolean
  readonly relaxed?: readonly number[]
  distribution(logits: Tensor): Distribution
  /** The latent of a draw of the distribution, and what else is known of it. */
  values(name: string, draw: Tensor): SiteTensors
  /** log q number by number, of values of the latent. */
  logProb(own: Distribution, values: SiteTensors, name: string, soft: boolean): Tensor
  /** Of the values of one number of the latent, along the last axis; those of a vector of values are no single list. */
  probabilities?(logits: Tensor): Probabilities
}

function kindOf(model: Bound, site: RandomSite, who: string): Kind {
  const prior = model.distributions.get(site)!
  const element = model.specs[site.name]!.shape.slice(site.plates.length)
  const itself = (name: string, draw: Tensor): SiteTensors => ({ [name]: draw })
  const logProb: Kind['logProb'] = (own, values, name, soft) =>
    soft ? linearLogProb(own, values[name]!) : own.logProb(values[name]!)
  if (prior.name === 'bernoulli')
    return {
      logitsShape: element,
      isItself: true,
      relaxed: element,
      distribution: (logits) => bernoulli({ logits }),
      values: itself,
      logProb,
      probabilities: (logits) => ({
        probabilities: stack([sigmoid(neg(logits)), sigmoid(logits)], -1),
        values: constant([0, 1], 'int32'),
      }),
    }
  if (prior.name === 'oneHotCategorical')
    return {
      logitsShape: element,
      isItself: true,
      relaxed: element,
      distribution: (logits) => oneHotCategorical({ logits }),
      values: itself,
      logProb,
      probabilities: (logits) => ({ probabilities: softmax(logits), values: eye(element.at(-1)!) }),
    }
  if (prior.name === 'categorical' && prior.support.high !== undefined)
    return {
      logitsShape: [...element, Number(prior.support.high) + 1],
      isItself: true,
      distribution: (logits) => categorical({ logits }),
      values: itself,
      logProb,
      probabilities: (logits) => ({
        probabilities: softmax(logits),
        values: constant(
          Int32Array.from({ length: logits.shape.at(-1)! }, (_, i) => i),
          'int32',
        ),
      }),
    }
  const support = supportsOf(model, { only: site, who }).get(site)!
  const dtype = model.specs[site.name]!.dtype
  const list = (): Tensor =>
    reshape(constant(Float64Array.from(support.data), dtype as 'int32'), support.shape)
  return {
    logitsShape: [support.shape[0]!],
    isItself: false,
    distribution: (logits) => categorical({ logits }),
    probabilities: (logits) => ({ probabilities: softmax(logits), values: list() }),
    values: (name, draw) => ({ [name]: gather(list(), draw, 0), [indexName(name)]: draw }),
    logProb: (own, values, name) => own.logProb(values[indexName(name)] ?? indexIn(list(), values[name]!)),
  }
}

/** The name under which a draw holds the number of a value in the list of all. */
function indexName(site: string): string {
  return `${site}\0index`
}

/** Of which number in a list values are. */
function indexIn(list: Tensor, values: Tensor): Tensor {
  const rank = list.rank - 1
  const differ = cast(notEqual(expandDims(values, values.rank - rank), list), 'float32')
  const axes = Array.from({ length: rank }, (_, i) => -1 - i)
  const same = sub(1, rank === 0 ? differ : max(differ, axes))
  const numbers = Float64Array.from({ length: list.shape[0]! }, (_, i) => i)
  return cast(sum(mul(same, constant(numbers)), -1), 'int32')
}
