import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { foldInKey, reshape } from '@variate/core/ops'
import type { AnyNetwork, NetworkContext } from '@variate/language'
import type { HeadedFactor } from './conditionalHead.ts'
import type { DataOf } from './dataOf.ts'
import type { ParamTree, SiteTensors, Variational, VariationalContext } from './variational.ts'

/**
 * A factor whose parameters for each element a network gives.
 *
 * @param given what the network gives for each element, [...plates, ...shape], by the names of `factor.shapes`.
 */
export function throughNetwork(
  factor: HeadedFactor,
  given: (context: VariationalContext) => SiteTensors,
): Omit<Variational, 'plates' | 'init'> {
  const { local } = factor
  const { name, plates } = local.factors[0]!
  const names = Object.keys(factor.shapes)
  const ofGiven = (params: ParamTree): ParamTree =>
    factor.params(Object.fromEntries(names.map((of) => [of, params[`${name}.${of}`]])) as SiteTensors)
  const own = (context: VariationalContext): ParamTree => {
    const all = given(context)
    return Object.fromEntries(names.map((of) => [`${name}.${of}`, all[of]!]))
  }
  return {
    ...through(local, (context) => ofGiven(own(context))),
    unshared: {
      variational: {
        ...through(local, ({ params }) => ofGiven(params)),
        plates: Object.fromEntries(names.map((of) => [`${name}.${of}`, plates])),
      },
      params: own,
    },
  }
}

/**
 * What a network makes of the data of each element, [...plates, count].
 *
 * @param at which of several networks it is: what is random in them differs.
 */
export function featuresOf(
  network: AnyNetwork,
  params: unknown,
  data: DataOf,
  context: VariationalContext,
  plates: readonly string[],
  at: number,
): Tensor {
  const lengths = plates.map((plate) => context.sizes.get(plate)!)
  const x = reshape(data.values(context), [...lengths, ...network.input])
  const features = network.apply(params as never, x, contextOf(context, at))
  return reshape(features, [...lengths, sizeOf(network.output)])
}

/** @throws DomainError for a network that takes another number of numbers than there are. */
export function checkInput(
  input: readonly number[],
  { size, title }: DataOf,
  name: string,
  who: string,
): void {
  const taken = sizeOf(input)
  if (taken === size) return
  const [gives, numbers] = [title.includes(' and ') ? 'give' : 'gives', size === 1 ? 'number' : 'numbers']
  const shape = input.length === 1 ? '' : `, of shape [${input.join(', ')}]`
  throw new DomainError(
    `${who}: ${title} ${gives} ${size} ${numbers}, the network of "${name}" takes ${taken}${shape}: make it of ${size}, such as ` +
      `mlp([${size}, …])`,
  )
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
