import { matrixNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('matrixNormal', matrixNormal)
