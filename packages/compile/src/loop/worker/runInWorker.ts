import { UnsupportedError, type NumericArray } from '@variate/core'
import { goThrough, type Course, type Gone, type Listener } from '../goThrough.ts'
import type { LoopData } from '../loopProgram.ts'
import type { Ready } from '../prepared.ts'
import { loopDataOf } from './loopDataOf.ts'
import type { Order, Report } from './messages.ts'
import { startThread } from '../../engine/threads/workers/startThread.ts'
import type { Hearer, Thread } from '../../engine/threads/workers/thread.ts'
import { webThread, type WebWorker } from '../../engine/threads/workers/webThread.ts'

const REFUSED =
  'runLoop: the worker that was made did not start: its file is not there, or a Content Security Policy refuses it'

type Ended = Extract<Report, { readonly kind: 'gone' | 'left' }>

/** What a worker does of a run. */
interface Work {
  readonly data: LoopData
  /** Copies, which become the worker's. */
  readonly inputs: readonly NumericArray[]
  readonly course: Course
}

/**
 * Goes a run in a worker, which is ended with it, whatever happens. Where the code of an operation gives up, as for a matrix
 * that is not positive definite, the run goes on here with the worker's memory: the operation's JavaScript is here.
 *
 * @param worker makes the worker, of a script that calls `serveLoops`; its own is made where it is true.
 * @throws UnsupportedError for a program that is not WebAssembly alone, and where no worker can be had.
 */
export async function runInWorker(
  { program, inputs }: Ready,
  course: Course,
  listener: Listener,
  signal: AbortSignal | undefined,
  worker: true | (() => WebWorker),
): Promise<Gone> {
  const work = { data: loopDataOf(program), inputs: inputs.map((x) => x.slice()), course }
  const start =
    worker === true ? await ownThread() : (hearer: Hearer<Report>) => webThread(worker(), hearer, REFUSED)
  const ended = await inThread(start, work, listener, signal)
  if (ended.kind === 'gone') return ended.gone
  const runner = program.runnerWith!(ended.memory)
  if (ended.at === undefined) runner.begin([]) // of the inputs that are there
  return goThrough(runner, course, listener, ended.at)
}

type Start = (hearer: Hearer<Report>) => Thread<Order>

/** The script is loaded where it is needed. */
async function ownThread(): Promise<Start> {
  const { WORKER_TEXT } = await import('./workerText.ts')
  return (hearer) => startThread(WORKER_TEXT, hearer)
}

async function inThread(
  start: Start,
  work: Work,
  { isAborted, onProgress }: Listener,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  let thread: Thread<Order> | undefined
  const abort = (): void => thread?.post({ kind: 'abort' })
  try {
    return await new Promise((resolve, reject) => {
      const hear = async (report: Report): Promise<void> => {
        if (report.kind === 'failed') reject(errorOf(report.error, report.isUnsupported))
        else if (report.kind === 'progress') {
          thread!.hold(false)
          await onProgress!(report.from, report.to, report.rows)
          thread!.hold(true)
          thread!.post({ kind: 'goOn' })
        } else resolve(report)
      }
      thread = start({
        onReport: (report) => void hear(report).catch(reject),
        onError: reject,
      })
      signal?.addEventListener('abort', abort)
      thread.post(
        { kind: 'start', ...work, reports: onProgress !== undefined, isAborted: isAborted() },
        work.inputs.map(({ buffer }) => buffer),
      )
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    await thread?.end()
  }
}

function errorOf(error: unknown, isUnsupported: boolean): unknown {
  return isUnsupported ? new UnsupportedError((error as Error).message) : error
}
