import { asymmetricLaplace } from '../src/index.ts'
import { laws } from './laws.ts'

laws('asymmetricLaplace', asymmetricLaplace)
