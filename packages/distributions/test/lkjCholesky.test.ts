import { lkjCholesky } from '../src/index.ts'
import { laws } from './laws.ts'

laws('lkjCholesky', lkjCholesky, { structural: [0] })
