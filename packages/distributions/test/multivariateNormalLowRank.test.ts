import { multivariateNormalLowRank } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateNormalLowRank', multivariateNormalLowRank)
