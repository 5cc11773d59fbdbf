import { inverseWishart } from '../src/index.ts'
import { laws } from './laws.ts'

laws('inverseWishart', inverseWishart)
