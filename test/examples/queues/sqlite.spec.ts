import { describeQueue } from './describe-queue.js';

describeQueue('sqlite');
