import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';

/** Runs the bin from a shell, so that its streams can be redirected as users do. */
function shell(script: string): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', script], {
      env: { ...process.env, CLI: 'node --import tsx src/cli/main.ts' },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe.concurrent('the streams of the bin', () => {
  test('output that is lost is not exit code 0', async () => {
    const { code, err } = await shell('$CLI parse test/fixtures/general.json > /dev/full');
    expect({ code, err }).toEqual({
      code: 2,
      err: 'mews-webhooks: the output cannot be written\n',
    });
  });

  test('a reader that closes early is silent', async () => {
    const script = '{ $CLI parse test/fixtures/general.json; echo "code $?" >&2; } | true';
    expect((await shell(script)).err).toBe('code 0\n');
  });

  test('a closed standard error changes no exit code', async () => {
    expect((await shell('$CLI parse 2>&-; echo $?')).out).toBe('2\n');
    const intoClosedPipe = 'exec 3>&1; { $CLI parse; echo $? >&3; } 2>&1 >/dev/null | true';
    expect((await shell(intoClosedPipe)).out).toBe('2\n');
  });

  test('a URL whose user name does not decode is one line', async () => {
    const { code, out, err } = await shell("$CLI check 'http://%zz@127.0.0.1/?Token=hidden'");
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^mews-webhooks check: url: expected a user name [^\n]*\n$/);
  });
});
