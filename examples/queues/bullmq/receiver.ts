// Receives webhooks until SIGTERM.
import { messageOf } from './log.js';
import { openQueue } from './queue.js';
import { createReceiver } from './receive.js';
import { numberOf, required } from './settings.js';

try {
  const token = required('MEWS_TOKEN');
  const host = process.env.HOST ?? '127.0.0.1';
  const port = numberOf('PORT', 3000);
  const queue = await openQueue('receiver');
  const server = createReceiver(token, queue.save);
  server.on('error', (error) => {
    console.error('The receiver can not listen:', messageOf(error));
    process.exit(1);
  });
  server.listen(port, host, () => console.log(`Listening on ${host}, port ${port}`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close(async () => {
        await queue.close();
        process.exit(0);
      });
      server.closeIdleConnections();
    });
  }
} catch (error) {
  console.error('The receiver can not start:', messageOf(error));
  process.exit(1);
}
