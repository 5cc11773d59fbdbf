import { ShapeError } from '@variate/core'
import type { AnyNetwork } from '@variate/language'

/** @throws ShapeError for a network that takes or gives another shape than it is put to. */
export function checkNetwork(
  who: string,
  name: string,
  network: AnyNetwork,
  expected: { readonly input: readonly number[]; readonly output?: readonly number[] },
): void {
  for (const [way, verb] of [
    ['input', 'take'],
    ['output', 'give'],
  ] as const) {
    // prettier-ignore
    const shape = expected[way]
    if (shape === undefined || String(network[way]) === String(shape)) continue
    throw new ShapeError(`${who}: ${name} must ${verb} shape [${shape}], and its shape is [${network[way]}]`)
  }
}
