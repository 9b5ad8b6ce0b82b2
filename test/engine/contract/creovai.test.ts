import { holdToContract } from './contract';
import { creovai } from './creovai';

holdToContract(creovai);
