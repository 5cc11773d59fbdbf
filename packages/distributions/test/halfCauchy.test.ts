import { halfCauchy } from '../src/index.ts'
import { laws } from './laws.ts'

laws('halfCauchy', halfCauchy)
