/** Memory of this process at one moment, in bytes. */
export interface Moment {
  /** Array buffers, dead ones that are not yet collected included. */
  readonly arrayBuffers: number
  readonly heapUsed: number
  /** What was going on. */
  readonly during: string
}

export interface MemoryWatch {
  /** Takes a sample. */
  sample(during: string): void
  /** The moment of most array buffers and heap together. */
  readonly peak: Moment
  readonly peakResident: number
}

/** An allocation of fewer bytes than this takes no sample. */
const LARGE = 100_000

const WATCHED = [
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Uint16Array',
  'Uint8Array',
  'ArrayBuffer',
] as const

/**
 * Watches array buffers and heap from inside: the constructors of arrays are wrapped, so that a sample is taken
 * in the midst of synchronous work, whenever memory for a large array has just been had.
 */
export function watchMemory(): MemoryWatch {
  let peak: Moment = { arrayBuffers: 0, heapUsed: 0, during: '' }
  let peakResident = 0
  const sample = (during: string): void => {
    const { arrayBuffers, heapUsed, rss } = process.memoryUsage()
    if (arrayBuffers + heapUsed > peak.arrayBuffers + peak.heapUsed) peak = { arrayBuffers, heapUsed, during }
    peakResident = Math.max(peakResident, rss)
  }
  for (const name of WATCHED) wrap(name, (bytes) => sample(`${name} of ${megabytes(bytes)} in ${caller()}`))
  return {
    sample,
    get peak() {
      return peak
    },
    get peakResident() {
      return peakResident
    },
  }
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

const OWN = new Set(['caller', 'onAllocation', 'sample', 'Object.construct', 'Reflect.construct'])

function wrap(name: (typeof WATCHED)[number], onAllocation: (bytes: number) => void): void {
  const original = globalThis[name] as new (...args: unknown[]) => { byteLength: number }
  const watched = new Proxy(original, {
    construct(target, args: unknown[], newTarget) {
      const made = Reflect.construct(target, args, newTarget === watched ? target : newTarget) as {
        byteLength: number
      }
      // A view of a buffer that is there takes no memory.
      if (made.byteLength > LARGE && !(args[0] instanceof ArrayBuffer)) onAllocation(made.byteLength)
      return made
    },
  })
  // slice, map and the like ask the prototype for the constructor.
  original.prototype.constructor = watched
  Object.assign(globalThis, { [name]: watched })
}

/** The function that asked for the array: the first on the stack that has a name and is not of this file. */
function caller(): string {
  const frames = new Error('where').stack!.split('\n')
  const names = frames.map((frame) => /at (?:new )?(\S+) \(/.exec(frame)?.[1])
  return names.find((name) => name !== undefined && !OWN.has(name)) ?? 'the programme'
}
