import type { Tensor } from '@tensorflow/tfjs-core'
import { gather, reshape, slice } from '@variate/core/ops'
import type { Environment } from './declaration.ts'
import type { Program } from './program.ts'

/**
 * What the function of a site in some plates would see at one of their elements, of an environment in which they are not open.
 *
 * @param index of the element in each of the plates, [plates].
 */
export function elementOf(
  { declarations }: Program,
  environment: Environment,
  plates: readonly string[],
  index: Tensor,
): Environment {
  const own = (name: string): unknown => {
    const whole = environment[name]
    const site = declarations.find((other) => other.name === name)
    if (!site || site.kind === 'network') return whole
    let value = whole as Tensor
    let axis = 0
    for (const plate of site.plates) {
      const at = plates.indexOf(plate)
      if (at < 0) axis++
      else value = gather(value, reshape(slice(index, [at], [1]), []), axis)
    }
    return value
  }
  return new Proxy(environment, {
    get: (_, name) => (typeof name === 'string' ? own(name) : undefined),
  })
}
