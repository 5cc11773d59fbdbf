import { gumbel } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gumbel', gumbel)
