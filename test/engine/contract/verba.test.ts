import { holdToContract } from './contract';
import { verba, verbaByExtension } from './verba';

holdToContract([verba, verbaByExtension]);
