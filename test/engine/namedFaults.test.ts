import { entriesUnderFaults } from './contract/entries';
import { meetNamedFaults } from './meetNamedFaults';

meetNamedFaults(entriesUnderFaults);
