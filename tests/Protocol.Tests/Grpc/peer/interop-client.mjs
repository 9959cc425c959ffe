// The client's side of the interop cases. Arguments: case, port, the server's certificate (PEM file). Prints "passed".
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { grpc, testing } from './interop-proto.mjs';

const [name, port, certificateFile] = process.argv.slice(2);
const credentials = grpc.credentials.createSsl(fs.readFileSync(certificateFile));
const client = new testing.TestService(`localhost:${port}`, credentials);
const unimplemented = new testing.UnimplementedService(`localhost:${port}`, credentials);

const zeros = size => ({ body: Buffer.alloc(size) });
const ask = (size, answer) => ({ payload: zeros(size), responseParameters: [{ size: answer }] });
const requestSizes = [27182, 8, 1828, 45904];
const responseSizes = [31415, 9, 2653, 58979];

// How a call ended: its error or response, its status, its initial metadata.
function end(call) {
  const seen = { metadata: null, responses: [] };
  call.on('metadata', metadata => { seen.metadata = metadata; });
  return new Promise(resolve => {
    call.on('status', status => resolve({ ...seen, status }));
    call.on('error', () => {});
    if (typeof call.read === 'function') call.on('data', response => seen.responses.push(response));
  });
}

function unary(target, method, request, metadata = new grpc.Metadata()) {
  let answered;
  const answer = new Promise(resolve => { answered = resolve; });
  const call = target[method](request, metadata, (error, response) => answered({ error, response }));
  return Promise.all([answer, end(call)]).then(([a, e]) => ({ ...e, ...a }));
}

const cases = {
  async empty_unary() {
    const { error, response } = await unary(client, 'emptyCall', {});
    assert.equal(error, null);
    assert.deepEqual(response, {});
  },
  async large_unary() {
    const { error, response } = await unary(client, 'unaryCall', { responseSize: 314159, payload: zeros(271828) });
    assert.equal(error, null);
    assert.deepEqual(response.payload.body, Buffer.alloc(314159));
  },
  async client_streaming() {
    let answered;
    const answer = new Promise(resolve => { answered = resolve; });
    const call = client.streamingInputCall((error, response) => answered({ error, response }));
    for (const size of requestSizes) call.write({ payload: zeros(size) });
    call.end();
    const { error, response } = await answer;
    assert.equal(error, null);
    assert.equal(response.aggregatedPayloadSize, 74922);
  },
  async server_streaming() {
    const { responses, status } = await end(client.streamingOutputCall({ responseParameters: responseSizes.map(size => ({ size })) }));
    assert.deepEqual(responses.map(response => response.payload.body.length), responseSizes);
    assert.equal(status.code, grpc.status.OK);
  },
  async ping_pong() {
    const call = client.fullDuplexCall();
    const ended = end(call);
    for (const [i, size] of requestSizes.entries()) {
      const answer = new Promise(resolve => call.once('data', resolve));
      call.write(ask(size, responseSizes[i]));
      assert.equal((await answer).payload.body.length, responseSizes[i]);
    }
    call.end();
    assert.equal((await ended).status.code, grpc.status.OK);
  },
  async empty_stream() {
    const call = client.fullDuplexCall();
    call.end();
    const { responses, status } = await end(call);
    assert.equal(responses.length, 0);
    assert.equal(status.code, grpc.status.OK);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
    metadata.set('x-grpc-test-echo-trailing-bin', Buffer.from('ababab', 'hex'));
    const check = ({ metadata: initial, status }) => {
      assert.equal(status.code, grpc.status.OK);
      assert.deepEqual(initial.get('x-grpc-test-echo-initial'), ['test_initial_metadata_value']);
      assert.deepEqual(status.metadata.get('x-grpc-test-echo-trailing-bin'), [Buffer.from('ababab', 'hex')]);
    };
    check(await unary(client, 'unaryCall', { responseSize: 314159, payload: zeros(271828) }, metadata));
    const call = client.fullDuplexCall(metadata);
    call.write(ask(271828, 314159));
    call.end();
    const ended = await end(call);
    assert.equal(ended.responses.length, 1);
    check(ended);
  },
  async status_code_and_message() {
    const responseStatus = { code: 2, message: 'test status message' };
    const { error } = await unary(client, 'unaryCall', { responseStatus });
    assert.equal(error.code, 2);
    assert.equal(error.details, responseStatus.message);
    const call = client.fullDuplexCall();
    call.write({ responseStatus });
    call.end();
    const { status } = await end(call);
    assert.equal(status.code, 2);
    assert.equal(status.details, responseStatus.message);
  },
  async special_status_message() {
    const message = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';
    const { error } = await unary(client, 'unaryCall', { responseStatus: { code: 2, message } });
    assert.equal(error.code, 2);
    assert.equal(error.details, message);
  },
  async unimplemented_method() {
    assert.equal((await unary(client, 'unimplementedCall', {})).error.code, grpc.status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    assert.equal((await unary(unimplemented, 'unimplementedCall', {})).error.code, grpc.status.UNIMPLEMENTED);
  },
  async cancel_after_begin() {
    const call = client.streamingInputCall(() => {});
    const ended = end(call);
    call.cancel();
    assert.equal((await ended).status.code, grpc.status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = client.fullDuplexCall();
    const ended = end(call);
    call.write(ask(27182, 31415));
    call.once('data', () => call.cancel());
    assert.equal((await ended).status.code, grpc.status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const call = client.fullDuplexCall(new grpc.Metadata(), { deadline: Date.now() + 1 });
    const ended = end(call);
    call.write({ payload: zeros(27182) });
    assert.equal((await ended).status.code, grpc.status.DEADLINE_EXCEEDED);
  },
};

await cases[name]();
console.log('passed');
client.close();
unimplemented.close();
