import { poisson } from '../src/index.ts'
import { laws } from './laws.ts'

laws('poisson', poisson)
