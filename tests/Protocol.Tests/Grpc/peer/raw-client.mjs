// Sends one request, frame by frame as told, and prints what came back. Arguments: URL, request as JSON:
// { headers: {}, body: [hex], end: bool, reset: code, repeat: count }. Prints one JSON object: the last answer.
import http2 from 'node:http2';

const [url, json] = process.argv.slice(2);
const request = JSON.parse(json);

function ask(session) {
  return new Promise(resolve => {
    const answer = { headers: {}, trailers: {}, received: 0, reset: null };
    const fields = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers', ...request.headers };
    const stream = session.request(
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
      { endStream: false });
    stream.on('response', headers => { answer.headers = { ...headers }; });
    stream.on('trailers', trailers => { answer.trailers = { ...trailers }; });
    stream.on('data', data => { answer.received += data.length; });
    stream.on('error', () => {});
    stream.on('close', () => { answer.reset = stream.rstCode; resolve(answer); });
    const sent = () => { if (request.reset) stream.close(request.reset); };
    for (const part of request.body ?? []) stream.write(Buffer.from(part, 'hex'), sent);
    if (!request.reset && request.end !== false) stream.end();
    // What the server does not end itself within its time is given up, and told as such.
    const limit = setTimeout(() => { answer.timedOut = true; stream.close(http2.constants.NGHTTP2_CANCEL); }, 8000);
    stream.on('close', () => clearTimeout(limit));
  });
}

const session = http2.connect(url);
let answer;
for (let i = 0; i < (request.repeat ?? 1); i++) answer = await ask(session);
console.log(JSON.stringify(answer));
session.close();
