// Writes the reports anew: npm run api
import { writeFileSync } from 'node:fs';
import { createReports } from './report.js';

for (const [report, text] of createReports()) writeFileSync(report, text);
