import { uniform } from '../src/index.ts'
import { laws } from './laws.ts'

laws('uniform', uniform)
