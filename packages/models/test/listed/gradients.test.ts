import '@tensorflow/tfjs-backend-cpu'
import { NdArray } from '@variate/core'
import { conditional, guideFamily, meanField } from '@variate/families'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from '../deep/gradients.ts'
import { changed } from './changed.ts'
import { LISTED, type Listed } from './listed.ts'

// Derivatives of the VQ-VAE are none of a function: vqVae.test.ts compares them where what is held still is held still.
const smooth = Object.entries(LISTED).filter(
  ([, { file, made }], at, all) =>
    file !== 'deep/vqVae.ts' && all.findIndex(([, other]) => other.made === made) === at,
)

const familyOf = ({ guide, encoder }: Listed['made']) => {
  if (guide) return guideFamily(guide as never)
  return encoder ? conditional(encoder as never) : meanField()
}

/** What is climbed for one example, and the error of its gradient, away from where all begins, where biases are 0 and heads small. */
function climbed(
  { made, data, values, bound }: Listed,
  model: object,
): { readonly value: number; readonly error: number } {
  const first = Object.entries(data).map(([name, rows]) => [name, (rows as unknown[]).slice(0, 1)])
  const { at, start } = objectiveOf(model as never, familyOf(made), Object.fromEntries(first), values, bound)
  const moved = start.map(
    ({ data: own, shape }, leaf) =>
      new NdArray(
        own.map((x, i) => x + 0.3 * Math.sin(7 * i + leaf)),
        shape,
      ),
  )
  return { value: at(moved).value, error: gradientError({ at, start: moved }) }
}

test.each(smooth)(
  'derivatives are those of central differences, and so with another distribution: %s',
  (_, own) => {
    const [declared, other] = [climbed(own, own.made.model), climbed(own, changed(own))]
    expect(declared.error).toBeLessThan(1e-6)
    expect(other.error).toBeLessThan(1e-6)
    expect(Math.abs(other.value - declared.value)).toBeGreaterThan(1e-3)
  },
)
