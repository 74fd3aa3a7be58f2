import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import { Pace, SlowLink } from './slow-link.ts';

test('contents come whole over a slow link, both ways, with and without latency', async (t) => {
  const contents = randomBytes(300_000);
  const box = await boxCalls(t, { bandwidthBytesPerSecond: 2_000_000, latencyMs: 5 });
  const { id } = await box.file('a.bin', contents);
  assert.deepEqual(await box.contents(id), contents);
});

// Pieces of which some wait for a timer and some do not are where one could pass another.
for (const bytesPerSecond of [10_000_000, 20_000_000, 30_000_000]) {
  test(`bytes keep their order at ${bytesPerSecond} a second`, async (t) => {
    const contents = randomBytes(bytesPerSecond / 5);
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    const sender = connect(address.port, '127.0.0.1');
    t.after(() => sender.destroy());
    const socket = await connected;
    const arrived = buffer(new SlowLink(socket, bytesPerSecond));
    sender.end(contents);
    assert.ok((await arrived).equals(contents));
  });
}

test('an end that is told while a piece waits comes after that piece', async (t) => {
  let nowMs = 0;
  t.mock.method(performance, 'now', () => nowMs);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const socket = new Socket();
  t.after(() => socket.destroy());
  const arrived = buffer(new SlowLink(socket, 1_000_000));
  socket.emit('data', Buffer.alloc(10_000, 'x'));
  // So late that an end, on its own, would not have to wait any more.
  nowMs = 9;
  socket.emit('end');
  t.mock.timers.tick(10);
  assert.equal((await arrived).length, 10_000);
});

test('pieces wait for those before them, and time that nobody used is lost', () => {
  const pace = new Pace(1_000_000);
  assert.equal(pace.waitMs(10_000, 0), 10);
  assert.equal(pace.waitMs(5_000, 0), 15);
  assert.equal(pace.waitMs(5_000, 12), 8);
  assert.equal(pace.waitMs(1_000, 500), 1);
  assert.equal(pace.waitMs(0, 500), 1);
});
