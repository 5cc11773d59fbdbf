import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { clusterPurity } from '../src/mnist/clusterPurity.ts'
import { digitTasks, MAX_ITERATIONS, TOLERANCE } from '../src/mnist/tasks.ts'
import { ourMixture } from '../src/ourMixture.ts'
import type { MixtureStart } from '../src/peer/peer.ts'

interface Frozen {
  readonly name: string
  readonly start: MixtureStart
  readonly logLikelihood: number
  readonly purity: number
}

/** scikit-learn's results and the starts that they come from; made by oracles/mnist.py. */
const frozen = JSON.parse(await readFile(new URL('oracles/mnist.json', import.meta.url), 'utf8')) as {
  tasks: readonly Frozen[]
}

const { tasks, labels } = await digitTasks(10_000)

test.each(tasks)(
  'ten components on the digits ($name) are at least as likely and as pure as scikit-learn’s',
  async ({ name, x, covariance, floor, prior }) => {
    const theirs = frozen.tasks.find((task) => task.name === name)!
    const fit = await ourMixture(x, {
      covariance,
      start: theirs.start,
      iterations: MAX_ITERATIONS,
      tolerance: TOLERANCE,
      regularization: floor,
      ...(prior && { prior }),
    })
    expect(fit.termination).toEqual({ kind: 'converged' })
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(theirs.logLikelihood)
    expect(clusterPurity(fit.predict(x).data, labels)).toBeGreaterThanOrEqual(theirs.purity)
  },
)
