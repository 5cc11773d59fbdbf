import { serveLoops } from './serveLoops.ts'

// What a worker runs. It is bundled into `workerText.ts` by scripts/workerText.ts.
serveLoops()
