import { entries } from './contract/entries';
import { survivesFaults } from './faults';

survivesFaults(entries);
