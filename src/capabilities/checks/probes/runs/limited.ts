import type { Socket } from 'node:net';

const MOST_BYTES = 8_388_608;

/** Ends a connection that brings more than a check can want: a query of millions of rows must not fill the desk's memory. */
export function limited(socket: Socket): void {
  const look = setInterval(() => {
    if (socket.bytesRead > MOST_BYTES) socket.destroy(new Error('the answer is too long for a check'));
  }, 50);
  socket.once('close', () => clearInterval(look));
}
