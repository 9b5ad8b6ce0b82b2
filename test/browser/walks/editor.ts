import type { VendorSandbox } from '../../../sandbox/vendors/vendorSandbox';
import { Canvas } from '../editor/canvas';
import { NodeCreator } from '../editor/nodeCreator';
import { NodePanel } from '../editor/nodePanel';
import { Screenshots } from '../screenshots';
import { openStage, type BrowserStage } from '../stage';

/** A person at n8n's editor: what can be used, and the vendors behind it. */
export interface Editor {
	readonly stage: BrowserStage;
	readonly screenshots: Screenshots;
	readonly canvas: Canvas;
	readonly creator: NodeCreator;
	readonly panel: NodePanel;
}

/** Makes a test of what a person does in the editor. */
export type Walk = (name: string, steps: (editor: Editor) => Promise<void>) => void;

/** Nobody is signed in yet. */
export async function openEditor(): Promise<Editor> {
	const stage = await openStage();
	const { page, n8n } = stage;
	return {
		stage,
		screenshots: new Screenshots(page),
		canvas: new Canvas(page, n8n.api.address),
		creator: new NodeCreator(page),
		panel: new NodePanel(page),
	};
}

export function sandboxOf({ stage }: Editor, name: string): VendorSandbox {
	const vendor = stage.sandbox.vendors.find((one) => one.name === name);
	if (vendor === undefined) throw new Error(`The sandbox has no vendor ${name}`);
	return vendor;
}

/** A new workflow with the node in it, opened. */
export async function addNode(
	{ canvas, creator, panel }: Editor,
	{ node, action, words = node }: { node: string; action: string; words?: string },
): Promise<void> {
	await canvas.openNew();
	await creator.open();
	await creator.find(words, node);
	await creator.openActions(node);
	await creator.add(action);
	await panel.untilOpen();
}
