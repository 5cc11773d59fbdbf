import { betaBinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('betaBinomial', betaBinomial, { structural: [2] })
