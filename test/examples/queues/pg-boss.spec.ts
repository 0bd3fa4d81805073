import { startPostgres } from '../../soak/services.js';
import { describeQueue } from './describe-queue.js';

describeQueue('pg-boss', startPostgres);
