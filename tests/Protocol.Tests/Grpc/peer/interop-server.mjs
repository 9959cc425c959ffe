// The server's side of the interop cases. Arguments: certificate and key (PEM files). Prints its port.
import fs from 'node:fs';
import { grpc, testing } from './interop-proto.mjs';

const [certificateFile, keyFile] = process.argv.slice(2);
const INITIAL = 'x-grpc-test-echo-initial';
const TRAILING = 'x-grpc-test-echo-trailing-bin';

const zeros = size => ({ body: Buffer.alloc(size) });
const pause = microseconds => new Promise(resolve => setTimeout(resolve, microseconds / 1000));

function echoInitial(call) {
  const values = call.metadata.get(INITIAL);
  if (values.length > 0) {
    const metadata = new grpc.Metadata();
    metadata.set(INITIAL, values[0]);
    call.sendMetadata(metadata);
  }
}

function trailers(call) {
  const metadata = new grpc.Metadata();
  for (const value of call.metadata.get(TRAILING)) {
    metadata.add(TRAILING, value);
  }
  return metadata;
}

async function answer(call, request) {
  for (const { size, intervalUs } of request.responseParameters) {
    if (intervalUs > 0) await pause(intervalUs);
    call.write({ payload: zeros(size) });
  }
}

const refuses = status => status && status.code !== 0;

const service = {
  emptyCall(call, done) {
    echoInitial(call);
    done(null, {}, trailers(call));
  },
  unaryCall(call, done) {
    echoInitial(call);
    const { responseStatus, responseSize } = call.request;
    if (refuses(responseStatus)) done({ code: responseStatus.code, details: responseStatus.message, metadata: trailers(call) });
    else done(null, { payload: zeros(responseSize) }, trailers(call));
  },
  async streamingOutputCall(call) {
    echoInitial(call);
    await answer(call, call.request);
    call.end(trailers(call));
  },
  streamingInputCall(call, done) {
    echoInitial(call);
    let aggregatedPayloadSize = 0;
    call.on('data', request => { aggregatedPayloadSize += request.payload.body.length; });
    call.on('end', () => done(null, { aggregatedPayloadSize }, trailers(call)));
  },
  fullDuplexCall(call) {
    echoInitial(call);
    let turn = Promise.resolve();
    call.on('data', request => {
      turn = turn.then(async () => {
        await answer(call, request);
        const status = request.responseStatus;
        if (refuses(status)) call.emit('error', { code: status.code, details: status.message, metadata: trailers(call) });
      });
    });
    call.on('end', () => turn.then(() => call.end(trailers(call))));
  },
};

const server = new grpc.Server();
server.addService(testing.TestService.service, service);
const credentials = grpc.ServerCredentials.createSsl(null, [{ cert_chain: fs.readFileSync(certificateFile), private_key: fs.readFileSync(keyFile) }]);
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  console.log(port);
});
