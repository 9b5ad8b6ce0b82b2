import { recipes } from './contract/entries';
import { telnyx } from './contract/vendors/telnyx';
import { twilio } from './contract/vendors/twilio';
import { coreVersion } from './engine';
import { carryOnOnce, meetNamedFaults } from './meetNamedFaults';

// The recipes differ by what they describe, and not by how n8n carries it: on one n8n-core, one that
// takes a record in a request and one that takes many are enough, and the settings that say most.
meetNamedFaults(coreVersion.startsWith('1.') ? [twilio, telnyx] : recipes, [
	carryOnOnce,
	{ onError: 'stopWorkflow', tries: 2 },
]);
