import { negativeBinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('negativeBinomial', negativeBinomial)
