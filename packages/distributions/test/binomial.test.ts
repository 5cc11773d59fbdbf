import { binomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('binomial', binomial, { structural: [0] })
