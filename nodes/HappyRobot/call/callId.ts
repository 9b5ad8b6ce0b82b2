import type { IdentifierForm } from '../../shared/parameters/itemParameters';
import { recordField, type RecordField } from '../../shared/vendor/recordField';

const field: RecordField<'callId'> = {
	name: 'callId',
	displayName: 'Call ID',
	example: '64b7f0c2a91d3e5f60718293',
	list: { method: 'searchCalls', search: 'possible' },
};

/** The call that something belongs to. */
export const callId = recordField({ ...field, description: 'The ID of the call: 24 characters' });

/** The calls that an operation is about. */
export const callIds = recordField({
	...field,
	description:
		'One ID, several separated by commas, or an array from an expression. Each has 24 characters.',
});

/** "Required string length: 24": https://docs.happyrobot.ai/api-reference/calls/delete-a-note-from-a-call. */
const callIdLength = 24;

export const callIdForm: IdentifierForm = {
	formOf: (id) => {
		const { length } = [...id];
		return length === callIdLength ? undefined : `has ${length} characters`;
	},
	form: `HappyRobot's call IDs have exactly ${callIdLength}`,
};
