import { startRedis } from '../../soak/services.js';
import { describeQueue } from './describe-queue.js';

describeQueue('bullmq', startRedis);
