import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inPlainNode } from '../inPlainNode.ts'

const run = promisify(execFile)
const COLD = fileURLToPath(new URL('../../peer/cold.py', import.meta.url))

/** What is done in a process of its own, if nothing else is said. */
const CHILD = new URL('child.ts', import.meta.url)

/** Seconds of a first call of so many steps, imports apart, in a process of its own. */
export type FirstCall = (steps: number) => Promise<number>

/** Ours, in plain Node. */
export function withOurFirstCall<Result>(
  use: (ours: FirstCall) => Promise<Result>,
  child: URL = CHILD,
): Promise<Result> {
  return inPlainNode(child, (ours) => use(async (steps) => Number(await ours([steps]))))
}

/** NumPyro's `svi.run` as it is called, on one core. */
export function peerFirstCall(python: string): FirstCall {
  const env = { ...process.env, JAX_PLATFORMS: 'cpu' }
  return async (steps) => Number((await run(python, [COLD, String(steps)], { env })).stdout)
}
