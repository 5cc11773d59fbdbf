import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { reshape } from '@variate/core/ops'
import { dense, glorotUniform, type AnyNetwork, type Initializer } from '@variate/language'
import type { HeadedFactor } from './conditionalHead.ts'
import type { DataOf } from './dataOf.ts'
import { checkInput, featuresOf, throughNetwork } from './throughNetwork.ts'
import type { ParamArrays, SiteTensors, Variational, VariationalContext } from './variational.ts'

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
  const { name, plates } = factor.local.factors[0]!
  checkInput(network.input, data, name, who)
  const width = sizeOf(network.output)
  const heads = Object.entries(factor.shapes).map(([of, shape]) => ({
    of,
    shape,
    path: `${name}.${of}`,
    layer: dense(width, sizeOf(shape), { init: small }),
  }))
  const path = `${name}.network`
  const given = (context: VariationalContext): SiteTensors => {
    const features = featuresOf(network, context.params[path], data, context, plates, at)
    return Object.fromEntries(
      heads.map(({ of, shape, path: own, layer }): [string, Tensor] => [
        of,
        reshape(layer.apply(context.params[own] as never, features), [
          ...features.shape.slice(0, -1),
          ...shape,
        ]),
      ]),
    )
  }
  return {
    ...throughNetwork(factor, given),
    plates: Object.fromEntries([path, ...heads.map((head) => head.path)].map((own) => [own, []])),
    init: (key) => ({
      [path]: network.init(foldIn(key, 0)) as ParamArrays,
      ...Object.fromEntries(heads.map((head, i) => [head.path, head.layer.init(foldIn(key, i + 1))])),
    }),
  }
}
