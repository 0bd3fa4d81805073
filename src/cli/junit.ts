import type { CheckReport } from '../testing/index.js';

/** The report as JUnit XML, which CI servers show. A warning is a test that passed. */
export function toJunit({ results }: CheckReport): string {
  const count = (status: string) => results.filter((result) => result.status === status).length;
  const cases = results.map(({ id, title, status, detail, why, fix, docsUrl }) => {
    const name = `<testcase classname="mews-webhooks" name="${escapeXml(`${id}: ${title}`)}"`;
    const advice = escapeXml(`${why}\n${fix}\n${docsUrl}`);
    switch (status) {
      case 'fail':
        return `    ${name}><failure message="${escapeXml(detail)}">${advice}</failure></testcase>`;
      case 'skip':
        return `    ${name}><skipped message="${escapeXml(detail)}"/></testcase>`;
      case 'warn':
        return `    ${name}><system-out>${escapeXml(detail)}\n${advice}</system-out></testcase>`;
      default:
        return `    ${name}/>`;
    }
  });
  const totals = `tests="${results.length}" failures="${count('fail')}" skipped="${count('skip')}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${totals}>
  <testsuite name="mews-webhooks check" ${totals}>
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
