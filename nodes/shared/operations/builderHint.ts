import type { IBuilderHint } from 'n8n-workflow';

/**
 * What n8n's assistant reads of a node that deletes, when it looks for nodes and when it builds a
 * workflow with one. n8n 1.x does not know it and leaves it alone.
 */
export const deletionBuilderHint: IBuilderHint = {
	searchHint: [
		'Deletions cannot be undone.',
		"Leave deletionMode at 'auto': test runs preview, and only a published workflow deletes.",
		"Where a person decides, use two nodes with the same records: the first with deletionMode 'preview'; then, after the approval, the second with preview.plan of the first one's receipts as options.approvedPlan.",
		'Every record gives one receipt: set On Error to continueErrorOutput (of a tool to continueRegularOutput), or all receipts are lost when one record is not deleted, and keep the receipts of both outputs in a Data Table.',
		"As an AI agent's tool the node must have deletionMode 'preview'. Never 'delete', unless the tool is behind a human review of its calls (a node whose type ends in HitlTool) and takes options.approvedPlan from the preview.",
		'It takes all records at once and paces, repeats and checks its requests itself: no loop, no Wait and no HTTP Request for it.',
	].join(' '),
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-base.dataTable',
			relationHint: 'Keeps the receipts, from which operation recheck finds out later what is open',
		},
	],
};
