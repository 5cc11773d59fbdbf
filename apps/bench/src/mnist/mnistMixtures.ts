import type { Benchmark, Report } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { ourMixture } from '../ourMixture.ts'
import { Peer } from '../peer/peer.ts'
import { clusterPurity } from './clusterPurity.ts'
import { COMPONENTS, digitTasks, MAX_ITERATIONS, TOLERANCE, type Task } from './tasks.ts'

/** What one side made of a task. */
interface Outcome {
  /** Nats. */
  readonly logLikelihood: number
  readonly purity: number
  readonly iterations: number
  readonly seconds: number
}

interface Result {
  readonly task: Omit<Task, 'x'>
  readonly ours: Outcome
  readonly peer: Outcome
}

/**
 * Ten components on the 10,000 digits: log-likelihood and cluster purity, ours against scikit-learn's from the
 * same start, both run to convergence.
 */
export const mnistMixtures: Benchmark = {
  name: 'mnist',
  about: 'mixtures of ten components on MNIST digits: likelihood and purity against scikit-learn',
  async run({ quick, status }) {
    const { tasks, labels } = await digitTasks(quick ? 1000 : 10_000)
    const peer = await Peer.open(status)
    try {
      const results: Result[] = []
      for (const task of tasks) {
        status(task.name)
        results.push(await fitBoth(task, labels, peer))
      }
      const { python, 'scikit-learn': sklearn, numpy } = await peer.versions()
      return report(results, machine({ Python: python!, 'scikit-learn': sklearn!, numpy: numpy! }), quick)
    } finally {
      await peer.close()
    }
  },
}

async function fitBoth({ x, ...task }: Task, labels: Int32Array, peer: Peer): Promise<Result> {
  const { covariance, addition, floor, prior } = task
  await peer.load('x', x)
  const start = await peer.start('x', COMPONENTS)
  const options = { covariance, start, iterations: MAX_ITERATIONS, tolerance: TOLERANCE }

  const theirs = await peer.mixture({ name: 'x', ...options, regularization: addition, evaluate: true })
  const begin = performance.now()
  const fit = await ourMixture(x, { ...options, regularization: floor, ...(prior && { prior }) })
  const seconds = (performance.now() - begin) / 1000
  return {
    task,
    ours: {
      logLikelihood: fit.logLikelihood,
      purity: clusterPurity(fit.predict(x).data, labels),
      iterations: fit.iterations,
      seconds,
    },
    peer: {
      logLikelihood: theirs.logLikelihood!,
      purity: clusterPurity(theirs.labels!, labels),
      iterations: theirs.iterations,
      seconds: theirs.seconds,
    },
  }
}

function report(results: readonly Result[], on: string, quick: boolean): Report {
  return {
    title: `Mixtures of ${COMPONENTS} components on MNIST digits`,
    header: ['', 'held by', 'log-likelihood', 'purity', 'iterations', 'seconds', 'at least as good'],
    rows: results.flatMap(({ task: { name, held }, ours, peer }) => [
      [`${name}: scikit-learn`, held.peer, ...cells(peer), ''],
      [`${name}: variate`, held.ours, ...cells(ours), quick ? '' : verdict(ours, peer)],
    ]),
    notes: [
      'Both from k-means centres, equal spherical covariances; brightness 0 … 1; log-likelihood in nats.',
      `Ends when a step gains less than ${TOLERANCE} nats an observation. The prior's scale is n/K times the addition.`,
      on,
    ],
    failures: [],
    record: { machine: on, results },
  }
}

function cells({ logLikelihood, purity, iterations, seconds }: Outcome): string[] {
  return [
    Math.round(logLikelihood).toLocaleString('en'),
    purity.toFixed(4),
    String(iterations),
    seconds.toFixed(1),
  ]
}

function verdict(ours: Outcome, peer: Outcome): string {
  const missed = (['logLikelihood', 'purity'] as const).filter((figure) => !(ours[figure] >= peer[figure]))
  return missed.length === 0 ? 'met' : `missed: ${missed.join(', ')}`
}
