/** A call with the fields of https://docs.happyrobot.ai/api-reference/calls/delete-a-note-from-a-call. */
export const exampleCall = {
	agent: {
		id: '',
		name: '',
	},
	campaign_id: '',
	classification: {
		reasoning: '',
		tag: '',
	},
	created: '',
	duration: 0,
	extraction: {},
	id: '',
	language: '',
	metadata: {
		call_sid: '',
		custom: {},
		from: '',
		recording_sid: '',
		tags: [''],
		to: '',
	},
	notes: [
		{
			content: '',
			created_at: '',
			flagged: false,
			id: '',
			user_id: '',
		},
	],
	organization_id: '',
	params: {},
	parent_call_id: '',
	prompt_id: '',
	provider: '',
	ratings: [
		{
			created: '',
			email: '',
			emoji: '',
		},
	],
	samples: [''],
	scheduled_for: '',
	status: '',
	transfer_contact_email: '',
	type: '',
	use_case: {
		id: '',
		name: '',
	},
	viewed_by: [''],
};
