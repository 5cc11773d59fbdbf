import { gaussianRandomWalk } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gaussianRandomWalk', gaussianRandomWalk, { structural: [1] })
