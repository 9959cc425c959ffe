// A server in clear that begins its response headers and never ends them. Prints its port.
import net from 'node:net';

const frame = (type, flags, stream, payload) => {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
};
// A literal header field without indexing (RFC 7541 section 6.2.2): name "a", a value of 120 bytes.
const field = Buffer.concat([Buffer.from([0, 1]), Buffer.from('a'), Buffer.from([120]), Buffer.alloc(120, 'b')]);
const [SETTINGS, HEADERS, CONTINUATION] = [4, 1, 9];
const more = frame(CONTINUATION, 0, 1, Buffer.concat(Array(100).fill(field)));

const server = net.createServer(socket => {
  socket.on('error', () => {});
  socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)));
  socket.once('data', () => setTimeout(() => {
    socket.write(frame(HEADERS, 0, 1, Buffer.from([0x88])));
    const pour = () => { while (!socket.destroyed && socket.write(more)); };
    socket.on('drain', pour);
    pour();
  }, 200));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
