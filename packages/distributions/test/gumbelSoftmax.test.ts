import { gumbelSoftmax } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gumbelSoftmax', gumbelSoftmax)
