import { hypergeometric } from '../src/index.ts'
import { laws } from './laws.ts'

laws('hypergeometric', hypergeometric, { structural: [0, 1, 2] })
