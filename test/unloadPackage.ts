export { tearDown as default } from './loadPackage';
