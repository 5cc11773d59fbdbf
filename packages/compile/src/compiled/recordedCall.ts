import type { Tensor } from '@tensorflow/tfjs-core'
import type { Settings } from '../graph/settings.ts'
import { trace, type InputSpec } from '../trace/trace.ts'
import { toTensor } from './arrays.ts'
import { takeApart, type Structure } from './structure.ts'
import type { TracedCall } from './tracedCall.ts'

type AnyFunction = (...args: readonly unknown[]) => unknown

/** What a function returns for tensors in the structure of its arguments. */
export function applied(f: AnyFunction, inputs: readonly Tensor[], given: Structure): Structure {
  const result = takeApart(f(...(given.rebuild(inputs) as readonly unknown[])), 'the result')
  return { ...result, leaves: result.leaves.map(toTensor) }
}

/** Records a call with tensors of these shapes and types. */
export function recordedCall(
  f: AnyFunction,
  given: Structure,
  specs: readonly InputSpec[],
  settings: Settings,
): TracedCall {
  let result: Structure | undefined
  const recorded = (inputs: readonly Tensor[]): readonly Tensor[] => {
    result = applied(f, inputs, given)
    return result.leaves as readonly Tensor[]
  }
  const traced = trace(specs, recorded, settings)
  return { traced, given, result: result! }
}

/** What tells calls apart that have programs of their own. */
export function keyOf(given: Structure, specs: readonly InputSpec[]): string {
  return `${given.key} ${specs.map(({ shape, dtype }) => `${dtype}[${shape}]`).join()}`
}
