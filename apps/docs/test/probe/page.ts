import { compiled } from './compiled.ts'
import { inWorker } from './inWorker.ts'
import { probe } from './probe.ts'

Object.assign(globalThis, { probe, compiled, inWorker })
