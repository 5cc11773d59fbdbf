import { serveLoops } from '@variate/compile'

serveLoops()
