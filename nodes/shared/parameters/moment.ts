export { readMoment, type Moment } from '../../../erasure/moment';
