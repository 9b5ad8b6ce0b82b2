import { holdToContract } from './contract';
import { kaleyra } from './kaleyra';

holdToContract(kaleyra);
