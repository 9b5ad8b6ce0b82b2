import { entriesUnderFaults } from './contract/entries';
import { survivesFaults } from './faults';

survivesFaults(entriesUnderFaults);
