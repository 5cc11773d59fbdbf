import { negativeBinomial2 } from '../src/index.ts'
import { laws } from './laws.ts'

laws('negativeBinomial2', negativeBinomial2)
