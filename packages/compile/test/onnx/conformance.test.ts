import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { unsupported } from '../../src/onnx/unsupported.ts'
import { CASES, tensorOf } from '../batch/cases.ts'
import { apart, expectedOf, plainOf, programOf, ran } from './ran.ts'

/** Operations of formulas that need branches and loops, which ONNX has none of for an element. */
const REFUSED: ReadonlySet<string> = new Set()

const told = CASES.map(
  (one) => [`${one.name} of ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`, one] as const,
)

describe.each(['float32', 'float64'] as const)(
  'in %s ONNX Runtime gives what compiled code gives',
  (precision) => {
    test.each(told)('%s', async (_, { f, inputs }) => {
      const given = inputs.map((input, i) => plainOf(tensorOf(input, i + 1)))
      const refused = unsupported(programOf(f, given, precision).nodes, precision)
      if (refused.length > 0) {
        expect(refused.filter(({ node }) => !REFUSED.has(node.op))).toEqual([])
        return
      }
      const [got] = await ran(f, given, precision)
      const [expected] = expectedOf(f, given, precision)
      expect(apart(got!, expected!, precision === 'float32' ? 1e-6 : 1e-12)).toBeUndefined()
    })
  },
)

void tf
