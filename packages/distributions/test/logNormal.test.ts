import { logNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logNormal', logNormal)
