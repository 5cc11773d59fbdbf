import { multivariateNormalDiag } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateNormalDiag', multivariateNormalDiag)
