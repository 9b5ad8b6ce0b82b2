import { holdToContract } from './contract';
import { verba } from './verba';

holdToContract([verba]);
