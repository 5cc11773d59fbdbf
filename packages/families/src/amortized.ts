import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, foldIn, NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { foldInKey, reshape } from '@variate/core/ops'
import {
  dense,
  glorotUniform,
  type AnyNetwork,
  type Initializer,
  type NetworkContext,
} from '@variate/language'
import type { HeadedFactor } from './conditionalHead.ts'
import type { DataOf } from './dataOf.ts'
import type { ParamArrays, ParamTree, SiteTensors, Variational, VariationalContext } from './variational.ts'

/** Heads begin small: q is near to what its parameters are at 0, and differs between elements. */
const small: Initializer = (key, outputs, inputs) => {
  const { data, shape } = glorotUniform(key, outputs, inputs)
  return new NdArray(
    data.map((x) => 0.1 * x),
    shape,
  )
}

/**
 * A factor whose parameters for each element are given by a network of its data and a linear head for each of them.
 *
 * @param at which of several networks it is: what is random in them differs.
 * @throws DomainError for a network that takes another number of numbers than there are.
 */
export function amortized(
  factor: HeadedFactor,
  network: AnyNetwork,
  data: DataOf,
  who: string,
  at = 0,
): Variational {
  const { local } = factor
  const { name, plates } = local.factors[0]!
  checkInput(network, data, name, who)
  const width = sizeOf(network.output)
  const heads = Object.entries(factor.shapes).map(([of, shape]) => ({
    of,
    shape,
    path: `${name}.${of}`,
    layer: dense(width, sizeOf(shape), { init: small }),
  }))
  const path = `${name}.network`
  const givenIn = (context: VariationalContext): ParamTree => {
    const lengths = plates.map((plate) => context.sizes.get(plate)!)
    const x = reshape(data.values(context), [...lengths, ...network.input])
    const features = reshape(network.apply(context.params[path] as never, x, contextOf(context, at)), [
      ...lengths,
      width,
    ])
    return Object.fromEntries(
      heads.map(({ of, shape, path: own, layer }): [string, Tensor] => [
        `${name}.${of}`,
        reshape(layer.apply(context.params[own] as never, features), [...lengths, ...shape]),
      ]),
    )
  }
  const ofGiven = (given: ParamTree): ParamTree =>
    factor.params(Object.fromEntries(heads.map(({ of }) => [of, given[`${name}.${of}`]])) as SiteTensors)
  const paths = [path, ...heads.map((head) => head.path)]
  return {
    ...through(local, (context) => ofGiven(givenIn(context))),
    plates: Object.fromEntries(paths.map((own) => [own, []])),
    init: (key) => ({
      [path]: network.init(foldIn(key, 0)) as ParamArrays,
      ...Object.fromEntries(heads.map((head, i) => [head.path, head.layer.init(foldIn(key, i + 1))])),
    }),
    unshared: {
      variational: {
        ...through(local, ({ params }) => ofGiven(params)),
        plates: Object.fromEntries(heads.map(({ of }) => [`${name}.${of}`, plates])),
      },
      params: givenIn,
    },
  }
}

/** The same distributions, whose parameters are a function of others. */
function through(
  local: Variational,
  paramsOf: (context: VariationalContext) => ParamTree,
): Omit<Variational, 'plates' | 'init'> {
  const within = (context: VariationalContext): VariationalContext => ({
    ...context,
    params: paramsOf(context),
  })
  const { moments, covariances, probabilities, distributions, entropies, reverse } = local
  return {
    factors: local.factors,
    draw: (context, key, ways) => local.draw(within(context), key, ways),
    logProbs: (context, values, ways) => local.logProbs(within(context), values, ways),
    ...(entropies ? { entropies: (context, values) => entropies(within(context), values) } : {}),
    ...(reverse
      ? { reverse: { ...reverse, logProbs: (context, values) => reverse.logProbs(within(context), values) } }
      : {}),
    ...(distributions ? { distributions: (context, values) => distributions(within(context), values) } : {}),
    ...(moments ? { moments: (context) => moments(within(context)) } : {}),
    ...(covariances ? { covariances: (context) => covariances(within(context)) } : {}),
    ...(probabilities ? { probabilities: (context) => probabilities(within(context)) } : {}),
  }
}

function contextOf({ training }: VariationalContext, at: number): NetworkContext | undefined {
  return training === undefined ? undefined : { key: foldInKey(training, at), training: true }
}

function checkInput({ input }: AnyNetwork, { size, title }: DataOf, name: string, who: string): void {
  const taken = sizeOf(input)
  if (taken === size) return
  const [gives, numbers] = [title.includes(' and ') ? 'give' : 'gives', size === 1 ? 'number' : 'numbers']
  const shape = input.length === 1 ? '' : `, of shape [${input.join(', ')}]`
  throw new DomainError(
    `${who}: ${title} ${gives} ${size} ${numbers}, the network of "${name}" takes ${taken}${shape}: make it of ${size}, such as ` +
      `mlp([${size}, …])`,
  )
}
