import { UnsupportedError } from '@variate/core'
import type { Loop } from '../loop/loopNode.ts'
import { toldOf, type Refused } from '../onnx/unsupported.ts'
import type { Precision } from '../wasm/lanes.ts'
import { cutOf, type Cut } from './cutOf.ts'
import { cuttingOfLoop } from './cutting.ts'
import { lacking } from './lacking.ts'
import { mayFail } from './mayFail.ts'

/** What throws in compiled code where ONNX Runtime goes on. */
const FAILS = 'it throws for some matrices, for which ONNX gives NaN'

/**
 * The steps of a loop: what WebAssembly computes of them, and what is left for ONNX Runtime.
 *
 * @param isStrict whether nothing is left for it that throws elsewhere.
 * @throws UnsupportedError for operations on what is carried that ONNX lacks.
 */
export function cutLoop(loop: Loop, precision: Precision, isStrict: boolean): Cut {
  const reasons = lacking(loop.nodes)
  const cut = cutOf(cuttingOfLoop(loop, precision, (node) => reasons.has(node)))
  const left = cut.rest.flatMap((node): Refused[] => {
    const reason = reasons.get(node) ?? (isStrict && mayFail(node) ? FAILS : undefined)
    return reason === undefined ? [] : [{ node, reason }]
  })
  if (left.length === 0) return cut
  throw new UnsupportedError(
    `runLoop: with engine 'onnx', steps compute of the state what ONNX lacks: ${toldOf(left)}: use engine 'wasm', or 'auto'`,
  )
}
