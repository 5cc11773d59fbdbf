import { triangular } from '../src/index.ts'
import { laws } from './laws.ts'

laws('triangular', triangular)
