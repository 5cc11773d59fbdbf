import { compiled } from './compiled.ts'
import { divided } from './divided.ts'
import { inWorker } from './inWorker.ts'
import { probe } from './probe.ts'
import { lateness, runs } from './runs.ts'
import { loadedFit, savedFit } from './savedFit.ts'
import { vaeSteps } from './vaeSteps.ts'

Object.assign(globalThis, {
  probe,
  compiled,
  divided,
  inWorker,
  runs,
  lateness,
  loadedFit,
  savedFit,
  vaeSteps,
})
