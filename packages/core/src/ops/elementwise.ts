import { defineElementwise, type ElementwiseOptions } from './defineElementwise.ts'
import { fillElementwise } from './fillElementwise.ts'

/** An op on each element that TensorFlow.js has no kernel for; see `defineElementwise`. */
export function elementwise(
  name: string,
  f: Parameters<typeof defineElementwise>[1],
  derivatives: Parameters<typeof defineElementwise>[2],
  options: ElementwiseOptions = {},
): ReturnType<typeof defineElementwise> {
  return defineElementwise(name, f, derivatives, { fill: fillElementwise, ...options })
}
