// A server in clear that opens its connections as HTTP/2 wants it and is dead from then on: it answers no ping. Prints its port.
import net from 'node:net';

const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
const settingsAck = Buffer.from([0, 0, 0, 4, 1, 0, 0, 0, 0]);

const server = net.createServer(socket => {
  socket.on('error', () => {});
  socket.write(Buffer.concat([settings, settingsAck]));
  socket.resume();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
