/** A TensorFlow graph as plain data, and its bytes as a SavedModel. */
import protobuf from 'protobufjs';

export type AttrValue =
  | { type: number }
  | { i: number }
  | { f: number }
  | { b: boolean }
  | { s: string }
  | { ints: readonly number[] }
  | { shape: readonly number[] }
  | { tensor: { dtype: number; shape: readonly number[]; bytes: Uint8Array } };

export interface GraphNode {
  name: string;
  op: string;
  /** `node`, `node:output` or `^control`. */
  inputs: readonly string[];
  attributes: Record<string, AttrValue>;
}

/** Field numbers are those of tensorflow/core/framework and tensorflow/core/protobuf; only what we write is declared. */
const SCHEMA = `
syntax = "proto3";
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message List { repeated int64 i = 3 [packed = true]; }
message Attr { oneof value { List list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; Tensor tensor = 8; } }
message Node { string name = 1; string op = 2; repeated string input = 3; map<string, Attr> attr = 5; }
message Versions { int32 producer = 1; int32 min_consumer = 2; }
message Graph { repeated Node node = 1; Versions versions = 4; }
message Info { repeated string tags = 4; }
message Meta { Info meta_info_def = 1; Graph graph_def = 2; }
message SavedModel { int64 saved_model_schema_version = 1; repeated Meta meta_graphs = 2; }
`;

export const GRAPH_TAG = 'bench';
/** Attribute semantics as of this producer (tensorflow/core/public/version.h); older consumers than 12 never read it. */
const VERSIONS = { producer: 1900, min_consumer: 12 };

let messages: protobuf.Root | undefined;

/** The bytes of a saved_model.pb whose only graph holds `nodes`. */
export function encodeSavedModel(nodes: readonly GraphNode[]): Uint8Array {
  messages ??= protobuf.parse(SCHEMA, { keepCase: true }).root;
  const SavedModel = messages.lookupType('SavedModel');
  const graph_def = { node: nodes.map(nodeMessage), versions: VERSIONS };
  const meta = { meta_info_def: { tags: [GRAPH_TAG] }, graph_def };
  return SavedModel.encode(SavedModel.fromObject({ saved_model_schema_version: 1, meta_graphs: [meta] })).finish();
}

function nodeMessage({ name, op, inputs, attributes }: GraphNode): object {
  const attr = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attrMessage(value)]));
  return { name, op, input: inputs, attr };
}

function attrMessage(value: AttrValue): object {
  if ('s' in value) return { s: Buffer.from(value.s) };
  if ('ints' in value) return { list: { i: value.ints } };
  if ('shape' in value) return { shape: shapeMessage(value.shape) };
  if ('tensor' in value) {
    const { dtype, shape, bytes } = value.tensor;
    return { tensor: { dtype, tensor_shape: shapeMessage(shape), tensor_content: bytes } };
  }
  return value;
}

const shapeMessage = (shape: readonly number[]): object => ({ dim: shape.map(size => ({ size })) });
