import { geometric } from '../src/index.ts'
import { laws } from './laws.ts'

laws('geometric', geometric)
