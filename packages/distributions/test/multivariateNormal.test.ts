import { multivariateNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateNormal', multivariateNormal)
