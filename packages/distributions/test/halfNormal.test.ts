import { halfNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('halfNormal', halfNormal)
