import { recipes } from './contract/entries';
import { telnyx } from './contract/vendors/telnyx';
import { twilio } from './contract/vendors/twilio';
import { coreVersion } from './engine';
import { carryOnOnce, meetNamedFaults } from './meetNamedFaults';
import { namedFaults } from './namedFaults';

// The recipes differ by what they describe, and not by how n8n carries it: on one n8n-core, one that
// takes a record in a request and one that takes many are enough, and the settings that say most.
// Sixty runs start at once and take the machine's breath away: Telnyx comes first, whose records share a
// request, so that no fault depends on which of two is asked for again first.
const met = coreVersion.startsWith('1.') ? [telnyx, twilio] : recipes;

const settings = [carryOnOnce, { onError: 'stopWorkflow', tries: 2 }] as const;

/** What one record costs the others is for the pace to say, which knows no description. */
const ofEachRecord = namedFaults.filter(({ onceIsEnough }) => onceIsEnough !== true);

meetNamedFaults(met, settings, ofEachRecord);
