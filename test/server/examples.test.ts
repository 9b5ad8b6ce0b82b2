import { afterAll, beforeAll, describe } from '@jest/globals';

import { testAgentTool } from './examples/agentTool';
import { testApprovalForm } from './examples/approvalForm';
import { testCleanUp } from './examples/cleanUpAfterTests';
import { testDeleteAtOneVendor } from './examples/deleteAtOneVendor';
import { testDeleteFromAList } from './examples/deleteFromAList';
import { testEraseACustomer } from './examples/eraseACustomer';
import { testEraseACustomerFailures } from './examples/eraseACustomerFailures';
import { testEraseInBulk } from './examples/eraseInBulk';
import { testFollowUp } from './examples/followUp';
import { testImport } from './examples/import';
import { testRetention } from './examples/retention';
import { testTakeRequests } from './examples/takeRequests';
import { startStage, startTimeout, type Stage } from './n8n';

// One n8n for all of them: starting it takes longer than most of what is tested.
let stage: Stage;
beforeAll(async () => {
	stage = await startStage();
}, startTimeout);
afterAll(async () => await stage?.stop(), 60_000);

describe('Every example workflow', () => testImport(() => stage));
describe('Delete calls at one vendor by webhook', () => testDeleteAtOneVendor(() => stage));
describe('Delete from a list', () => testDeleteFromAList(() => stage));
describe('Erase a customer at five vendors', () => testEraseACustomer(() => stage));
describe('Erase a customer at five vendors, whatever fails', () =>
	testEraseACustomerFailures(() => stage));
describe('Delete calls after their retention period', () => testRetention(() => stage));
describe('Clean up after tests', () => testCleanUp(() => stage));
describe('The form of Erase a customer', () => testApprovalForm(() => stage));
describe('Take erasure requests', () => testTakeRequests(() => stage));
describe('Follow up', () => testFollowUp(() => stage));
describe('Erase in bulk', () => testEraseInBulk(() => stage));
describe('Let an AI agent preview deletions, and delete what a person approves', () =>
	testAgentTool(() => stage));
