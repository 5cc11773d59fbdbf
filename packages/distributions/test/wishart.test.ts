import { wishart } from '../src/index.ts'
import { laws } from './laws.ts'

laws('wishart', wishart)
