import { holdToContract } from './contract';
import { flyflow } from './flyflow';

holdToContract([flyflow]);
