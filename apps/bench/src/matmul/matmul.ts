import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Benchmark, Report } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { medianInterval } from '../medianInterval.ts'
import { SIDES, type Products } from './turn.ts'

const run = promisify(execFile)
const FLOPS = 2 * 128 * 784 * 400
const CLOSE = 1e-4

/** A Node whose WebAssembly multiplies and adds at once, which is had for the benchmark. */
const NEWER = 24
const FLAGS = ['--conditions=@variate/source', '--import', 'tsx']
const CHILD = fileURLToPath(new URL('matmulChild.ts', import.meta.url))
const HERE = fileURLToPath(new URL('../..', import.meta.url))

/** A product of matrices on one thread, in WebAssembly all. */
export const matmul: Benchmark = {
  name: 'matmul',
  about: 'a product of matrices, 128 × 784 · 784 × 400, one thread: against TensorFlow.js (wasm) and jax-js',
  async run({ quick, status }) {
    const measured: Products[] = []
    for (const node of [process.execPath, ...(quick ? [] : await newerNode(status))]) {
      status(node)
      const { stdout } = await run(node, [...FLAGS, CHILD, ...(quick ? ['1', '2'] : ['9', '60'])], {
        cwd: HERE,
      })
      measured.push(JSON.parse(stdout.slice(stdout.lastIndexOf('{"node"'))) as Products)
    }
    return report(measured, quick)
  },
}

/** Where the newer Node is, from the registry; nowhere, if it cannot be had. */
async function newerNode(status: (text: string) => void): Promise<string[]> {
  try {
    const asked = ['exec', '--yes', `node@${NEWER}`, '--', '-p', 'process.execPath']
    return [(await run('npm', asked, { cwd: HERE })).stdout.trim()]
  } catch {
    status(`Node ${NEWER} cannot be had: it is left out`)
    return []
  }
}

function report(measured: readonly Products[], quick: boolean): Report {
  const rows = measured.flatMap(({ node, turns }) => {
    const isFused = Number(node.split('.')[0]) >= NEWER
    const least = isFused ? 1 : 0.95
    const times = SIDES.map((side) => {
      const { median, low, high } = medianInterval(turns.map((turn) => turn[side]))
      return [
        `Node ${node}: ${side}`,
        `${(FLOPS / median / 1e6).toFixed(1)} GFLOP/s`,
        `${(FLOPS / high / 1e6).toFixed(1)} … ${(FLOPS / low / 1e6).toFixed(1)}`,
        '',
        '',
      ]
    })
    const [, ...others] = SIDES
    const { median, low, high } = medianInterval(
      turns.map((turn) => Math.min(...others.map((side) => turn[side])) / turn.variate),
    )
    const verdict = quick ? '' : median >= least ? 'met' : 'missed'
    const bar = [`≥ ${least}×`, verdict]
    return [
      ...times,
      [
        `Node ${node}: over the better`,
        `${median.toFixed(2)}×`,
        `${low.toFixed(2)} … ${high.toFixed(2)}`,
        ...bar,
      ],
    ]
  })
  return {
    title: 'A product of matrices, 128 × 784 · 784 × 400, float32, one thread, WebAssembly',
    header: ['', 'speed', 'interval', 'bar', ''],
    rows,
    notes: [
      `Medians of ${measured[0]!.turns.length} turns of all sides; ratios turn by turn. The time is from the matrices to the product as an array: variate takes plain arrays, the others have them as tensors already.`,
      machine(),
    ],
    failures: measured
      .filter(({ apart }) => apart === null || apart > CLOSE)
      .map(
        ({ node, apart }) =>
          `Node ${node}: the products are ${apart ?? '∞'} apart, expected at most ${CLOSE}`,
      ),
    record: { machine: machine(), measured },
  }
}
