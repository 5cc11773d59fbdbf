import { oneHotCategorical } from '../src/index.ts'
import { laws } from './laws.ts'

laws('oneHotCategorical', oneHotCategorical)
