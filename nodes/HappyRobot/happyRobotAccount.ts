import { bearerAccount } from '../shared/sending/bearerKey';

/** The HappyRobot API, version 1: https://docs.happyrobot.ai/api-reference. */
export const happyRobot = bearerAccount({
	vendor: 'happyRobot',
	vendorName: 'HappyRobot',
	credentialName: 'happyRobotApi',
});
