import { holdToContract } from './contract';
import { happyRobotCall, happyRobotNote } from './happyRobot';

holdToContract([happyRobotCall, happyRobotNote]);
