/**
 * Said before a first run and after each run that On Error = Stop lets pass. A node can give On
 * Error no preset, and n8n's own is Stop.
 */
export const onErrorHides =
	"With On Error set to Stop Workflow, as n8n presets it, one record that is not erased hides the receipts of all others. In this node's Settings, set On Error to Continue (using error output).";
