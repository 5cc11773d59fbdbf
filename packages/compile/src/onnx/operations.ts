import { CONVOLUTIONS } from './operations/convolutions.ts'
import { INDEXING } from './operations/indexing.ts'
import { LINALG } from './operations/linalg.ts'
import { MOVEMENT } from './operations/movement.ts'
import { matMul } from './operations/products.ts'
import { RANDOM } from './operations/random.ts'
import { linearRecurrence } from './operations/recurrence.ts'
import { REDUCTIONS } from './operations/reductions.ts'
import { TERMS } from './operations/terms.ts'
import type { Rule } from './rule.ts'

/** How operations on tensors as wholes are said in ONNX, by the names that kernels of core have. */
export const OPERATIONS: Readonly<Record<string, Rule>> = {
  ...CONVOLUTIONS,
  ...INDEXING,
  ...LINALG,
  ...MOVEMENT,
  ...RANDOM,
  ...REDUCTIONS,
  ...TERMS,
  linearRecurrence,
  matMul,
}
