import { AssemblyAiSandbox } from './assemblyAi';
import { GongSandbox } from './gong';
import { RetellSandbox } from './retell';
import { TelnyxSandbox } from './telnyx';
import { TwilioSandbox } from './twilio';
import { ZoomSandbox } from './zoom';

/** The vendors of the recipes: those without a node of their own, which Erase by HTTP is filled in for. */
export class RecipeSandboxes {
	readonly twilio = new TwilioSandbox();

	readonly telnyx = new TelnyxSandbox();

	readonly retell = new RetellSandbox();

	readonly zoom = new ZoomSandbox();

	readonly assemblyAi = new AssemblyAiSandbox();

	readonly gong = new GongSandbox();
}
