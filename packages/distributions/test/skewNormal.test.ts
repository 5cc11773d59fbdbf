import { skewNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('skewNormal', skewNormal)
