import { compiled } from './compiled.ts'
import { inWorker } from './inWorker.ts'
import { probe } from './probe.ts'
import { lateness, runs } from './runs.ts'
import { vaeSteps } from './vaeSteps.ts'

Object.assign(globalThis, { probe, compiled, inWorker, runs, lateness, vaeSteps })
