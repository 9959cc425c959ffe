// The interop descriptions as @grpc/grpc-js reads them.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const protos = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'protos');
const definition = loader.loadSync('grpc/testing/interop.proto', { includeDirs: [protos], defaults: true });

export const { testing } = grpc.loadPackageDefinition(definition).grpc;
export { grpc };
