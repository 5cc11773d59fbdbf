import { UnsupportedError } from '@variate/core'
import { instantiate } from '../../engine/instantiate.ts'
import { threaded } from '../../engine/threads/threaded.ts'
import { goThrough } from '../goThrough.ts'
import type { Data, LoopRunner } from '../loopProgram.ts'
import { loopRunner } from '../loopRunner.ts'
import type { Order, Report } from './messages.ts'

/** Where a worker hears orders and reports. */
export interface Port {
  onmessage: ((event: { readonly data: Order }) => void) | null
  postMessage(report: Report, transfer: readonly ArrayBufferLike[]): void
}

type Start = Extract<Order, { readonly kind: 'start' }>

/** What the functions throw that compiled code calls where it gives up. */
const GAVE_UP = new Error('the code of an operation gave up')

/** Goes one run, as it is ordered to at a port. */
export function serve(port: Port): void {
  let isAborted = false
  let goOn = (): void => {}
  const report = (own: Report, arrays: readonly Data[] = []): void =>
    port.postMessage(
      own,
      arrays.map(({ buffer }) => buffer),
    )
  const onProgress = (from: number, to: number, rows: readonly Data[]): Promise<void> => {
    report({ kind: 'progress', from, to, rows }, rows)
    return new Promise((resolve) => {
      goOn = resolve
    })
  }
  const start = async ({ data, inputs, course, reports }: Start): Promise<void> => {
    const { module } = data
    const giveUp = (): never => {
      throw GAVE_UP
    }
    const rescues = Object.keys(module.rescues)
    const imported = Object.fromEntries(rescues.map((name) => [name, giveUp]))
    const instance = threaded(instantiate(module, imported), module)
    const runner = rescues.length > 0 ? restoring(loopRunner(data, instance)) : loopRunner(data, instance)
    let at: number | undefined
    try {
      runner.begin(inputs)
      at = course.from
      const listener = { isAborted: () => isAborted, onProgress: reports ? onProgress : undefined }
      const gone = await goThrough(
        { ...runner, run: (from, to) => runner.run((at = from), to) },
        course,
        listener,
      )
      report({ kind: 'gone', gone }, [...gone.state, ...gone.rows])
    } catch (error) {
      if (error !== GAVE_UP) throw error
      report({ kind: 'left', at, memory: new Uint8Array(instance.memory.buffer).slice() })
    }
  }
  port.onmessage = ({ data: order }) => {
    if (order.kind === 'goOn') goOn()
    else if (order.kind === 'abort') isAborted = true
    else {
      isAborted = order.isAborted
      start(order).catch((error: unknown) =>
        report({ kind: 'failed', error, isUnsupported: error instanceof UnsupportedError }),
      )
    }
  }
}

/** Steps that fail leave the state as it was before them. */
function restoring(runner: LoopRunner): LoopRunner {
  return {
    ...runner,
    run: (from, to) => {
      const before = runner.state()
      try {
        runner.run(from, to)
      } catch (error) {
        runner.restore(before)
        throw error
      }
    },
  }
}
