// A server in clear that answers as the request's "x-behaviour" says: mostly wrongly. Prints its port.
import http2 from 'node:http2';
import zlib from 'node:zlib';

const grpc = { ':status': 200, 'content-type': 'application/grpc' };
const frame = (payload, flag = 0, length = payload.length) => {
  const header = Buffer.alloc(5);
  header.writeUInt8(flag, 0);
  header.writeUInt32BE(length, 1);
  return Buffer.concat([header, payload]);
};
const message = frame(Buffer.alloc(0));

// Answers with headers, bytes and trailers; without trailers the stream just ends.
function reply(stream, headers, body, trailers) {
  stream.respond(headers, { waitForTrailers: trailers !== undefined });
  if (trailers !== undefined) stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(body);
}

const ok = { 'grpc-status': '0' };
const behaviours = {
  'well': stream => reply(stream, grpc, message, ok),
  'no-trailers': stream => reply(stream, grpc, message),
  'empty-trailers': stream => reply(stream, grpc, message, { 'x-other': '1' }),
  'broken-status': stream => reply(stream, grpc, message, { 'grpc-status': 'abc' }),
  'unknown-status': stream => reply(stream, grpc, message, { 'grpc-status': '99' }),
  'negative-status': stream => reply(stream, grpc, message, { 'grpc-status': '-1' }),
  'broken-percent': stream => reply(stream, grpc, '', { 'grpc-status': '3', 'grpc-message': 'a%zz%E2%98%BA%E4%' }),
  'trailers-only': stream => stream.respond({ ...grpc, 'grpc-status': '5', 'grpc-message': 'none', 'x-more': 'told' }, { endStream: true }),
  'broken-base64': stream => reply(stream, { ...grpc, 'x-bytes-bin': '!!!' }, message, ok),
  'broken-base64-trailer': stream => reply(stream, grpc, message, { ...ok, 'x-bytes-bin': 'A' }),
  'html': stream => reply(stream, { ':status': 200, 'content-type': 'text/html' }, '<html>'),
  'no-content-type': stream => reply(stream, { ':status': 200 }, message, ok),
  'truncated': stream => reply(stream, grpc, frame(Buffer.alloc(2), 0, 10), ok),
  'half-header': stream => reply(stream, grpc, Buffer.alloc(3), ok),
  'huge-length': stream => { stream.respond(grpc); stream.write(frame(Buffer.alloc(2), 0, 0xFFFFFFFF)); },
  'above-limit': stream => { stream.respond(grpc); stream.write(frame(Buffer.alloc(2), 0, 4 * 1024 * 1024 + 1)); },
  'wrong-flag': stream => reply(stream, grpc, frame(Buffer.alloc(0), 7), ok),
  'flag-without-encoding': stream => reply(stream, grpc, frame(zlib.gzipSync(''), 1), ok),
  'gzip': stream => reply(stream, { ...grpc, 'grpc-encoding': 'gzip' }, frame(zlib.gzipSync(''), 1), ok),
  'gzip-garbage': stream => reply(stream, { ...grpc, 'grpc-encoding': 'gzip' }, frame(Buffer.from('no gzip at all'), 1), ok),
  'gzip-cut': stream => reply(stream, { ...grpc, 'grpc-encoding': 'gzip' }, frame(zlib.gzipSync(Buffer.alloc(9999, 'abc')).subarray(0, 20), 1), ok),
  'gzip-bomb': stream => reply(stream, { ...grpc, 'grpc-encoding': 'gzip' }, frame(bomb(), 1), ok),
  'unknown-encoding': stream => reply(stream, { ...grpc, 'grpc-encoding': 'zippy' }, message, ok),
  'no-protobuf': stream => reply(stream, grpc, frame(Buffer.from('ffffff', 'hex')), ok),
  'two-messages': stream => reply(stream, grpc, Buffer.concat([message, message]), ok),
  'no-message': stream => reply(stream, grpc, '', ok),
  'silence': () => {},
  'headers-then-silence': stream => stream.respond(grpc),
  'cut': stream => stream.session.destroy(),
};

let kept;
const bomb = () => (kept ??= zlib.gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 }));

const server = http2.createServer();
server.on('sessionError', () => {});
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  const [behaviour, argument] = headers['x-behaviour'].split(':');
  if (behaviour === 'reset') stream.close(Number(argument));
  else if (behaviour === 'http') reply(stream, { ':status': Number(argument), 'content-type': 'text/html' }, '<html>no</html>');
  else behaviours[behaviour](stream);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
