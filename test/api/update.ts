// Writes the reports anew: npm run api
import { writeFileSync } from 'node:fs';
import { entries, reportOf } from './report.js';

for (const { declarations, report } of entries) writeFileSync(report, reportOf(declarations));
