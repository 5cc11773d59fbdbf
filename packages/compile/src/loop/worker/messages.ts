import type { NumericArray } from '@variate/core'
import type { Course, Gone } from '../goThrough.ts'
import type { Data, LoopData } from '../loopProgram.ts'

/** What a worker is to do, and what became of it meanwhile. */
export type Order =
  | {
      readonly kind: 'start'
      readonly data: LoopData
      readonly inputs: readonly NumericArray[]
      readonly course: Course
      /** Whether progress is to be told, and goes on only where it is ordered to. */
      readonly reports: boolean
      readonly isAborted: boolean
    }
  | { readonly kind: 'goOn' }
  | { readonly kind: 'abort' }

/** What a worker tells. */
export type Report =
  | { readonly kind: 'progress'; readonly from: number; readonly to: number; readonly rows: readonly Data[] }
  | { readonly kind: 'gone'; readonly gone: Gone }
  /** It cannot go on, but where JavaScript can be called: its memory, and where it stood; nowhere if not at the first step. */
  | { readonly kind: 'left'; readonly at: number | undefined; readonly memory: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly error: unknown; readonly isUnsupported: boolean }
