import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, foldInKey, keyTensor, type AnyKey } from '@variate/core/ops'
import type { NetworkDeclaration } from './declaration.ts'
import { within } from './networks/nested.ts'
import type { NetworkContext, NetworkTensors } from './networks/network.ts'
import type { Placed } from './overPlates.ts'

/** The name under which an element of a plate finds its own index, in steps that train: no site has it. */
export const indexOf = (plate: string): string => `index\0${plate}`

/** The index of each element of some plates. */
export function indices(sizes: ReadonlyMap<string, number>): Record<string, Placed> {
  return Object.fromEntries(
    [...sizes].map(([plate, size]) => {
      const tensor = constant(
        Int32Array.from({ length: size }, (_, i) => i),
        'int32',
      )
      return [indexOf(plate), { tensor, plates: [plate] }]
    }),
  )
}

/** A network that is declared, with its parameters. */
export interface PlacedNetwork {
  readonly site: NetworkDeclaration
  readonly params: NetworkTensors
}

/** One element of a site in a step that trains: its indices in the plates. */
export interface Reader {
  /** Of the step and the site. */
  readonly key: AnyKey
  readonly indices: readonly Tensor[]
}

/**
 * A network as the function of a site sees it. In a step that trains, what is random in it depends on the step, the site, the
 * element, the network and how many times the site has called it before, and on nothing else: draws of the step share it, and so do
 * log q of a draw and the draw itself.
 */
export function asFunction(
  { site: { name, network }, params }: PlacedNetwork,
  reader: Reader | undefined,
): (x: Tensor) => Tensor {
  let calls = 0
  return (x) => {
    const call = calls++
    return within(`network "${name}"`, () =>
      reader ? network.apply(params as never, x, contextOf(reader, call)) : network.apply(params as never, x),
    )
  }
}

/** The key is made where it is read: most networks have nothing random in them. */
function contextOf({ key, indices: own }: Reader, call: number): NetworkContext {
  return {
    training: true,
    get key() {
      return keyTensor(foldInKey(own.reduce<AnyKey>(foldInKey, key), call))
    },
  }
}
