import { cauchy } from '../src/index.ts'
import { laws } from './laws.ts'

laws('cauchy', cauchy)
